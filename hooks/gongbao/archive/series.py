"""Series: the values of an indicator through the periods, for each unit, and their sums for parent units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ..records.indicators import Indicator
from ..records.intervals import ZERO, Interval, allowed, total
from ..records.periods import Period
from ..records.quantities import Figure
from ..records.reckoning import sum_of_parts
from ..records.record import Record
from ..records.vocabulary import Vocabulary
from ..records.wordlists import Unit
from .filing import Archive


@dataclass(frozen=True)
class Point:
    """A value of an indicator that a record reports. ``value`` is in the indicator's unit of measure."""

    record: Record
    index: int  # the place of the figure in its record
    figure: Figure
    period: Period
    value: Decimal

    def in_own_unit(self, value: Decimal) -> Decimal:
        """Convert a value from the indicator's unit to the unit in which this point's figure is printed."""
        return value * self.figure.value / self.value if self.figure.value else value

    @property
    def interval(self) -> Interval:
        """All values that the printed value with its bound can mean, in the indicator's unit."""
        if not self.figure.value:
            return allowed(self.value, "exact")
        return allowed(self.figure.value, self.figure.bound).times(self.value / self.figure.value)


@dataclass(frozen=True)
class Coverage:
    """The sum of a parent unit's direct subordinates in a period, with those that reported and those expected.

    ``value`` and ``interval`` are in the indicator's unit.
    """

    period: Period
    value: Decimal
    interval: Interval
    reported: tuple[Unit, ...]
    expected: tuple[Unit, ...]


def all_series(records: Iterable[Record], vocabulary: Vocabulary) -> Mapping[tuple[str, str], tuple[Point, ...]]:
    """Return all series: the points by the slugs of indicator and unit.

    The points of a series are sorted by period (undated first, then oldest first), then in the records' order. A
    figure counts for the period in its ``for``, or else for its record's period. The value of a figure that has only
    parts is their sum. A figure without value and parts (a share or a rank) is not a point.
    """
    found: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for record in records:
        for index, figure in enumerate(record.figures):
            if figure.indicator is None:
                continue
            indicator = vocabulary.indicators[figure.indicator]
            printed = figure.value
            if printed is None:
                printed = sum_of_parts(figure, figure.unit or indicator.unit)
            if printed is None:
                continue
            value = in_indicator_unit(printed, figure.unit, indicator)
            point = Point(record, index, figure, figure.for_ or record.period, value)
            found[indicator.slug, record.unit].append(point)
    return {key: tuple(sorted(points, key=lambda point: point.period.order)) for key, points in found.items()}


def in_indicator_unit(value: Decimal, unit: str | None, indicator: Indicator) -> Decimal:
    """Convert a value to its indicator's unit."""
    return value * (indicator.scale(unit) or 1)


def conflicts(points: Sequence[Point]) -> list[tuple[Point, Point]]:
    """Return pairs of points of one series that give different values for one period.

    The first point of a pair is the first one of its period in the order of the records' paths.
    """
    first: dict[Period, Point] = {}
    found = []
    for point in sorted(points, key=lambda point: (point.record.path, point.index)):
        other = first.setdefault(point.period, point)
        if not other.interval.meets(point.interval):
            found.append((other, point))
    return found


def neighbours(points: Sequence[Point], indicator: Indicator) -> list[tuple[Point, Point]]:
    """Return the pairs of neighbouring points of one series that can be compared.

    They have dated periods, and one definition of the indicator holds for both. A whole year is not a neighbour of a
    half. Where an indicator counts from the start of the year, halves of two years are no neighbours.
    """
    dated = [point for point in points if point.period.year is not None]
    parts = ([p for p in dated if p.period.part != "year"], [p for p in dated if p.period.part == "year"])
    return [
        (before, after)
        for part in parts
        for before, after in pairwise(part)
        if before.period != after.period
        and not indicator.breaks_between(before.period, after.period)
        and (before.period.year == after.period.year or not starts_anew(indicator, after.period))
    ]


def starts_anew(indicator: Indicator, period: Period) -> bool:
    """Whether an indicator counts from zero in the year of this half, as those with the basis year-to-date do."""
    return indicator.basis == "year-to-date" and period.part != "year"


def falls(points: Sequence[Point], indicator: Indicator) -> list[tuple[Point, Point]]:
    """Return the pairs of neighbouring dated points of which the later one is certainly smaller, whole years too."""
    dated = [point for point in points if point.period.year is not None]
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
    latest value up to the period, and ``none`` gives an empty tuple. Of two values for one period, the last counts.
    """
    children = tuple(archive.vocabulary.children(parent.slug))
    if indicator.aggregate == "none" or not children:
        return ()
    by_child = {child.slug: series.get((indicator.slug, child.slug), ()) for child in children}
    periods = {point.period for points in by_child.values() for point in points}
    found = []
    for period in sorted(periods, key=lambda period: period.order):
        latest = {slug: _latest(points, period, indicator.aggregate == "last") for slug, points in by_child.items()}
        reported = tuple(child for child in children if latest[child.slug])
        counted = [point for child in reported if (point := latest[child.slug])]
        value = sum((point.value for point in counted), ZERO)
        found.append(Coverage(period, value, total(point.interval for point in counted), reported, children))
    return tuple(found)


def _latest(points: Sequence[Point], period: Period, earlier_too: bool) -> Point | None:
    for point in reversed(points):
        if point.period == period or (
            earlier_too and point.period.year is not None and point.period.order <= period.order
        ):
            return point
    return None
