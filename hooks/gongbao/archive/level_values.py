"""Levels: what each unit and all units below it report of an indicator by period, and who is in it, from the roll-up.

Halves of an indicator that counts from the start of the year stand apart: each has what it adds itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, compress
from operator import not_
from typing import Literal

from ..problems.names import BoundName
from ..records.indicators import Indicator
from ..records.intervals import INFINITY, Interval
from ..records.periods import Period
from ..records.wordlists import Unit
from .derived import Derived
from .increments import Increment
from .points import Point
from .series import settled, starts_anew

NAMED = 12  # subordinates whose names a value has beside it


@dataclass(frozen=True)
class LevelSum:
    """A sum of statements, its bound, and all that it can mean.

    Of ``at-least`` and ``at-most``, the value is the end that the sum has.
    """

    value: Decimal
    bound: BoundName
    interval: Interval

    @property
    def is_between(self) -> bool:
        """Whether it lies between two ends."""
        return self.bound == "about" and self.interval.low.is_finite() and self.interval.high.is_finite()


@dataclass(frozen=True)
class LevelValue:
    """What a unit with all units below it reports of an indicator in a period, in the indicator's unit.

    ``sum`` is what the period adds, or for an indicator with the aggregate ``last`` the sum of the latest values.
    ``units`` is the number of units whose statements are in it. Of the unit's direct subordinates, some are in it and
    others are ``absent``. ``typed`` is the total that the unit states itself, if it is certainly another one than
    ``compared``: the sum, or for a year-to-date total that since the start of the year.
    """

    period: Period
    sum: LevelSum
    units: int
    counted: tuple[Unit, ...] = ()
    absent: tuple[Unit, ...] = ()
    typed: Point | None = None
    compared: LevelSum | None = None

    @property
    def named(self) -> tuple[Literal["absent", "counted"], tuple[Unit, ...], int]:
        """The subordinates that are in it or those that are not, whichever are fewer, and how many more there are."""
        which: Literal["absent", "counted"]
        which, units = ("absent", self.absent) if len(self.absent) <= len(self.counted) else ("counted", self.counted)
        return which, units[:NAMED], len(units[NAMED:])


def levels(derived: Derived, indicator: Indicator) -> Mapping[Unit, tuple[LevelValue, ...]]:
    """Return the values of every unit that reports an indicator, oldest first, in the word list's order."""
    rows: dict[str, list[Increment]] = defaultdict(list)
    for one in derived.increments_of.get(indicator.slug, ()):
        rows[one.unit].append(one)
    known = {unit: tuple(_values(rows[unit.slug], indicator)) for unit in derived.archive.vocabulary.units}
    return {
        unit: _with_subordinates(derived, indicator, unit, rows[unit.slug], known)
        for unit, values in known.items()
        if values
    }


def _values(rows: Sequence[Increment], indicator: Indicator) -> Iterable[LevelValue]:
    ordered = sorted(rows, key=lambda one: one.period.order)
    sums: Iterable[Increment] = ordered
    if indicator.aggregate == "last":
        sums = accumulate(ordered, Increment.plus)
    for one, added in zip(ordered, sums, strict=True):
        if added.reported:
            yield LevelValue(one.period, _sum_of(added), added.reported)


def _sum_of(added: Increment) -> LevelSum:
    interval = Interval(-INFINITY if added.no_low else added.low, INFINITY if added.no_high else added.high)
    if not added.inexact:
        return LevelSum(added.amount, "exact", interval)
    if bool(added.no_low) == bool(added.no_high):
        return LevelSum(added.amount, "about", interval)
    return LevelSum(added.high, "at-most", interval) if added.no_low else LevelSum(added.low, "at-least", interval)


def _with_subordinates(
    derived: Derived,
    indicator: Indicator,
    unit: Unit,
    rows: Sequence[Increment],
    known: Mapping[Unit, Sequence[LevelValue]],
) -> tuple[LevelValue, ...]:
    """Return a unit's values with the subordinates that are in each, and with the unit's own totals that differ."""
    children = derived.archive.vocabulary.children(unit.slug)
    if not children:
        return tuple(known[unit])
    typed = {point.period: point for point in settled(derived.series.get((indicator.slug, unit.slug), ()))}
    found, of_year = [], dict[tuple[int | None, bool], Increment]()
    added = {row.period: row for row in rows}
    for one in known[unit]:
        year, row = (one.period.year, one.period.part == "year"), added[one.period]
        of_year[year] = of_year[year].plus(row) if year in of_year else row
        compared = _sum_of(of_year[year]) if starts_anew(indicator, one.period) else one.sum
        is_in = [_is_in(known[child], one.period, indicator) for child in children]
        counted, absent = (tuple(compress(children, told)) for told in (is_in, map(not_, is_in)))
        point = typed.get(one.period) if counted else None
        if point and point.interval.meets(compared.interval):
            point = None
        found.append(LevelValue(one.period, one.sum, one.units, counted, absent, point, compared))
    return tuple(found)


def _is_in(values: Sequence[LevelValue], period: Period, indicator: Indicator) -> bool:
    if indicator.aggregate == "last":
        return bool(values) and values[0].period.order <= period.order
    return any(one.period == period for one in values)
