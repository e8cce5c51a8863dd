"""Rows of tables with tabs that a line break within a cell parts into two: Word copies such a cell on several lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..text.table_lines import tabbed_rows
from .body import without_code
from .passages import Passage

_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?[%％]?")
_FEWEST = 3  # columns: a row of two has no cell left when one breaks


class SplitRow(NamedTuple):
    """A row that is parted: the place ``[start, end)`` of both lines, and the row as one line."""

    start: int
    end: int
    joined: str


def split_rows(passage: Passage) -> Iterator[SplitRow]:
    """Yield the rows of a body's tables that a line break parts. It is certain by a column of numbers alone.

    The second line has a number in a column of words, and both lines together are a row like the others.
    """
    if "\t" not in passage.text:
        return
    lines, at = without_code(passage.text).split("\n"), 0
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    while at < len(lines):
        taken = tabbed_rows(lines, at)
        rows = [[cell.strip() for cell in line.rstrip(" \u3000").split("\t")] for line in lines[at : at + taken]]
        for first in _parted(rows):
            place = at + first
            end = starts[place + 1] + len(lines[place + 1].rstrip())
            yield SplitRow(starts[place], end, "\t".join(_joined(rows[first], rows[first + 1])))
        at += max(taken, 1)


def _parted(rows: Sequence[Sequence[str]]) -> Iterator[int]:
    """Yield the index of each row of a table that goes on in the next one."""
    width = len(rows[0]) if rows else 0
    full = [row for row in rows[1:] if len(row) == width]
    numbers = [column for column in range(width) if full and all(_NUMBER.fullmatch(row[column]) for row in full)]
    if width < _FEWEST or not numbers:
        return
    for at, (row, below) in enumerate(pairwise(rows)):
        whole = _joined(row, below)
        if at and len(row) < width and len(below) < width == len(whole):
            fits = all(_NUMBER.fullmatch(whole[column]) for column in numbers)
            misfit = any(_NUMBER.fullmatch(cell) for column, cell in enumerate(below) if column not in numbers)
            if fits and misfit:
                yield at


def _joined(row: Sequence[str], below: Sequence[str]) -> list[str]:
    return [*row[:-1], "、".join(filter(None, (row[-1].rstrip("、，,；;"), below[0]))), *below[1:]]
