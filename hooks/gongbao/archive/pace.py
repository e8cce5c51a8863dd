"""The pace of promises (计划进度): the share that is done against the share of the time that has passed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Literal, get_args

from ..records.measures import convert, is_share
from ..records.periods import Period
from .derived import Derived
from .filing import Promise
from .points import Point
from .series import settled

PaceName = Literal["ahead", "on", "behind"]
PACES: tuple[PaceName, ...] = get_args(PaceName)
POINTS = 5  # by how many percentage points the shares may differ while a promise is on pace


@dataclass(frozen=True)
class Pace:
    """How far a promise is at the end of a period: its value in the target's unit, and two shares in per cent."""

    name: PaceName
    value: Decimal
    unit: str | None
    done: int
    elapsed: int
    period: Period


def pace_of(derived: Derived, promise: Promise) -> Pace | None:
    """Return a promise's pace.

    None where it can't be told: without a target that adds up, a due day, or a value so far; and where it is settled.
    The time counts from the end of the period whose plan makes the promise, or from that period's beginning if the
    promise is due within it.
    """
    vocabulary, target = derived.archive.vocabulary, promise.commitment.target
    settled_by_now = derived.ledger.status(promise) in ("done", "dropped")
    if not vocabulary.site.pace or target is None or settled_by_now or target.bound == "at-most" or target.value <= 0:
        return None
    unit = target.unit or (vocabulary.indicators[target.indicator].unit if target.indicator else None)
    due, made = derived.ledger.due(promise), promise.record.period
    end = due.last_day if isinstance(due, Period) else due.last
    if is_share(unit) or end is None or end == date.max or made.first_day is None or made.last_day is None:
        return None
    start = made.first_day if end <= made.last_day else made.last_day + timedelta(days=1)
    so_far = _so_far(derived, promise, unit, start, end)
    if so_far is None:
        return None
    period, value = so_far
    if period.last_day is None or period.last_day < start:
        return None
    elapsed = min(Decimal(1), Decimal((period.last_day - start).days + 1) / ((end - start).days + 1))
    done, passed = round(100 * value / target.value), round(100 * elapsed)
    name: PaceName = "ahead" if done > passed + POINTS else "behind" if done < passed - POINTS else "on"
    return Pace(name, value, unit, done, passed, period)


def _so_far(
    derived: Derived, promise: Promise, unit: str | None, start: date, end: date
) -> tuple[Period, Decimal] | None:
    """Return the newest value of a promise in the target's unit, with its period: as an outcome tells it, or as the
    indicator's figures add up to it.
    """
    found = [_told(promise, unit), _added_up(derived, promise, unit, start, end)]
    return max(filter(None, found), key=lambda one: one[0].order, default=None)


def _told(promise: Promise, unit: str | None) -> tuple[Period, Decimal] | None:
    for record, outcome in reversed(promise.outcomes):
        if outcome.value is not None:
            value = convert(outcome.value, outcome.unit or unit or "", unit or "")
            return (record.period, value) if value is not None else None
    return None


def _added_up(
    derived: Derived, promise: Promise, unit: str | None, start: date, end: date
) -> tuple[Period, Decimal] | None:
    """Return the sum of the halves since the start, if all are reported; or what counts from January."""
    slug = promise.commitment.target.indicator if promise.commitment.target else None
    if slug is None:
        return None
    indicator = derived.archive.vocabulary.indicators[slug]
    points = [
        point
        for point in settled(derived.series.get((slug, promise.record.unit), ()))
        if point.period.part != "year" and point.period.first_day and start <= point.period.first_day <= end
    ]
    if not points or indicator.basis == "cumulative":
        return None
    newest = points[-1].period
    if indicator.basis == "year-to-date":
        whole = start.month == 1 and newest.year == start.year
        value = points[-1].value if whole else None
    else:
        value = sum((point.value for point in points), Decimal(0)) if _without_gap(points, start) else None
    converted = None if value is None else convert(value, indicator.unit, unit or indicator.unit)
    return None if converted is None else (newest, converted)


def _without_gap(points: Sequence[Point], start: date) -> bool:
    """Whether points are those of all halves from a day on."""
    halves = [point.period for point in points]
    return halves[0].first_day == start and all(one.next_half == other for one, other in pairwise(halves))
