"""The pages of periods: home, years, bulletins, and a topic's full text in one period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..archive import addresses
from ..archive.bulletins import IN_SHORT, Bulletin
from ..archive.derived import Derived
from ..archive.filing import Archive, grouped
from ..problems.catalogue import label
from ..records.periods import UNDATED, Period
from ..records.record import Record
from ..records.wordlists import Topic, Unit
from ..text.display import bulletin_title, period_title, year_title
from .folding import open_texts, together
from .of_comparison import half_before
from .of_reports import REPORT, report_of
from .of_sites import points_of
from .page import Page, View, crumbs, period_crumbs, summary_of, year_of
from .recent import recent_changes
from .timeline import timeline


def home_page(derived: Derived, bulletins: Mapping[Period, Bulletin]) -> Page:
    """Return the home page."""
    archive, language = derived.archive, derived.archive.vocabulary.language

    def view() -> View:
        topics, units = archive.vocabulary.topics, archive.vocabulary.units
        newest = bulletins.get(archive.newest) if archive.newest else None
        return {
            "bulletin": newest,
            "figures": newest.figures[:IN_SHORT] if newest else (),
            "years": timeline(archive.records, addresses.bulletin),
            "topics": [(one, len(archive.by_topic[one.slug])) for one in topics if one.slug in archive.by_topic],
            "units": [(one, len(archive.by_unit[one.slug])) for one in units if one.slug in archive.by_unit],
            "changes": recent_changes(derived),
            "sites": len(archive.collected.sites),
        }

    site = archive.vocabulary.site.name.text(language)
    lead = label("home-lead", language)
    return Page(addresses.HOME, "home.html", site, view, lead, records=archive.records, feed=True)


def year_page(archive: Archive, year: str, bulletins: Mapping[Period, Bulletin]) -> Page:
    """Return a year's page: its halves side by side, and its whole-year records."""
    title = year_title(year, archive.vocabulary.language)
    ours = {period.part: bulletin for period, bulletin in bulletins.items() if period.year_name == year}
    dated = [name for name in reversed(archive.years) if name != UNDATED]
    at = dated.index(year) if year in dated else None

    def view() -> View:
        return {
            "halves": [(part, ours.get(part)) for part in ("h1", "h2")],
            "whole": ours.get("year"),
            "year": year,
            "before": dated[at - 1] if at else None,
            "after": dated[at + 1] if at is not None and at + 1 < len(dated) else None,
        }

    records = tuple(record for bulletin in ours.values() for record in bulletin.records)
    description = "；".join(point.title for bulletin in ours.values() for point in bulletin.points[:3])
    return Page(addresses.year(year), "year.html", title, view, description, crumbs(archive), records=records)


def bulletin_page(derived: Derived, bulletin: Bulletin, *, latest: bool = False) -> Page:
    """Return the page of a period's bulletin; with ``latest`` the page that always shows the newest bulletin."""
    archive = derived.archive
    period, language = bulletin.period, archive.vocabulary.language
    entry = archive.vocabulary.period_entry(period)
    own = entry.title.text(language) if entry and entry.title else ""
    title = own or bulletin_title(period, language)
    issued = entry.published if entry else None
    return Page(
        addresses.LATEST if latest else addresses.bulletin(period),
        "bulletin.html",
        title,
        lambda: {
            "bulletin": bulletin,
            "more_points": together(bulletin.more_points),
            "groups": _unit_groups(archive, bulletin),
            "entry": entry,
            "issued": issued,
            "cited_year": year_of(issued, period),
            "edition": derived.edition(period),
            "editions": [replace(one, records=()) for one in derived.editions.get(period, ())],
            "report": report_of(archive, bulletin, issued),
            "before": half_before(archive, period),
            "below": points_of(derived, period),
        },
        summary_of(bulletin.points),
        period_crumbs(archive, period)[:2],
        canonical=addresses.bulletin(period) if latest else "",
        records=bulletin.records,
        word="" if latest else addresses.bulletin_document("", period, ".docx"),
        pdf="" if latest else addresses.bulletin_document("", period, ".pdf"),
        paper=REPORT,
        kind="bulletin",
        pictured=not latest,
    )


def _unit_groups(archive: Archive, bulletin: Bulletin) -> list[tuple[Unit | None, list[tuple[Unit, int]]]]:
    """Return a bulletin's units by the unit above them, each with the number of its records.

    A unit with subordinates begins their group. Units without a unit above or below are the last group, of None.
    """
    vocabulary = archive.vocabulary
    numbers = Counter(record.unit for record in bulletin.records)
    groups: dict[Unit | None, list[tuple[Unit, int]]] = {}
    for unit in bulletin.units:
        above = unit if vocabulary.children(unit.slug) else vocabulary.units.find(unit.parent or "")
        groups.setdefault(above, []).append((unit, numbers[unit.slug]))
    return sorted(groups.items(), key=lambda group: group[0] is None)


def period_topic_pages(derived: Derived, bulletin: Bulletin) -> Iterator[Page]:
    """Yield a page for each topic of a period: the full text of its records of all kinds, main topic first."""
    archive = derived.archive
    of_topic = grouped((slug, record) for record in bulletin.records for slug in record.topics)
    present = [topic for topic in archive.vocabulary.topics if topic.slug in of_topic]
    for before, topic, after in zip([None, *present], present, [*present[1:], None], strict=False):
        yield _period_topic_page(derived, bulletin.period, topic, of_topic[topic.slug], before, after)


def _period_topic_page(
    derived: Derived, period: Period, topic: Topic, records: Sequence[Record], before: Topic | None, after: Topic | None
) -> Page:
    archive = derived.archive
    language = archive.vocabulary.language
    main = tuple(record for record in records if record.topic == topic.slug)
    also = tuple(record for record in records if record.topic != topic.slug)
    return Page(
        addresses.topic_of_period(period, topic.slug),
        "topic_of_period.html",
        f"{topic.title.text(language)} · {period_title(period, language)}",
        lambda: {
            "topic": topic,
            "period": period,
            "main": main,
            "open": open_texts(main),
            "also": also,
            "before": before,
            "after": after,
            "edition": derived.edition(period),
        },
        summary_of(main or also),
        period_crumbs(archive, period),
        records=(*main, *also),
    )
