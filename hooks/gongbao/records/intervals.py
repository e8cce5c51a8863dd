"""Intervals: all values that a printed number with its bound can mean, and arithmetic with them.

The record format gives the rule ("A figure"): a bound widens a number by one unit of its last digit that is not zero.
So 8000余 is 8000 or more, but less than 9000.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ..problems.names import BoundName

ZERO = Decimal(0)
INFINITY = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from ``low`` to ``high``. An end that is named in ``open`` does not belong to the interval."""

    low: Decimal
    high: Decimal
    open: frozenset[Literal["low", "high"]] = frozenset()

    def meets(self, other: Interval) -> bool:
        """Whether the two intervals have a value in common."""
        return not (self.above(other) or other.above(self))

    def above(self, other: Interval) -> bool:
        """Whether every value of this interval is larger than every value of the other."""
        touching = self.low == other.high and ("low" in self.open or "high" in other.open)
        return self.low > other.high or touching

    def widened(self, by: Decimal) -> Interval:
        """Return the interval with both ends moved outwards by ``by``. Both ends belong to it, as rounding needs."""
        return Interval(self.low - by, self.high + by)

    def minus(self, other: Interval) -> Interval:
        """Return all differences between a value of this interval and one of the other, both ends with them."""
        return Interval(self.low - other.high, self.high - other.low)

    def times(self, factor: Decimal) -> Interval:
        """Return the interval scaled by a positive factor."""
        return Interval(self.low * factor, self.high * factor, self.open)


def computed_bound(bounds: Iterable[BoundName]) -> BoundName:
    """Return the bound of a number computed from numbers with these bounds: exact if all are, else about."""
    return "exact" if all(bound == "exact" for bound in bounds) else "about"


def allowed(value: Decimal, bound: BoundName) -> Interval:
    """Return all values that a number with a bound can mean."""
    if bound == "exact":
        return Interval(value, value)
    if bound == "at-least":
        return Interval(value, INFINITY)
    if bound == "at-most":
        return Interval(-INFINITY, value)
    step = last_digit(value)
    if bound == "over":
        return Interval(value, value + step, frozenset({"high"}))
    if bound == "nearly":
        return Interval(value - step, value, frozenset({"low"}))
    return Interval(value - step, value + step)


def last_digit(value: Decimal) -> Decimal:
    """Return one unit of the last digit that is not zero: 1000 for 8000, 0.1 for 12.5."""
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(exponent)


def half_unit(value: Decimal) -> Decimal:
    """Return half a unit of the last printed digit, which rounding can hide: 0.05 for 95.5, 0.5 for 60."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(exponent) / 2


def total(intervals: Iterable[Interval]) -> Interval:
    """Return the sum of intervals."""
    low, high, ends = ZERO, ZERO, set[Literal["low", "high"]]()
    for one in intervals:
        low, high = low + one.low, high + one.high
        ends |= one.open
    return Interval(low, high, frozenset(ends))


def ratio(value: Interval, base: Interval) -> Interval | None:
    """Return the share that a value is of a base, in percent. None if the base can be 0 or the value negative."""
    if base.low <= 0 or value.low < 0:
        return None
    ends: set[Literal["low", "high"]] = set()
    if "low" in value.open or "high" in base.open:
        ends.add("low")
    if "high" in value.open or "low" in base.open:
        ends.add("high")
    low = value.low / base.high * 100 if base.high.is_finite() else ZERO
    return Interval(low, value.high / base.low * 100, frozenset(ends))
