"""The open data: every published record, figure, commitment and version, as rows and as JSON for other programs.

Numbers are exact, as their records write them; beside the value of an indicator stands what it is in the indicator's
own unit. The data hold published records alone, also in a preview: neither
drafts nor unpublished periods.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

from ..archive import addresses
from ..archive.derived import Derived
from ..archive.filing import Archive, Promise, publish
from ..archive.link_targets import PublishedTargets
from ..archive.rollup import scope_of
from ..records.dates import Date
from ..records.measures import plain, times
from ..records.periods import Period
from ..records.quantities import Figure, Part, Target
from ..records.reckoning import stated
from ..records.record import Record
from ..text.display import difference_unit, due_title, exact_number, period_title, status_title
from ..text.figure_views import measure_of, measured_name
from ..text.fills import filled
from .as_stated import stated_fields
from .open_text import outcomes_told, without_hidden_links

Row = Mapping[str, str]

_AMOUNTS = ("percent", "target", "completion", "previous", "change")


@dataclass(frozen=True)
class OpenData:
    """The open data of an archive. ``site_url`` is the site's absolute address, or empty."""

    derived: Derived
    site_url: str = ""

    @property
    def archive(self) -> Archive:
        """The archive of what is published."""
        return self.derived.archive

    def url(self, address: str) -> str:
        """Return the address of a page: absolute if the site's address is known, else relative to a data file."""
        if not self.site_url:
            return addresses.relative(addresses.DATA, address)
        return addresses.absolute(self.site_url, address)

    @property
    def changed(self) -> str:
        """The day on which the records last changed: in git, or else the day up to which the site tells."""
        return max(self.derived.last_changed.values(), default=self.as_of.isoformat() if self.as_of else "")

    def records(self) -> Iterator[Mapping[str, Any]]:
        """Yield every record as its file states it, in the archive's order, with its id and its address."""
        vocabulary, targets = self.archive.vocabulary, PublishedTargets(self.archive)
        for record in self.archive.records:
            stated = stated_fields(record)
            outcomes = {"outcomes": [*outcomes_told(record, stated, self.archive)]} if record.outcomes else {}
            yield {
                "id": record.id,
                "url": self.url(addresses.record(record)),
                "period": record.period.id,
                "period_title": period_title(record.period, vocabulary.language),
                "period_edtf": record.period.edtf,
                "unit_title": vocabulary.unit_title(record.unit),
                **stated,
                **outcomes,
                "text": without_hidden_links(filled(record, vocabulary), partial(targets.of, record.content_path)),
                "attachments": [self.url(addresses.attachment(record, path)) for path in record.attachments],
            }

    def figures(self) -> Iterator[Row]:
        """Yield a row for every figure, and after it one for each of its parts."""
        for record in self.archive.records:
            for at, figure in enumerate(record.figures):
                key = f"{record.id}#figures[{at}]"
                about = {
                    **self._record_columns(record),
                    **self._period_columns(figure.for_ or record.period),
                    "title": record.title,
                }
                yield {**about, "key": key, "role": "figure", **self._figure_columns(figure, record.unit)}
                unit = measure_of(figure, self.archive.vocabulary)
                for role, field, parts in (("part", "parts", figure.parts), ("among", "among", figure.among)):
                    for place, part in enumerate(parts):
                        own = {"key": f"{key}.{field}[{place}]", "role": role, "parent": key}
                        yield {**about, **own, **_part_columns(part, unit)}

    @property
    def figure_count(self) -> int:
        """The number of rows that `figures` yields."""
        figures = (figure for record in self.archive.records for figure in record.figures)
        return sum(1 + len(figure.parts) + len(figure.among) for figure in figures)

    def commitments(self) -> Iterator[Row]:
        """Yield a row for every commitment, in the order of their records."""
        for promise in self.archive.promises:
            yield {**self._record_columns(promise.record, promise.topic), **self._commitment_columns(promise)}

    @cached_property
    def as_of(self) -> date | None:
        """The day up to which the site tells: that of its settings, or else the end of its newest period."""
        stated = self.archive.vocabulary.site.as_of
        return stated.last if stated else self.archive.newest.last_day if self.archive.newest else None

    def versions(self) -> Iterator[Row]:
        """Yield a row for every version of every record, also of those withdrawn; none where git's history is missing.

        The address is permanent. That of the present text leads to the record until there is another version.
        """
        for record in (*self.archive.records, *self.archive.withdrawn):
            for version in self.archive.versions.get(record.path, ()):
                yield {
                    "key": f"{record.id}#versions[{version.number}]",
                    "record": record.id,
                    "version": str(version.number),
                    "date": version.day,
                    "url": self.url(addresses.version(record, version.number)),
                    "unshown": version.unshown,
                }

    def _record_columns(self, record: Record, topic: str | None = None) -> Row:
        vocabulary, topic = self.archive.vocabulary, topic or record.topic
        return {
            "record": record.id,
            "url": self.url(addresses.record(record)),
            "unit": record.unit,
            "unit_title": vocabulary.unit_title(record.unit),
            "topic": topic or "",
            "topic_title": vocabulary.topic_title(topic) if topic else "",
        }

    def _period_columns(self, period: Period) -> Row:
        title = period_title(period, self.archive.vocabulary.language)
        return {"period": title, "period_edtf": period.edtf, "period_id": period.id}

    def _figure_columns(self, figure: Figure, slug: str) -> Row:
        vocabulary = self.archive.vocabulary
        unit = measure_of(figure, vocabulary) or ""
        row = {
            "indicator": figure.indicator or "",
            "name": measured_name(figure, vocabulary),
            "measure": unit,
            "instalment": "true" if figure.instalment else "",
            "rank": _exact(figure.rank),
            "as_of": figure.as_of.text if figure.as_of else "",
            "printed": figure.printed or "",
            "doubt": figure.doubt or "",
            "note": figure.note or "",
            **_bounded_columns("value", figure.value, figure.bound),
        }
        for name in _AMOUNTS:
            if amount := getattr(figure, name):
                row |= _bounded_columns(name, amount.value, amount.bound)
        said = stated(figure, unit)
        if figure.change:
            row["change_measure"] = difference_unit((said.unit if said else "") or unit, vocabulary.language) or ""
        if said and figure.indicator:
            indicator = vocabulary.indicators[figure.indicator]
            scale = indicator.scale(said.unit)
            row["scope"] = scope_of(slug, vocabulary)
            if scale is not None:
                amount, interval = times(said.value, scale), said.interval.times(scale)
                row |= {"converted": _exact(amount), "converted_measure": indicator.unit, "amount": _exact(amount)}
                row |= {"amount_low": _end(interval.low), "amount_high": _end(interval.high)}
        if figure.of:
            row |= {"of_name": figure.of.label or "", **_bounded_columns("of", figure.of.value, figure.of.bound)}
            row["of_measure"] = (figure.of.unit or unit) if figure.of.value is not None else ""
        return row

    def _commitment_columns(self, promise: Promise) -> Row:
        ledger = self.derived.ledger
        language, commitment, status = self.archive.vocabulary.language, promise.commitment, ledger.status(promise)
        due_now = ledger.due(promise)
        row = {
            "key": promise.id,
            "url": self.url(addresses.commitment(promise.record, commitment.id)),
            **self._period_columns(promise.record.period),
            "text": commitment.text,
            "due": due_title(commitment.due, language),
            "due_edtf": _edtf(commitment.due),
            "due_now": due_title(due_now, language),
            "due_now_edtf": _edtf(due_now),
            "due_day": _last_day(due_now),
            "as_of": self.as_of.isoformat() if self.as_of else "",
            "status": status,
            "status_title": status_title(status, language),
            "carried": str(promise.times_carried),
            "outcomes": str(len(promise.outcomes)),
            **self._target_columns(commitment.target),
        }
        if promise.outcomes:
            record, outcome = promise.outcomes[-1]
            row |= {
                "latest_record": record.id,
                "latest_url": self.url(addresses.record(record)),
                "latest_status": outcome.status,
                "latest_value": _exact(outcome.value),
                "latest_measure": (outcome.unit or row.get("measure", "")) if outcome.value is not None else "",
                "latest_note": outcome.note or "",
            }
        return row

    def _target_columns(self, target: Target | None) -> Row:
        if target is None:
            return {}
        return {
            "indicator": target.indicator or "",
            "target_name": measured_name(target, self.archive.vocabulary),
            "measure": measure_of(target, self.archive.vocabulary) or "",
            **_bounded_columns("target", target.value, target.bound),
        }


def open_data(derived: Derived, site_url: str = "") -> OpenData:
    """Return the open data of the published records, also in a preview, which shows drafts."""
    archive = derived.archive
    if archive.preview:
        published = publish((*archive.records, *archive.withdrawn), archive.vocabulary, preview=False)
        derived = replace(derived, archive=replace(published, versions=archive.versions))
    return OpenData(derived, site_url)


def _part_columns(part: Part, unit: str | None) -> Row:
    return {"name": part.label, "measure": part.unit or unit or "", **_bounded_columns("value", part.value, part.bound)}


def _bounded_columns(name: str, value: Decimal | None, bound: str) -> Row:
    """Return a number and its bound by column: ``value`` has the column ``bound``, ``target`` has ``target_bound``."""
    if value is None:
        return {}
    return {name: _exact(value), "bound" if name == "value" else f"{name}_bound": bound}


def _exact(value: Decimal | None) -> str:
    return "" if value is None else exact_number(value)


def _end(value: Decimal) -> str:
    return exact_number(plain(value)) if value.is_finite() else ""


def _last_day(due: Period | Date) -> str:
    day = due.last_day if isinstance(due, Period) else due.last
    return day.isoformat() if day and day != date.max else ""


def _edtf(due: Period | Date) -> str:
    return due.edtf if isinstance(due, Period) else due.text
