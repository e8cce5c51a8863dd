"""The archive laid out as pages: which pages there are, what each is called and what its template is given.

One function a page kind. Templates get chosen values, never more than they show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from . import addresses
from .archive import Archive
from .bulletins import Bulletin, compose
from .display import bulletin_title, figure_view, part_title, period_title, year_title
from .ledger import Ledger
from .periods import Period
from .records import Record
from .vocabulary import Topic, Unit
from .wording import label

Crumb = tuple[str, str]  # title and address


@dataclass(frozen=True)
class Page:
    """One page: its address, its template and what that is given.

    ``canonical`` is the address of the page that this one repeats; ``source`` the path of the record's file;
    ``records`` those whose change changes the page; ``full`` tells that the page is where their text is found.
    """

    address: str
    template: str
    title: str
    view: Mapping[str, Any]
    description: str = ""
    crumbs: tuple[Crumb, ...] = ()
    canonical: str = ""
    source: str = ""
    records: tuple[Record, ...] = ()
    full: bool = False


def lay_out(archive: Archive) -> Iterator[Page]:
    """Yield every page of the site, each once."""
    ledger = Ledger(archive)
    bulletins = {period: compose(archive, ledger, period) for period in archive.periods}
    yield _home(archive, bulletins)
    if archive.newest:
        yield _bulletin(archive, bulletins[archive.newest], latest=True)
    for year in archive.years:
        yield _year(archive, year, bulletins)
    for bulletin in bulletins.values():
        yield _bulletin(archive, bulletin)
        yield from _topics_of_period(archive, bulletin)
    for record in (*archive.records, *archive.withdrawn):
        yield _record(archive, ledger, record)
        yield from (_moved(archive, record, alias) for alias in record.aliases)
    yield from _topics(archive)
    if archive.has_units:
        yield from _units(archive, ledger)


def _crumbs(archive: Archive, *more: Crumb) -> tuple[Crumb, ...]:
    return ((label("home", archive.vocabulary.language), addresses.HOME), *more)


def _period_crumbs(archive: Archive, period: Period) -> tuple[Crumb, ...]:
    language = archive.vocabulary.language
    return _crumbs(
        archive,
        (year_title(period.year_name, language), addresses.year(period.year_name)),
        (part_title(period, language), addresses.bulletin(period)),
    )


def _home(archive: Archive, bulletins: Mapping[Period, Bulletin]) -> Page:
    language = archive.vocabulary.language
    years = [
        (year, [(period, len(archive.of_period(period))) for period in archive.periods if period.year_name == year])
        for year in archive.years
    ]
    topics = [
        (topic, len(archive.by_topic[topic.slug]))
        for topic in archive.vocabulary.topics
        if topic.slug in archive.by_topic
    ]
    view = {
        "bulletin": bulletins.get(archive.newest) if archive.newest else None,
        "years": years,
        "topics": topics,
        "units": [unit for unit in archive.vocabulary.units if unit.slug in archive.by_unit],
    }
    site = archive.vocabulary.site.name.text(language)
    return Page(addresses.HOME, "home.html", site, view, label("home-lead", language), records=archive.records)


def _year(archive: Archive, year: str, bulletins: Mapping[Period, Bulletin]) -> Page:
    title = year_title(year, archive.vocabulary.language)
    ours = {period.part: bulletin for period, bulletin in bulletins.items() if period.year_name == year}
    view = {"halves": [(part, ours.get(part)) for part in ("h1", "h2")], "whole": ours.get("year"), "year": year}
    records = tuple(record for bulletin in ours.values() for record in bulletin.records)
    description = "；".join(point.title for bulletin in ours.values() for point in bulletin.points[:3])
    return Page(addresses.year(year), "year.html", title, view, description, _crumbs(archive), records=records)


def _bulletin(archive: Archive, bulletin: Bulletin, *, latest: bool = False) -> Page:
    period, language = bulletin.period, archive.vocabulary.language
    entry = archive.vocabulary.period_entry(period)
    own = entry.title.text(language) if entry and entry.title else ""
    title = own or bulletin_title(period, language)
    return Page(
        addresses.LATEST if latest else addresses.bulletin(period),
        "bulletin.html",
        title,
        {"bulletin": bulletin, "entry": entry},
        "；".join(point.summary or point.title for point in bulletin.points[:3]),
        _period_crumbs(archive, period)[:2],
        canonical=addresses.bulletin(period) if latest else "",
        records=bulletin.records,
    )


def _topics_of_period(archive: Archive, bulletin: Bulletin) -> Iterator[Page]:
    """Yield a topic's full text in one period: all kinds of records, main topic first."""
    period, language = bulletin.period, archive.vocabulary.language
    present = [
        topic for topic in archive.vocabulary.topics if any(topic.slug in record.topics for record in bulletin.records)
    ]
    for at, topic in enumerate(present):
        main = tuple(record for record in bulletin.records if record.topic == topic.slug)
        also = tuple(record for record in bulletin.records if topic.slug in record.topics[1:])
        title = f"{topic.title.text(language)} · {period_title(period, language)}"
        view = {
            "topic": topic,
            "period": period,
            "main": main,
            "also": also,
            "before": present[at - 1] if at else None,
            "after": present[at + 1] if at + 1 < len(present) else None,
        }
        yield Page(
            addresses.topic_of_period(period, topic.slug),
            "topic_of_period.html",
            title,
            view,
            "；".join(record.summary or record.title for record in (main or also)[:3]),
            _period_crumbs(archive, period),
            records=(*main, *also),
        )


def _record(archive: Archive, ledger: Ledger, record: Record) -> Page:
    language = archive.vocabulary.language
    crumbs = _period_crumbs(archive, record.period)
    if record.withdrawn:
        view: dict[str, Any] = {"record": record}
        return Page(addresses.record(record), "withdrawn.html", record.title, view, crumbs=crumbs, records=(record,))
    if record.topic:
        topic = archive.vocabulary.topics[record.topic]
        where = addresses.topic_of_period(record.period, topic.slug)
        crumbs = (*crumbs, (topic.title.text(language), where))
    before, after = archive.beside(record)
    answered = [
        (outcome, archive.promises_by_id.get(archive.promise_key(outcome.commitment))) for outcome in record.outcomes
    ]
    view = {
        "record": record,
        "before": before,
        "after": after,
        "figures": [figure_view(figure, archive.vocabulary) for figure in record.figures],
        "promises": [(promise, ledger.status(promise)) for promise in archive.promises_of([record])],
        "answered": answered,
        "unpublished": archive.is_held_back(record.period),
    }
    return Page(
        addresses.record(record),
        "record.html",
        record.title,
        view,
        record.summary or record.title,
        crumbs,
        source=record.path,
        records=(record,),
        full=True,
    )


def _moved(archive: Archive, record: Record, alias: str) -> Page:
    """A page at an earlier id's address that leads to the record; it needs no script."""
    target = addresses.record(record)
    title = label("moved-title", archive.vocabulary.language)
    view = {"record": record, "target": target}
    return Page(addresses.former_record(alias), "moved.html", title, view, canonical=target)


def _topics(archive: Archive) -> Iterator[Page]:
    language = archive.vocabulary.language
    present = [topic for topic in archive.vocabulary.topics if topic.slug in archive.by_topic]
    listed = [(topic, len(archive.by_topic[topic.slug]), _dated(archive.by_topic[topic.slug])) for topic in present]
    lead = label("topics-lead", language)
    title = label("topics", language)
    yield Page(
        addresses.TOPICS, "topics.html", title, {"topics": listed}, lead, _crumbs(archive), records=archive.records
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
    crumbs = _crumbs(archive, above)
    title = topic.title.text(language)
    return Page(addresses.topic(topic.slug), "topic.html", title, view, description, crumbs, records=records)


def _newest_first(records: tuple[Record, ...]) -> list[tuple[Period, tuple[Record, ...]]]:
    """Group records by period: newest first, undated last; within a period the archive's order."""
    periods = sorted({record.period for record in records}, key=lambda period: period.order, reverse=True)
    return [(period, tuple(record for record in records if record.period == period)) for period in periods]


def _units(archive: Archive, ledger: Ledger) -> Iterator[Page]:
    language = archive.vocabulary.language
    title, lead = label("units", language), label("units-lead", language)
    counted = [
        (unit, len(archive.by_unit.get(unit.slug, ())), _dated(archive.by_unit.get(unit.slug, ())))
        for unit in archive.vocabulary.units
    ]
    above = (title, addresses.UNITS)
    yield Page(
        addresses.UNITS, "units.html", title, {"units": counted}, lead, _crumbs(archive), records=archive.records
    )
    for unit in archive.vocabulary.units:
        yield _unit(archive, unit, above)
        for period in dict.fromkeys(record.period for record in archive.by_unit.get(unit.slug, ())):
            yield _unit_bulletin(archive, compose(archive, ledger, period, unit), unit, above)


def _unit(archive: Archive, unit: Unit, above: Crumb) -> Page:
    language = archive.vocabulary.language
    records = archive.by_unit.get(unit.slug, ())
    view = {
        "unit": unit,
        "periods": _newest_first(records),
        "count_of": len(records),
        "children": list(archive.vocabulary.children(unit.slug)),
        "parent": archive.vocabulary.units.find(unit.parent) if unit.parent else None,
    }
    title = unit.title.text(language)
    crumbs = _crumbs(archive, above)
    return Page(addresses.unit(unit.slug), "unit.html", title, view, title, crumbs, records=records)


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
        _crumbs(archive, above, (name, addresses.unit(unit.slug))),
        records=bulletin.records,
    )
