"""Where the words of a chart stand: over or under their bar, upon nothing else, at whatever width the page has.

Across, a place is a share of the chart's width and a shift in pixels; so the words keep their size while the chart
becomes wider. Down, it is in pixels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

NARROW, WIDE = 216, 1200  # the width between a chart's edges: on a phone of 320 pixels, and more than anybody's
LINE = 15  # the height of a line of words
_GAP = 3
_WORD = re.compile(r"[!-~]+ *|.")


@dataclass(frozen=True, slots=True)
class Box:
    """What something takes up: ``width`` pixels around a share of the chart's width and a shift, from top to bottom."""

    share: float
    shift: float
    width: float
    top: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether two boxes lie one upon the other at any width from `NARROW` to `WIDE`."""
        if self.bottom <= other.top or other.bottom <= self.top:
            return False
        apart = [(self.share - other.share) * width + self.shift - other.shift for width in (NARROW, WIDE)]
        room = (self.width + other.width) / 2
        return min(apart) < room and max(apart) > -room


def text_width(text: str, size: float) -> float:
    """Return at most how wide a text is in any common font, in the measure of ``size``."""
    return size * sum(1 if sign > "⺀" else 0.4 if sign in ",. '" else 0.66 for sign in text)


def wrapped(text: str, size: float, width: float) -> Iterator[str]:
    """Yield the lines of a text that are at most so wide; a word is not broken."""
    line = ""
    for word in _WORD.findall(text):
        if line and text_width(line + word.rstrip(), size) > width:
            yield line.rstrip()
            line = ""
        line += word
    if line:
        yield line.rstrip()


def within(share: float, width: float, beyond: float, shift: float = 0) -> float:
    """Return the shift nearest to another that keeps words within the chart, or ``beyond`` to the right of it."""
    middle = share * NARROW
    return max(width / 2, min(middle + shift, NARROW + beyond - width / 2)) - middle


def clear_of(label: Box, taken: Sequence[Box], *, down: bool) -> Box:
    """Move a label up, or down, until it lies upon nothing that is taken."""
    while blocking := [one for one in taken if label.meets(one)]:
        height = label.bottom - label.top
        if down:
            top = max(one.bottom for one in blocking) + _GAP
            label = replace(label, top=top, bottom=top + height)
        else:
            bottom = min(one.top for one in blocking) - _GAP
            label = replace(label, top=bottom - height, bottom=bottom)
    return label


def titles_from_last(titles: Iterable[str], size: float, beyond: float) -> dict[int, float]:
    """Return the shifts of the titles below the axis that have room, by place: the last, and those before it."""
    every = [*titles]
    kept: dict[int, float] = {}
    free = float(NARROW + beyond)
    for at in reversed(range(len(every))):
        width = text_width(every[at], size) + 2 * _GAP
        share = (at + 0.5) / len(every)
        shift = within(share, width, beyond)
        middle = share * NARROW + shift
        if every[at] and middle + width / 2 <= free + 0.01:
            kept[at] = shift
            free = middle - width / 2
    return kept
