"""The pages through the years: topics and units, each with the list that leads to them, and units' bulletins."""

from __future__ import annotations

from collections.abc import Iterator

from . import addresses
from .archive import Archive
from .books import Books
from .bulletins import Bulletin, Kept, compose
from .display import bulletin_title
from .page import Crumb, Page, crumbs
from .periods import Period
from .records import Record
from .wording import label
from .wordlists import Topic, Unit


def topics(archive: Archive) -> Iterator[Page]:
    language = archive.vocabulary.language
    present = [topic for topic in archive.vocabulary.topics if topic.slug in archive.by_topic]
    listed = [(topic, len(archive.by_topic[topic.slug]), _dated(archive.by_topic[topic.slug])) for topic in present]
    lead = label("topics-lead", language)
    title = label("topics", language)
    yield Page(
        addresses.TOPICS, "topics.html", title, {"topics": listed}, lead, crumbs(archive), records=archive.records
    )
    for topic in present:
        yield _topic(archive, topic, (title, addresses.TOPICS))


def _dated(records: tuple[Record, ...]) -> tuple[Period | None, Period | None]:
    """Return the first and the last dated period of some records."""
    dated = [record.period for record in records if record.period.year is not None]
    return (dated[0], dated[-1]) if dated else (None, None)


def _topic(archive: Archive, topic: Topic, above: Crumb) -> Page:
    language = archive.vocabulary.language
    records = archive.by_topic[topic.slug]
    description = topic.description.text(language) if topic.description else topic.title.text(language)
    view = {"topic": topic, "periods": _newest_first(records), "count_of": len(records)}
    way = crumbs(archive, above)
    title = topic.title.text(language)
    return Page(addresses.topic(topic.slug), "topic.html", title, view, description, way, records=records)


def _newest_first(records: tuple[Record, ...]) -> list[tuple[Period, tuple[Record, ...]]]:
    """Group records by period: newest first, undated last; within a period the archive's order."""
    periods = sorted({record.period for record in records}, key=lambda period: period.order, reverse=True)
    return [(period, tuple(record for record in records if record.period == period)) for period in periods]


def units(books: Books) -> Iterator[Page]:
    """Yield the list of units, each through the years, and its bulletins."""
    archive = books.archive
    language = archive.vocabulary.language
    title, lead = label("units", language), label("units-lead", language)
    counted = [
        (unit, len(archive.by_unit.get(unit.slug, ())), _dated(archive.by_unit.get(unit.slug, ())))
        for unit in archive.vocabulary.units
    ]
    above = (title, addresses.UNITS)
    yield Page(addresses.UNITS, "units.html", title, {"units": counted}, lead, crumbs(archive), records=archive.records)
    for unit in archive.vocabulary.units:
        yield _unit(books, unit, above)
        for period in dict.fromkeys(record.period for record in archive.by_unit.get(unit.slug, ())):
            yield _unit_bulletin(archive, compose(books, period, unit), unit, above)


def _unit(books: Books, unit: Unit, above: Crumb) -> Page:
    archive, language = books.archive, books.archive.vocabulary.language
    records = archive.by_unit.get(unit.slug, ())
    view = {
        "unit": unit,
        "periods": _newest_first(records),
        "count_of": len(records),
        "children": list(archive.vocabulary.children(unit.slug)),
        "promised": _promised(books, unit),
        "parent": archive.vocabulary.units.find(unit.parent) if unit.parent else None,
    }
    title = unit.title.text(language)
    way = crumbs(archive, above)
    return Page(addresses.unit(unit.slug), "unit.html", title, view, title, way, records=records)


def _promised(books: Books, unit: Unit) -> list[tuple[Period, Kept]]:
    """Return what became of a unit's promises, by the period they were due in, newest first, undated last."""
    mine = [promise for promise in books.archive.promises if promise.record.unit == unit.slug]
    periods = {period for promise in mine for period in books.ledger.due_periods(promise) if period}
    return [
        (period, Kept(tuple((p, books.ledger.status(p)) for p in books.ledger.due_in(period) if p in mine)))
        for period in sorted(periods, key=lambda period: period.order, reverse=True)
    ]


def _unit_bulletin(archive: Archive, bulletin: Bulletin, unit: Unit, above: Crumb) -> Page:
    language = archive.vocabulary.language
    name = unit.title.text(language)
    title = bulletin_title(bulletin.period, language, name)
    return Page(
        addresses.unit_bulletin(unit.slug, bulletin.period),
        "unit_bulletin.html",
        title,
        {"bulletin": bulletin, "unit": unit},
        "；".join(point.summary or point.title for point in bulletin.points[:3]),
        crumbs(archive, above, (name, addresses.unit(unit.slug))),
        records=bulletin.records,
    )
