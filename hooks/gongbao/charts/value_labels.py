"""The words at the last value of a chart, the greatest and the least."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..text.display import number
from .plot import Plot
from .room import LINE, Box, clear_of, text_width, within


@dataclass(frozen=True, slots=True)
class Label:
    """The words of a value, where they stand, and the end of the bar that they belong to."""

    words: str
    box: Box
    beside: float
    end: float


def value_labels(plot: Plot, size: float, beyond: float) -> Iterator[Label]:
    """Yield the words of the last value, the greatest and the least, in this order, none upon another or a bar.

    They stand over the middle of their bar, or begin or end with it where that is nearer to its end.
    """
    taken, every = [], []
    for at, bars in plot.data.bars:
        share = (at + 0.5) / len(plot.data.axis)
        for bar, x, thick in plot.beside(bars):
            top, bottom = plot.ends(bar)
            taken.append(Box(share, x, max(thick, 2 * plot.cap) + 2, top, bottom))
            if bar.target is not None:
                target = plot.up(bar.target)
                taken.append(Box(share, x, thick + 8, target - 2, target + 2))
            every.append((bar, share, x, thick, top, bottom))
    greatest, least = (choose(every, key=lambda one: one[0].value) for choose in (max, min))
    told: set[Decimal] = set()
    for bar, share, x, thick, top, bottom in dict.fromkeys((every[-1], greatest, least)):
        if bar.value in told:
            continue
        told.add(bar.value)
        words = f"{number(bar.value)}？" if bar.disputed else number(bar.value)
        width = text_width(words, size)
        down = bar.value < 0
        end = bottom if down else top
        near = end + 4 if down else end - LINE - 3
        shifts = (within(share, width, beyond, x + aside * ((width - thick) / 2 + 3)) for aside in (0, 1, -1))
        places = [clear_of(Box(share, shift, width + 4, near, near + LINE), taken, down=down) for shift in shifts]
        box = min(places, key=lambda place: abs(place.top - near))
        taken.append(box)
        yield Label(words, box, x, end)
