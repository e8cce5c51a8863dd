"""Series: the points of an indicator through the periods, which of them can be compared, and sums for parent units.

Points of one period that contradict each other are in dispute: readers see all of them, but none is compared with
another period or enters a sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise

from ..problems.names import BoundName
from ..records.indicators import Indicator
from ..records.intervals import ZERO, Interval, computed_bound, total
from ..records.periods import Period
from ..records.wordlists import Unit
from .filing import Archive
from .points import Point


@dataclass(frozen=True)
class Coverage:
    """The sum of a parent unit's direct subordinates in a period, with those that reported and those expected.

    ``value`` and ``interval`` are in the indicator's unit. The ``disputed`` units have contradicting values for the
    period, which are not in the sum; they are not among those that ``reported``.
    """

    period: Period
    value: Decimal
    bound: BoundName
    interval: Interval
    reported: tuple[Unit, ...]
    disputed: tuple[Unit, ...]
    expected: tuple[Unit, ...]


def conflicts(points: Sequence[Point]) -> list[tuple[Point, Point]]:
    """Return pairs of points of one series that give different values for one period.

    Each point is held against the first one that it contradicts, in the order of the records' paths.
    """
    found = []
    seen: dict[Period, list[Point]] = defaultdict(list)
    for point in sorted(points, key=lambda point: (point.record.path, point.index)):
        other = next((one for one in seen[point.period] if not one.interval.meets(point.interval)), None)
        if other:
            found.append((other, point))
        seen[point.period].append(point)
    return found


def rivals(series: Mapping[tuple[str, str], tuple[Point, ...]], point: Point) -> tuple[Point, ...]:
    """Return the points of the same series and period that contradict a point or are in dispute beside it."""
    if not point.disputed:
        return ()
    row = series[point.figure.indicator or "", point.record.unit]
    return tuple(one for one in row if one.period == point.period and one is not point)


def settled(points: Iterable[Point]) -> list[Point]:
    """Return one point for each period of a series whose points agree: an exact one if there is one."""
    chosen = []
    for _, group in groupby((one for one in points if not one.disputed), key=lambda point: point.period):
        agreeing = list(group)
        chosen.append(next((one for one in agreeing if one.bound == "exact"), agreeing[0]))
    return chosen


def neighbours(points: Sequence[Point], indicator: Indicator) -> list[tuple[Point, Point]]:
    """Return the pairs of neighbouring points of one series that can be compared.

    They have dated periods and no dispute, and one definition of the indicator holds for both. A whole year is not a
    neighbour of a half. Where an indicator counts from the start of the year, halves of two years are no neighbours.
    """
    dated = [point for point in settled(points) if point.period.year is not None]
    parts = ([p for p in dated if p.period.part != "year"], [p for p in dated if p.period.part == "year"])
    return [
        (before, after)
        for part in parts
        for before, after in pairwise(part)
        if can_be_compared(indicator, before.period, after.period)
    ]


def can_be_compared(indicator: Indicator, before: Period, after: Period) -> bool:
    """Whether values of two halves, or of two whole years, can be compared. An undated one can't, with any."""
    if before.year is None or after.year is None:
        return False
    same_year = before.year == after.year
    return not indicator.breaks_between(before, after) and (same_year or not starts_anew(indicator, after))


def starts_anew(indicator: Indicator, period: Period) -> bool:
    """Whether an indicator counts from zero in the year of this half, as those with the basis year-to-date do."""
    return indicator.basis == "year-to-date" and period.part != "year"


def falls(points: Sequence[Point], indicator: Indicator) -> list[tuple[Point, Point]]:
    """Return the pairs of neighbouring dated points of which the later one is certainly smaller, whole years too."""
    dated = [point for point in settled(points) if point.period.year is not None]
    return [
        (before, after)
        for before, after in pairwise(dated)
        if before.interval.above(after.interval) and not indicator.breaks_between(before.period, after.period)
    ]


def coverage(
    series: Mapping[tuple[str, str], tuple[Point, ...]], indicator: Indicator, parent: Unit, archive: Archive
) -> tuple[Coverage, ...]:
    """Return the sums of an indicator over a parent's direct subordinates, by period, oldest first.

    The indicator's ``aggregate`` decides: ``sum`` adds the values of the period, ``last`` adds each subordinate's
    latest value up to the period, and ``none`` gives an empty tuple. Values in dispute are not added.
    """
    children = tuple(archive.vocabulary.children(parent.slug))
    if indicator.aggregate == "none" or not children:
        return ()
    by_child = {child.slug: series.get((indicator.slug, child.slug), ()) for child in children}
    periods = {point.period for points in by_child.values() for point in points}
    return tuple(
        _coverage(
            period,
            {
                child: point
                for child in children
                if (point := _latest(by_child[child.slug], period, indicator.aggregate == "last"))
            },
            children,
        )
        for period in sorted(periods, key=lambda period: period.order)
    )


def unlike_sums(
    series: Mapping[tuple[str, str], tuple[Point, ...]], indicator: Indicator, parent: Unit, archive: Archive
) -> list[tuple[Point, Coverage]]:
    """Return a parent's points that are not the sum of its subordinates, each with the sum.

    Where a subordinate's values are in dispute, nobody knows what the sum is.
    """
    if indicator.aggregate != "sum":
        return []
    sums = {one.period: one for one in coverage(series, indicator, parent, archive) if not one.disputed}
    return [
        (point, added)
        for point in series.get((indicator.slug, parent.slug), ())
        if (added := sums.get(point.period)) and not point.interval.meets(added.interval)
    ]


def _coverage(period: Period, latest: Mapping[Unit, Point], expected: tuple[Unit, ...]) -> Coverage:
    counted = [point for point in latest.values() if not point.disputed]
    return Coverage(
        period=period,
        value=sum((point.value for point in counted), ZERO),
        bound=computed_bound(point.bound for point in counted),
        interval=total(point.interval for point in counted),
        reported=tuple(child for child, point in latest.items() if not point.disputed),
        disputed=tuple(child for child, point in latest.items() if point.disputed),
        expected=expected,
    )


def _latest(points: Sequence[Point], period: Period, earlier_too: bool) -> Point | None:
    """Return the point of a period, or of the last one before it, in dispute or not."""
    chosen = sorted([*(one for one in points if one.disputed), *settled(points)], key=lambda one: one.period.order)
    for point in reversed(chosen):
        if point.period == period or (
            earlier_too and point.period.year is not None and point.period.order <= period.order
        ):
            return point
    return None
