"""Increments: the rows of the roll-up, which sites publish for those above them."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from ..records.periods import Period


class Increment(NamedTuple):
    """What a period adds to the amount of a unit with all units below it, in the indicator's unit.

    ``reported`` is the number of units whose statements are in it, and ``inexact`` the number of those statements that
    are not exact. Where the indicator's aggregate is ``last``, both are differences from the period before, too.
    """

    unit: str
    indicator: str
    period: Period
    amount: Decimal
    reported: int
    inexact: int
