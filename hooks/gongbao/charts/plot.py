"""What a chart shows, and where it is: bars by period, on a scale, within margins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..problems.names import BoundName
from .room import NARROW
from .scales import Scale

_THICKEST = 22


@dataclass(frozen=True, slots=True)
class Bar:
    """A value in a chart, in the measure of its scale, with its bound, and its target if it has one.

    ``disputed``: another bar of its period contradicts it. ``partly``: it is a sum, and some values are missing in it.
    """

    value: Decimal
    bound: BoundName = "exact"
    target: Decimal | None = None
    disputed: bool = False
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """One period on the axis, with its title below.

    ``broken``: a new definition begins with it. ``skipped``: it stands for a long time without values.
    """

    title: str
    broken: bool = False
    skipped: bool = False


@dataclass(frozen=True)
class Data:
    """What a chart draws: the slots from left to right, the bars in them by the slot's place, and the scale."""

    axis: tuple[Slot, ...]
    bars: tuple[tuple[int, tuple[Bar, ...]], ...]
    scale: Scale


class Plot:
    """Where everything is, in a chart of ``height`` pixels with these margins, at least ``narrow`` pixels wide."""

    def __init__(self, data: Data, height: float, top: float, bottom: float, narrow: float = NARROW) -> None:
        self.data, self.scale, self.top, self.bottom = data, data.scale, top, height - bottom
        self.room = narrow / len(data.axis)
        self.thick = max(2.0, min(_THICKEST, 0.66 * self.room))
        self.cap = max(2.0, min(3.5, 0.4 * self.room))
        self.zero = self.up(Decimal(0))

    def up(self, value: Decimal) -> float:
        return round(self.bottom - self.scale.share(value) * (self.bottom - self.top), 1)

    def across(self, at: float) -> float:
        return round(100 * at / len(self.data.axis), 2)

    def beside(self, bars: Sequence[Bar]) -> Iterator[tuple[Bar, float, float]]:
        """Yield the bars of a slot, each with its distance from the slot's middle and its thickness."""
        thick = max(2.0, min(self.thick, 0.8 * self.room / len(bars) - 1))
        for place, bar in enumerate(bars):
            yield bar, round((place - (len(bars) - 1) / 2) * (thick + 1), 1), round(thick, 1)

    def ends(self, bar: Bar) -> tuple[float, float]:
        """Return the top and the bottom of a bar with what stands on it."""
        y, cap = self.up(bar.value), 2 * self.cap + 3 if bar.disputed or bar.bound != "exact" else 0.0
        end = y - cap if bar.value >= 0 else y + cap
        return min(self.zero, end), max(self.zero, end)
