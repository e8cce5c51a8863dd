"""Increments: the rows of the roll-up, which sites publish for those above them."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from ..records.periods import Period


class Increment(NamedTuple):
    """What a period adds to the amount of a unit with all units below it, in the indicator's unit.

    ``reported`` is the number of units whose statements are in it, and ``inexact`` the number of those statements that
    are not exact. ``low`` and ``high`` are the ends of what all can mean. A statement that has no such end is in there
    with its amount instead, and counted by ``no_low`` or ``no_high``. Where the indicator's aggregate is ``last``, all
    are differences from the period before.
    """

    unit: str
    indicator: str
    period: Period
    amount: Decimal
    reported: int
    inexact: int
    low: Decimal
    high: Decimal
    no_low: int
    no_high: int

    def plus(self, other: Increment) -> Increment:
        """Return the sum with another increment, for this one's unit and period."""
        return Increment(
            self.unit,
            self.indicator,
            self.period,
            self.amount + other.amount,
            self.reported + other.reported,
            self.inexact + other.inexact,
            self.low + other.low,
            self.high + other.high,
            self.no_low + other.no_low,
            self.no_high + other.no_high,
        )

    def negated(self) -> Increment:
        """Return what takes this increment back."""
        amounts = (-self.amount, -self.reported, -self.inexact, -self.low, -self.high, -self.no_low, -self.no_high)
        return Increment(self.unit, self.indicator, self.period, *amounts)
