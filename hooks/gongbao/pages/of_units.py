"""The pages of units: their list, each unit through the years, and each unit's bulletins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from operator import attrgetter

from ..archive import addresses
from ..archive.bulletins import Bulletin, Fulfilment, compose, main_points
from ..archive.derived import Derived
from ..archive.filing import Archive
from ..problems.catalogue import label
from ..records.periods import Period
from ..records.record import Record
from ..records.wordlists import Unit
from ..text.display import bulletin_title, period_title
from .folding import open_texts, together
from .listing import dated_span, listing_line, listing_page
from .missing_in_reports import day_of_report
from .newest_values import newest_values
from .of_reports import REPORT, report_of
from .of_sites import site_line_of
from .page import Crumb, Page, View, crumbs, summary_of, year_of
from .timeline import timeline

SHOWN = 8  # a unit's newest bulletins, which its page tells of; the table of years leads to all


def unit_pages(derived: Derived) -> Iterator[Page]:
    """Yield the list of units, then each unit through the years and its bulletins."""
    archive = derived.archive
    language = archive.vocabulary.language
    title, lead = label("units", language), label("units-lead", language)
    lines = [
        listing_line(unit, addresses.unit(unit.slug), archive.by_unit.get(unit.slug, ()))
        for unit in archive.vocabulary.units
    ]
    yield listing_page(archive, addresses.UNITS, title, lead, lines)
    above = (title, addresses.UNITS)
    for unit in archive.vocabulary.units:
        # A bulletin stands in two views. The first view that is asked for composes it.
        bulletins = {period: cache(partial(compose, derived, period, unit)) for period in archive.of_unit(unit.slug)}
        yield _unit_page(derived, unit, bulletins, above)
        for period, bulletin in bulletins.items():
            yield _unit_bulletin_page(derived, unit, period, bulletin, above)


def _unit_page(derived: Derived, unit: Unit, bulletins: Mapping[Period, Callable[[], Bulletin]], above: Crumb) -> Page:
    archive, language = derived.archive, derived.archive.vocabulary.language
    records = archive.by_unit.get(unit.slug, ())

    def view() -> View:
        newest_first = sorted(bulletins, key=attrgetter("order"), reverse=True)
        composed = [bulletins[one]() for one in newest_first[:SHOWN]]
        return {
            "unit": unit,
            "newest": composed[0] if composed else None,
            "bulletins": composed,
            "count_of": len(records),
            "figures": list(newest_values(derived, unit)),
            "years": timeline(records, lambda period: addresses.unit_bulletin(unit.slug, period)),
            "children": list(archive.vocabulary.children(unit.slug)),
            "promised": _fulfilment(derived, unit),
            "parent": archive.vocabulary.units.find(unit.parent) if unit.parent else None,
            "site": site_line_of(derived, unit),
        }

    way = crumbs(archive, above)
    return Page(
        addresses.unit(unit.slug),
        "unit.html",
        unit.title.text(language),
        view,
        _description(archive, unit, records),
        way,
        records=records,
        feed=True,
    )


def _description(archive: Archive, unit: Unit, records: tuple[Record, ...]) -> str:
    """Describe a unit in a sentence: the number of its records, their time, and their three most frequent topics."""
    language = archive.vocabulary.language
    title = unit.title.text(language)
    if not records:
        return label("unit-without-records", language, title=title)
    span = [period_title(period, language) for period in dict.fromkeys(dated_span(records)) if period]
    often = Counter(topic for record in records for topic in record.topics).most_common(3)
    topics = label("comma", language).join(archive.vocabulary.topic_title(slug) for slug, _ in often)
    said = label(
        "unit-description",
        language,
        title=title,
        count=len(records),
        span=label("until", language).join(span) or label("undated", language),
    )
    return said + (label("unit-mostly", language, topics=topics) if topics else "")


def _fulfilment(derived: Derived, unit: Unit) -> Fulfilment:
    """Return all promises of a unit, each with its status."""
    mine = derived.archive.promises_of(derived.archive.by_unit.get(unit.slug, ()))
    return Fulfilment(tuple((promise, derived.ledger.status(promise)) for promise in mine))


def _unit_bulletin_page(
    derived: Derived, unit: Unit, period: Period, bulletin: Callable[[], Bulletin], above: Crumb
) -> Page:
    archive = derived.archive
    language = archive.vocabulary.language
    name, every = unit.title.text(language), archive.of_unit(unit.slug)
    title, issued = bulletin_title(period, language, name), day_of_report(archive, unit.slug, period)

    def view() -> View:
        composed = bulletin()
        return {
            "bulletin": composed,
            "more_points": together(composed.more_points),
            "open": open_texts(_full_texts(composed)),
            "unit": unit,
            "issued": issued,
            "cited_year": year_of(issued, period),
            "title_parts": _title_parts(title, name),
            "before": every.get(composed.earlier, ()) if composed.earlier else (),
            "edition": derived.edition(period),
            "report": report_of(archive, composed, issued),
        }

    return Page(
        addresses.unit_bulletin(unit.slug, period),
        "unit_bulletin.html",
        title,
        view,
        summary_of(main_points(every[period])),
        crumbs(archive, above, (name, addresses.unit(unit.slug))),
        records=every[period],
        word=addresses.bulletin_document(unit.slug, period, ".docx"),
        pdf=addresses.bulletin_document(unit.slug, period, ".pdf"),
        paper=REPORT,
        kind="bulletin",
    )


def _full_texts(bulletin: Bulletin) -> Iterator[Record]:
    """Yield the records whose full text a unit's bulletin has, in the order of the page."""
    for section in bulletin.sections:
        yield from section.records
    yield from (*bulletin.problems, *bulletin.proposals, *bulletin.plans)


def _title_parts(title: str, name: str) -> tuple[str, ...]:
    """Return the parts of a title, between which its line breaks first: up to the unit's name, and the rest."""
    before, _, after = title.partition(name)
    return (f"{before}{name}", after) if after and not after.startswith(":") else (title,)
