"""The register of reports (报送情况): which units have reported in each half, in time, late or not at all.

A unit is expected in the halves that its ``reports`` covers, from the first published half to the newest. It has
reported if it has published a record of the half, here or on its own site, or if its own line in ``periods.yml`` has a
day of submission. The day of the report is the one in that line, or else in the line for the whole period, or else the
day on which the first of the unit's records was first seen, if the caller knows it. A unit without a day is not late.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ..records.dates import Date, parse_date
from ..records.periods import Period, is_long_gap
from ..records.record import Record
from ..records.vocabulary import fold
from ..records.wordlists import PeriodEntry, Unit
from .filing import Archive

ReportState = Literal["reported", "late", "missing"]


@dataclass(frozen=True)
class Report:
    """A unit that is expected in a half. It reported on ``day`` and should have by ``due``, if these are known."""

    unit: Unit
    state: ReportState
    day: Date | None
    due: Date | None


@dataclass(frozen=True)
class SubordinateReports:
    """How many direct subordinates of a unit are expected in a half, and how many of them have reported."""

    parent: Unit
    reported: int
    expected: int


@dataclass(frozen=True)
class RegisterHalf:
    """The reports of all units that are expected in a half, in the word list's order."""

    period: Period
    reports: tuple[Report, ...]
    below: tuple[SubordinateReports, ...]

    @property
    def reported(self) -> int:
        """How many units have reported, in time or late."""
        return len(self.reports) - len(self.of_state("missing"))

    def of_state(self, state: ReportState) -> tuple[Unit, ...]:
        """Return the units in a state. A unit that reported on an unknown day counts as in time."""
        return tuple(report.unit for report in self.reports if report.state == state)


def register(archive: Archive, first_seen: Mapping[str, str] | None = None) -> tuple[RegisterHalf, ...]:
    """Return the register of every half in which a unit is expected, oldest first.

    ``first_seen`` gives the day (``2014-05-09``) on which a record's file was first seen, by its path.
    """
    units = archive.vocabulary.units
    if not any(unit.reports for unit in units):
        return ()
    records: dict[tuple[str, Period], list[Record]] = defaultdict(list)
    for record in archive.records:
        records[record.unit, record.period].append(record)
    entries = {(entry.period, fold(entry.unit or "")): entry for entry in archive.vocabulary.periods}
    found = []
    for half in _halves(archive):
        whole = entries.get((half, ""))
        reports = tuple(
            _report(
                unit,
                records[unit.slug, half],
                entries.get((half, fold(unit.slug))),
                whole,
                first_seen or {},
                on_own_site=(unit.slug, half) in archive.collected.told,
            )
            for unit in units
            if _expects(unit, half)
        )
        if reports:
            found.append(RegisterHalf(half, reports, tuple(_subordinate_reports(archive, reports))))
    return tuple(found)


def _halves(archive: Archive) -> Sequence[Period]:
    """Return every half from the first published one to the newest, with those in between that have no records.

    A long gap stays one: a mistyped year must not make thousands of pages.
    """
    stated = (entry.period for entry in archive.vocabulary.periods if entry.published and not entry.unit)
    published = {period for period in (*archive.periods, *stated) if period.year is not None and period.part != "year"}
    halves = sorted(published, key=lambda period: period.order)
    found = halves[:1]
    for half in halves[1:]:
        if not is_long_gap(found[-1], half):
            while (between := found[-1].next_half) and between != half:
                found.append(between)
        found.append(half)
    return found


def _expects(unit: Unit, half: Period) -> bool:
    """Whether a unit's ``reports`` covers a half. A whole year there stands for both of its halves."""
    if unit.reports is None or half.first_day is None:
        return False
    start, end = unit.reports.from_, unit.reports.to
    begun = start is None or (start.first_day is not None and start.first_day <= half.first_day)
    return begun and (end is None or half.ended_by(end))


def _report(
    unit: Unit,
    records: Sequence[Record],
    own: PeriodEntry | None,
    whole: PeriodEntry | None,
    first_seen: Mapping[str, str],
    *,
    on_own_site: bool,
) -> Report:
    due = (own.due if own else None) or (whole.due if whole else None)
    day = own.submitted if own else None
    if not records and day is None and not on_own_site:
        return Report(unit, "missing", None, due)
    if day is None and whole:
        day = whole.submitted
    if day is None and (days := [first_seen[record.path] for record in records if record.path in first_seen]):
        day = parse_date(min(days))
    return Report(unit, "late" if _is_after(day, due) else "reported", day, due)


def _is_after(day: Date | None, due: Date | None) -> bool:
    if day is None or due is None or day.first is None or due.first is None:
        return False
    return day.first > due.first


def _subordinate_reports(archive: Archive, reports: Sequence[Report]) -> Sequence[SubordinateReports]:
    states = {report.unit.slug: report.state for report in reports}
    found = []
    for parent in archive.vocabulary.units:
        below = [states[unit.slug] for unit in archive.vocabulary.children(parent.slug) if unit.slug in states]
        if below:
            found.append(SubordinateReports(parent, sum(state != "missing" for state in below), len(below)))
    return found
