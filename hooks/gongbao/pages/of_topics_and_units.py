"""The pages through the years: topics and units, each with the list that leads to them, and units' bulletins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from operator import attrgetter

from ..archive import addresses
from ..archive.bulletins import Bulletin, Kept, compose, main_points
from ..archive.derived import Books
from ..archive.filing import Archive, Promise
from ..archive.ledger import StatusName
from ..problems.catalogue import label
from ..records.dates import Date
from ..records.periods import Period
from ..records.record import Record
from ..records.wordlists import Topic, Unit
from ..text.display import bulletin_title, period_title
from .page import Crumb, Page, View, crumbs, in_short
from .timeline import timeline

Span = tuple[Period | None, Period | None]  # the first and the last dated period


def topics(books: Books) -> Iterator[Page]:
    """Yield the list of topics that have records, and each through the years."""
    archive, language = books.archive, books.archive.vocabulary.language
    title, lead = label("topics", language), label("topics-lead", language)
    present = [topic for topic in archive.vocabulary.topics if topic.slug in archive.by_topic]
    listed = [_listed(topic, addresses.topic(topic.slug), archive.by_topic[topic.slug]) for topic in present]
    way = crumbs(archive)
    yield Page(addresses.TOPICS, "listing.html", title, lambda: {"listed": listed}, lead, way, records=archive.records)
    for topic in present:
        yield _topic(books, topic, (title, addresses.TOPICS))


def _listed(entry: Topic | Unit, address: str, records: tuple[Record, ...]) -> tuple[Topic | Unit, str, int, Span]:
    """A line of a listing: the entry, its page, how many records it has and from when to when."""
    return entry, address, len(records), _dated(records)


def _dated(records: tuple[Record, ...]) -> Span:
    """Return the first and the last dated period of some records."""
    dated = (record.period for record in records if record.period.year is not None)
    from_the_end = (record.period for record in reversed(records) if record.period.year is not None)
    return next(dated, None), next(from_the_end, None)


def _topic(books: Books, topic: Topic, above: Crumb) -> Page:
    archive, language = books.archive, books.archive.vocabulary.language
    records = archive.by_topic[topic.slug]
    description = topic.description.text(language) if topic.description else topic.title.text(language)

    def view() -> View:
        return {
            "topic": topic,
            "periods": _newest_first(records),
            "count_of": len(records),
            "years": timeline(records, lambda period: addresses.topic_of_period(period, topic.slug)),
            "units": [unit for unit in archive.vocabulary.units if any(record.unit == unit.slug for record in records)],
            "indicators": [one for one in books.measured if one.topic == topic.slug],
        }

    way = crumbs(archive, above)
    title = topic.title.text(language)
    return Page(addresses.topic(topic.slug), "topic.html", title, view, description, way, records=records)


def _newest_first(records: tuple[Record, ...]) -> list[tuple[Period, tuple[Record, ...]]]:
    """Group records by period: newest first, undated last; within a period the archive's order."""
    groups: dict[Period, list[Record]] = {}
    for record in records:
        groups.setdefault(record.period, []).append(record)
    periods = sorted(groups, key=lambda period: period.order, reverse=True)
    return [(period, tuple(groups[period])) for period in periods]


def units(books: Books) -> Iterator[Page]:
    """Yield the list of units, each through the years, and its bulletins."""
    archive = books.archive
    language = archive.vocabulary.language
    title, lead = label("units", language), label("units-lead", language)
    listed = [
        _listed(unit, addresses.unit(unit.slug), archive.by_unit.get(unit.slug, ()))
        for unit in archive.vocabulary.units
    ]
    above, way = (title, addresses.UNITS), crumbs(archive)
    yield Page(addresses.UNITS, "listing.html", title, lambda: {"listed": listed}, lead, way, records=archive.records)
    for unit in archive.vocabulary.units:
        # Each stands in two views, and is composed for the first.
        bulletins = {period: cache(partial(compose, books, period, unit)) for period in archive.of_unit(unit.slug)}
        yield _unit(books, unit, bulletins, above)
        for period, bulletin in bulletins.items():
            yield _unit_bulletin(archive, unit, period, bulletin, above)


def _unit(books: Books, unit: Unit, bulletins: Mapping[Period, Callable[[], Bulletin]], above: Crumb) -> Page:
    archive, language = books.archive, books.archive.vocabulary.language
    records = archive.by_unit.get(unit.slug, ())

    def view() -> View:
        return {
            "unit": unit,
            "bulletins": [bulletins[one]() for one in sorted(bulletins, key=attrgetter("order"), reverse=True)],
            "count_of": len(records),
            "years": timeline(records, lambda period: addresses.unit_bulletin(unit.slug, period)),
            "children": list(archive.vocabulary.children(unit.slug)),
            "promised": _promised(books, unit),
            "parent": archive.vocabulary.units.find(unit.parent) if unit.parent else None,
        }

    way = crumbs(archive, above)
    return Page(
        addresses.unit(unit.slug),
        "unit.html",
        unit.title.text(language),
        view,
        _in_numbers(archive, unit, records),
        way,
        records=records,
    )


def _in_numbers(archive: Archive, unit: Unit, records: tuple[Record, ...]) -> str:
    """Say how many records a unit has, from when to when, and the three topics that most of them are on."""
    language = archive.vocabulary.language
    title = unit.title.text(language)
    if not records:
        return label("unit-without-records", language, title=title)
    span = [period_title(period, language) for period in dict.fromkeys(_dated(records)) if period]
    often = Counter(topic for record in records for topic in record.topics).most_common(3)
    topics = label("comma", language).join(archive.vocabulary.topics[slug].title.text(language) for slug, _ in often)
    said = label(
        "unit-description",
        language,
        title=title,
        count=len(records),
        span=label("until", language).join(span) or label("undated", language),
    )
    return said + (label("unit-mostly", language, topics=topics) if topics else "")


def _promised(books: Books, unit: Unit) -> list[tuple[Period, Kept]]:
    """Return what became of a unit's promises, by the period they were due in, newest first, undated last."""
    mine = books.archive.promises_of(books.archive.by_unit.get(unit.slug, ()))
    groups: dict[Period, list[tuple[Promise, StatusName]]] = {}
    for promise in mine:
        for period in filter(None, books.ledger.due_periods(promise)):
            groups.setdefault(period, []).append((promise, books.ledger.status(promise)))
    return [
        (period, Kept(tuple(groups[period])))
        for period in sorted(groups, key=lambda period: period.order, reverse=True)
    ]


def _unit_bulletin(
    archive: Archive, unit: Unit, period: Period, bulletin: Callable[[], Bulletin], above: Crumb
) -> Page:
    language = archive.vocabulary.language
    name, every = unit.title.text(language), archive.of_unit(unit.slug)

    def view() -> View:
        composed = bulletin()
        return {
            "bulletin": composed,
            "unit": unit,
            "issued": _submitted(archive, unit, period),
            "before": every.get(composed.earlier, ()) if composed.earlier else (),
        }

    return Page(
        addresses.unit_bulletin(unit.slug, period),
        "unit_bulletin.html",
        bulletin_title(period, language, name),
        view,
        in_short(main_points(every[period])),
        crumbs(archive, above, (name, addresses.unit(unit.slug))),
        records=every[period],
    )


def _submitted(archive: Archive, unit: Unit, period: Period) -> Date | None:
    """Return the day on which a unit handed in its bulletin, where that is written down."""
    entries = archive.vocabulary.periods
    return next((entry.submitted for entry in entries if (entry.period, entry.unit) == (period, unit.slug)), None)
