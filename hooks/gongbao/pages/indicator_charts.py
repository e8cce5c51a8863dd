"""The charts of an indicator: of a unit, of what a parent's subordinates add up to, and of many units side by side.

Halves and whole years have charts of their own. Where there are fewer than two bars, the values themselves stand in the
chart's place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from ..archive.level_values import LevelValue
from ..archive.point_views import point_quantity
from ..archive.points import Point
from ..archive.series import Coverage, settled
from ..charts.chart import Chart, Multiples
from ..charts.plot import Bar
from ..problems.catalogue import Language
from ..records.indicators import Indicator
from ..records.periods import Period
from ..records.wordlists import Unit
from .chart_maker import ChartMaker, Grain, Shown

_PARTS: tuple[Grain, ...] = ("half", "year")


def unit_charts(indicator: Indicator, points: Sequence[Point], unit: Unit, language: Language) -> Iterator[Chart]:
    """Yield a chart of a unit's halves and one of its whole years, each if it has a dated point."""
    for part in _PARTS:
        maker = ChartMaker(indicator, part, language)
        if readings := _readings(points, part, language):
            whose = unit.title.text(language)
            yield maker.chart(readings, f"{unit.slug}.{part}", whose, maker.say("chart-source-unit", unit=whose))


def sum_charts(indicator: Indicator, covered: Sequence[Coverage], parent: Unit, language: Language) -> Iterator[Chart]:
    """Yield charts of what a parent's subordinates add up to, in the same way."""
    for part in _PARTS:
        maker = ChartMaker(indicator, part, language)
        readings = [
            maker.reading(one.period, one.value, one.bound, partly=len(one.reported) < len(one.expected))
            for one in covered
            if _is_of(one.period, part) and one.reported
        ]
        if readings:
            whose = maker.say("chart-whose-sum", unit=parent.title.text(language))
            yield maker.chart(readings, f"{parent.slug}.sum.{part}", whose, maker.say("chart-source-sum"))


def level_charts(indicator: Indicator, values: Sequence[LevelValue], unit: Unit, language: Language) -> Iterator[Chart]:
    """Yield charts of what a unit and all units below it report, in the same way."""
    for part in _PARTS:
        maker = ChartMaker(indicator, part, language)
        if readings := _level_readings(maker, values):
            whose = maker.say("chart-whose-level", unit=unit.title.text(language))
            yield maker.chart(readings, f"{unit.slug}.level.{part}", whose, maker.say("chart-source-levels"))


def multiples(
    indicator: Indicator, points: Mapping[Unit, Sequence[Point]], short: Callable[[str], str], language: Language
) -> Iterator[Multiples]:
    """Yield small charts of the units' halves, and of their whole years, on one scale and one axis each."""
    for part in _PARTS:
        by_unit = {unit: _readings(row, part, language) for unit, row in points.items()}
        yield from ChartMaker(indicator, part, language).multiples(by_unit, short, "chart-source-units")


def level_multiples(
    indicator: Indicator, values: Mapping[Unit, Sequence[LevelValue]], short: Callable[[str], str], language: Language
) -> Iterator[Multiples]:
    """Yield such charts of what each unit and all units below it report."""
    for part in _PARTS:
        maker = ChartMaker(indicator, part, language)
        by_unit = {unit: _level_readings(maker, row) for unit, row in values.items()}
        yield from maker.multiples(by_unit, short, "chart-source-levels")


def _level_readings(maker: ChartMaker, values: Sequence[LevelValue]) -> Sequence[Shown]:
    return [
        maker.reading(one.period, one.sum.value, one.sum.bound, partly=bool(one.absent))
        for one in values
        if _is_of(one.period, maker.part)
    ]


def _is_of(period: Period, part: Grain) -> bool:
    return period.year is not None and (period.part == "year") == (part == "year")


def _readings(points: Sequence[Point], part: Grain, language: Language) -> list[Shown]:
    """Return the dated values of a series, oldest first: of one period all that are not equal, the settled one last."""
    found = []
    dated = [point for point in points if _is_of(point.period, part)]
    for period, group in groupby(dated, key=lambda point: point.period):
        at_once = [*group]
        best = settled(at_once)[:1]
        unequal = {point.value: point for point in (*at_once, *best)}
        for point in sorted(unequal.values(), key=lambda point: point in best):
            found.append(Shown(period, _bar(point), point_quantity(point, language)))
    return found


def _bar(point: Point) -> Bar:
    target = None if point.is_sum else point.figure.target
    goal = target.value * point.scale if target else None
    return Bar(point.value, point.bound, goal, point.disputed)
