"""Rows of tables that a line break within a cell parts: Word copies such a cell on several lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..text.table_lines import tabbed_rows
from .body import without_code
from .passages import Passage

_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?[%％]?")
_FEWEST = 3  # columns: a row of two has no cell left when one breaks
_MOST = 4  # lines of one row
_WORDS = re.compile(r"[^\t|。；;：:]{1,12}")  # a line of a cell that has neither the first nor the last word


class SplitRow(NamedTuple):
    """A row that is parted: the place ``[start, end)`` of its lines, and the row as one line."""

    start: int
    end: int
    joined: str


def split_rows(passage: Passage) -> Iterator[SplitRow]:
    """Yield the rows of a body's tables with tabs that a line break parts. It is certain by a column of numbers alone.

    The last line has a number in a column of words, and all lines together are a row like the others.
    """
    if "\t" not in passage.text:
        return
    lines, at = without_code(passage.text).split("\n"), 0
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    while at < len(lines):
        taken = _table(lines, at)
        rows = [[cell.strip() for cell in line.rstrip(" \u3000").split("\t")] for line in lines[at : at + taken]]
        for first, last in _parted(rows):
            end = starts[at + last] + len(lines[at + last].rstrip())
            yield SplitRow(starts[at + first], end, "\t".join(_whole(rows[first : last + 1])))
        at += max(taken, 1)


def _table(lines: Sequence[str], at: int) -> int:
    """Return how many lines from ``at`` on are a table's, with lines of a word or two between its rows."""
    taken = tabbed_rows(lines, at)
    while taken and (more := next((more for more in range(1, _MOST - 1) if _goes_on(lines, at + taken, more)), 0)):
        taken += more + max(tabbed_rows(lines, at + taken + more), 1)
    return taken


def _goes_on(lines: Sequence[str], at: int, words: int) -> bool:
    """Whether some lines of words stand before a line with tabs."""
    between = lines[at : at + words]
    below = lines[at + words] if at + words < len(lines) else ""
    return "\t" in below.strip() and all(_WORDS.fullmatch(line.strip()) for line in between)


def _parted(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last line of each row that stands on several."""
    width = len(rows[0]) if rows else 0
    full = [row for row in rows[1:] if len(row) == width]
    numbers = [column for column in range(width) if full and all(_NUMBER.fullmatch(row[column]) for row in full)]
    if width < _FEWEST or not numbers:
        return
    at = 1
    while at < len(rows):
        lasts = range(at + 1, min(at + _MOST, len(rows)))
        last = next((last for last in lasts if _is_row(rows[at : last + 1], width, numbers)), at)
        if last > at:
            yield at, last
        at = last + 1


def _is_row(parts: Sequence[Sequence[str]], width: int, numbers: Sequence[int]) -> bool:
    """Whether lines, each of which has too few cells, are one row with its numbers where the others have theirs."""
    whole = _whole(parts)
    if len(whole) != width or any(len(part) >= width for part in parts):
        return False
    misfit = any(_NUMBER.fullmatch(cell) for column, cell in enumerate(parts[-1]) if column not in numbers)
    return misfit and all(_NUMBER.fullmatch(whole[column]) for column in numbers)


def _whole(parts: Sequence[Sequence[str]]) -> list[str]:
    """Return the cells of a row on several lines: the first cell of each goes on with the last one above."""
    cells = [""]
    for part in parts:
        above = cells[-1].rstrip("、，,；;")
        cells[-1:] = ["、".join(filter(None, (above, part[0]))), *part[1:]]
    return cells
