"""The environment of the templates: the filters and functions that they call, and the part of the archive they see."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from ..archive import addresses
from ..archive.filing import Archive, Promise
from ..pages.page import Page
from ..problems.catalogue import label
from ..problems.field_paths import path_in
from ..records.periods import Period
from ..records.record import Record
from ..text import display, figure_views
from ..text.anchors import heading_id
from ..text.repeats import repeated_share
from ..text.typography import unbroken
from ..text.untold import untold_figures
from .fast_jinja import speed_up
from .template_files import Templates, TemplatesAsRead
from .texts import Texts

# The page that is rendered. Macros of other files ask for it, so that they need not be made anew for every page.
page_rendered: ContextVar[Page] = ContextVar("page_rendered")
REPEATED = 0.3  # the share of a bulletin's characters that stood in the last one; readers hear of no smaller share


@dataclass(frozen=True)
class TemplateArchive:
    """The part of the archive that templates may ask. Their page's view has everything else: see `keys`."""

    _archive: Archive

    @property
    def has_units(self) -> bool:
        """Whether units have pages."""
        return self._archive.has_units

    @property
    def periods(self) -> tuple[Period, ...]:
        """All periods with records, oldest first."""
        return self._archive.periods

    def has_report(self, unit: str, period: Period) -> bool:
        """Whether a unit has records of a period, and so a bulletin of its own."""
        return period in self._archive.of_unit(unit)

    @property
    def years(self) -> tuple[str, ...]:
        """The years' names, newest first."""
        return self._archive.years

    def is_held_back(self, period: Period) -> bool:
        """Whether only the preview shows a period."""
        return self._archive.is_held_back(period)

    def is_of_several_units(self, records: Iterable[Record]) -> bool:
        """Whether a list of records must name the unit of each."""
        return self._archive.has_units and len({record.unit for record in records}) > 1

    def promises_of(self, records: Iterable[Record]) -> tuple[Promise, ...]:
        """Return the commitments that records make."""
        return self._archive.promises_of(records)


def _repeated(records: Iterable[Record], before: Iterable[Record]) -> int:
    """Return the share of some records' text that repeats those before, in whole per cent; 0 below `REPEATED`."""
    return int(100 * repeated_share((record.text for record in records), (record.text for record in before), REPEATED))


def make_environment(archive: Archive, texts: Texts, templates: Templates, site_url: str) -> Environment:
    """Return the templates' environment: autoescaping, strict, with the filters and functions that they call.

    It gives the templates as they were read, also after their files have changed. So every page fits its key, and a
    preview can show an earlier site again.
    """
    vocabulary, language = archive.vocabulary, archive.vocabulary.language

    environment = Environment(
        loader=TemplatesAsRead(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    speed_up(environment)

    def say(name: str, /, **values: object) -> str:
        return label(name, language, **values)

    def count(name: str, number: int) -> str:
        one = number == 1 and name in ("record-count", "doubts-count")
        return say(f"{name}-one") if one else say(name, count=number)

    def link(target: str) -> str:
        return addresses.relative(page_rendered.get().address, target)

    environment.globals |= {
        "here": page_rendered.get,
        "say": say,
        "count": count,
        "link": link,
        "absolute": lambda target: addresses.absolute(site_url, target) if site_url else "",
        "addresses": addresses,
        "feeds": bool(site_url) and not archive.preview,
        "archive": TemplateArchive(archive),
        "repeated": _repeated,
        "vocabulary": vocabulary,
        "language": language,
    }
    environment.filters |= {
        "in_language": lambda words: words.text(language) if words else "",
        "topic_title": vocabulary.topic_title,
        "unit_title": vocabulary.unit_title,
        "unit_short": vocabulary.unit_short,
        "period_title": lambda period: display.period_title(period, language),
        "part_title": lambda part: display.part_title(part, language),
        "year_title": lambda name: display.year_title(name, language),
        "kind_title": lambda kind: display.kind_title(kind, language),
        "status_title": lambda status: display.status_title(status, language),
        "date_title": lambda date: display.date_title(date, language),
        "due_title": lambda due: display.due_title(due, language),
        "full_text": lambda record: texts.on_page(record, page_rendered.get().address),
        "text_within": lambda record, below: texts.within_page(record, page_rendered.get().address, below),
        "untold_figures": lambda record: untold_figures(record, vocabulary),
        "figure_table": lambda figures: figure_views.figure_table(figures, vocabulary),
        "quantity_of": lambda target: figure_views.target_quantity(target, vocabulary),
        "reported_by": lambda outcome, promise: figure_views.outcome_quantity(
            outcome, promise.commitment if promise else None, vocabulary
        ),
        "measured_in": lambda value, unit, bound: display.quantity(value, bound, unit, language),
        "grouped": lambda count: f"{count:,}",
        "alternatives": lambda words: display.alternatives(words, language),
        "span_title": lambda first, last: display.span_title(first, last, language),
        "name_of": lambda measured: figure_views.measured_name(measured, vocabulary),
        "heading_id": heading_id,
        "field_title": lambda name: path_in(name, language),
        "sha256": lambda text: b64encode(sha256(str(text).encode()).digest()).decode(),
        # Titles and summaries stand on many pages each. Escaped words are not the same as others that look like them.
        "unbroken": lru_cache(1 << 14, typed=True)(lambda words: Markup(unbroken(str(escape(words))))),
    }
    return environment
