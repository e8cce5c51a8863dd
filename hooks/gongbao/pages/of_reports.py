"""A bulletin as the report that goes up on paper: to whom, what it is called, and its records in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ..archive.bulletins import Bulletin
from ..archive.filing import Archive
from ..problems.catalogue import Language, label
from ..records.dates import Date
from ..records.periods import Period
from ..records.record import Record
from ..text.display import part_title, period_title, year_title

REPORT = "report.html"  # the template of a bulletin's Word document


@dataclass(frozen=True)
class PaperReport:
    """The words around a report, and its records: chapters have the slug of a topic, and records of work.

    ``opens`` are overviews, and ``closes`` those that stand behind everything else in the source, as annexes do, each
    with its title unless its text says it.
    ``addressee`` is the unit above, ``who`` the unit that reports, ``plan`` the heading of its plans, ``day`` that of
    the report; each is empty or None if it is not known.
    """

    title: str
    opening: str
    plan: str
    addressee: str
    who: str
    day: Date | None
    opens: tuple[Record, ...]
    chapters: tuple[tuple[str, tuple[Record, ...]], ...]
    problems: tuple[Record, ...]
    proposals: tuple[Record, ...]
    plans: tuple[Record, ...]
    closes: tuple[tuple[str, Record], ...]


def report_of(archive: Archive, bulletin: Bulletin, day: Date | None) -> PaperReport:
    """Return the report that a bulletin makes."""
    vocabulary = archive.vocabulary
    language, unit = vocabulary.language, bulletin.unit
    issuer = unit.title if unit else vocabulary.site.issuer
    parent = vocabulary.units.find(unit.parent) if unit and unit.parent else None
    period, following = bulletin.period, _following(bulletin.period, language)
    who = issuer.text(language) if issuer else ""
    values = {
        "who": who or vocabulary.site.name.text(language),
        "period": part_title(period.part, language) if period.year is None else period_title(period, language),
        "next": following,
    }
    plans = bool(bulletin.plans or bulletin.planned)
    return PaperReport(
        title=label("report-title-plan" if plans else "report-title", language, **values),
        opening=label("report-opening-plan" if plans else "report-opening", language, **values),
        plan=label("report-plan", language, next=following),
        addressee=parent.title.text(language) if parent else "",
        who=who,
        day=day,
        opens=bulletin.opening,
        chapters=tuple(_chapters(bulletin)),
        problems=_in_order(bulletin, bulletin.problems),
        proposals=_in_order(bulletin, bulletin.proposals),
        plans=_in_order(bulletin, bulletin.plans),
        closes=tuple((one.title if one.title not in one.text else "", one) for one in bulletin.annexes),
    )


def _following(period: Period, language: Language) -> str:
    """Return the name of the time that a report's plan is for."""
    if period.part == "h1":
        return label("report-next-h1", language)
    if period.year is None:
        return label("report-next", language)
    following = period.next_half
    if period.part == "year" or following is None:
        return year_title(str(period.year + 1), language)
    return period_title(following, language)


def _chapters(bulletin: Bulletin) -> Sequence[tuple[str, tuple[Record, ...]]]:
    """Return the records of work by topic, or in the order of their source if all of them tell their place there."""
    sections = [(section.topic.slug, section.records) for section in bulletin.sections if section.records]
    records = tuple(record for _, ours in sections for record in ours)
    if not _has_order(bulletin, records):
        return sections
    in_order = _in_order(bulletin, records)
    return [(topic or "", tuple(ours)) for topic, ours in groupby(in_order, lambda record: record.topic)]


def _has_order(bulletin: Bulletin, records: Sequence[Record]) -> bool:
    return bulletin.unit is not None and all(record.order is not None for record in records)


def _in_order(bulletin: Bulletin, records: tuple[Record, ...]) -> tuple[Record, ...]:
    """Return records in the order of a unit's source, if all of them tell their place there."""
    return tuple(sorted(records, key=lambda record: record.order or 0)) if _has_order(bulletin, records) else records
