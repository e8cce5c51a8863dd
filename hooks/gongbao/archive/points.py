"""Points: the values of an indicator that a unit reports for a period, each one figure or a sum of instalments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from ..problems.names import BoundName
from ..records.indicators import Indicator
from ..records.intervals import ZERO, Interval, computed_bound, total
from ..records.measures import plain, times
from ..records.periods import Period
from ..records.quantities import Figure
from ..records.reckoning import Stated, stated
from ..records.record import Record
from ..records.vocabulary import Vocabulary


@dataclass(frozen=True)
class Placed:
    """A figure in its place: its record, and its index among the record's figures."""

    record: Record
    index: int

    @property
    def figure(self) -> Figure:
        """The figure itself."""
        return self.record.figures[self.index]


@dataclass(frozen=True)
class Point:
    """The value of an indicator that a unit reports for a period: one figure, or several instalments added up.

    ``value`` and ``interval`` are in the indicator's unit of measure, ``printed`` and ``bound`` in ``unit``: that of
    the figures, or the indicator's if they have several. One ``unit`` is ``scale`` of the indicator's. A ``disputed``
    point has another beside it that contradicts it.
    """

    placed: tuple[Placed, ...]
    period: Period
    printed: Decimal
    bound: BoundName
    unit: str
    scale: Decimal
    interval: Interval
    disputed: bool = False

    @property
    def record(self) -> Record:
        """The record of the figure, or of the first instalment."""
        return self.placed[0].record

    @property
    def index(self) -> int:
        """The place of the figure, or of the first instalment, in its record."""
        return self.placed[0].index

    @property
    def figure(self) -> Figure:
        """The figure, or the first instalment."""
        return self.placed[0].figure

    @property
    def is_sum(self) -> bool:
        """Whether it is a sum of several instalments."""
        return len(self.placed) > 1

    @property
    def value(self) -> Decimal:
        """The value in the indicator's unit."""
        return times(self.printed, self.scale)

    def in_own_unit(self, value: Decimal) -> Decimal:
        """Convert a value from the indicator's unit to the unit of this point."""
        return value if self.scale == 1 else plain(value / self.scale)


def all_series(records: Iterable[Record], vocabulary: Vocabulary) -> Mapping[tuple[str, str], tuple[Point, ...]]:
    """Return all series: the points by the slugs of indicator and unit.

    The points of a series are sorted by period (undated first, then oldest first), then in the records' order. A
    figure counts for the period in its ``for``, or else for its record's period. The value of a figure that has only
    parts is their sum. A figure without value and parts (a share or a rank) is not a point, but where the indicator
    itself is a rate.
    """
    found: dict[tuple[str, str], list[tuple[Period, Placed]]] = defaultdict(list)
    for record in records:
        for index, figure in enumerate(record.figures):
            if figure.indicator is not None:
                indicator = vocabulary.indicators[figure.indicator]
                found[indicator.slug, record.unit].append((figure.for_ or record.period, Placed(record, index)))
    series = {}
    for (slug, unit), placed in found.items():
        if points := tuple(_points(placed, vocabulary.indicators[slug])):
            series[slug, unit] = points
    return series


def _points(placed: Iterable[tuple[Period, Placed]], indicator: Indicator) -> Iterator[Point]:
    """Yield the points of one series."""
    ordered = sorted(placed, key=lambda one: one[0].order)
    for period, group in groupby(ordered, key=lambda one: one[0]):
        points: list[Point] = []
        instalments: list[Point] = []
        for _, one in group:
            if point := _point(one, period, indicator):
                (instalments if one.figure.instalment else points).append(point)
        if instalments:
            points.append(_added(instalments, indicator))
        yield from (replace(one, disputed=True) for one in points) if _contradict(points) else points


def _point(placed: Placed, period: Period, indicator: Indicator) -> Point | None:
    said = stated(placed.figure, indicator.unit)
    scale = indicator.scale(said.unit) if said else None
    if said is None or scale is None:
        return None
    return Point((placed,), period, said.value, said.bound, said.unit or indicator.unit, scale, _scaled(said, scale))


def _scaled(said: Stated, scale: Decimal) -> Interval:
    interval = said.interval
    return interval if scale == 1 else interval.times(scale)


def _added(instalments: Sequence[Point], indicator: Indicator) -> Point:
    """Return the sum of instalments: in their unit if they have one unit, else in the indicator's."""
    if len(instalments) == 1:
        return instalments[0]
    first = instalments[0]
    alike = all(one.unit == first.unit for one in instalments)
    return Point(
        placed=tuple(placed for one in instalments for placed in one.placed),
        period=first.period,
        printed=sum((one.printed if alike else one.value for one in instalments), ZERO),
        bound=computed_bound(one.bound for one in instalments),
        unit=first.unit if alike else indicator.unit,
        scale=first.scale if alike else Decimal(1),
        interval=total(one.interval for one in instalments),
    )


def _contradict(points: Sequence[Point]) -> bool:
    return any(not one.interval.meets(other.interval) for at, one in enumerate(points) for other in points[:at])
