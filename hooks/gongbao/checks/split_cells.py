"""Rows of tables that a line break within a cell parts: Word and Excel copy such a cell on several lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..text.table_lines import cells, tabbed_rows
from .body import without_code
from .passages import Passage

_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?[%％]?")
_FEWEST = 3  # columns: a row of two has no cell left when one breaks
_MOST = 4  # lines of one row
_WORDS = re.compile(r"[^\t|。；;：:]{1,20}")  # a line of a cell that has neither the first nor the last word
_GOES_ON, _CLOSES = tuple("、，,；;（("), tuple("、，；）)")  # at a line's end, or at the next one's start
_OF_ITS_OWN = re.compile(r"[一二三四五六七八九十\d]+[、.．)）]|[（(【]|.*(?:计|注|备注|说明|如下)$")


class SplitRow(NamedTuple):
    """A row that is parted: the place ``[start, end)`` of its lines, and the row as one line.

    It is ``sure`` if the signs at the breaks say by themselves that the cell goes on.
    """

    start: int
    end: int
    joined: str
    sure: bool


def split_rows(passage: Passage) -> Iterator[SplitRow]:
    """Yield the rows of a body's tables that a line break parts."""
    if "\t" in passage.text:
        yield from _with_tabs(passage)
    if "|" in passage.text:
        yield from _with_pipes(passage)


def _with_pipes(passage: Passage) -> Iterator[SplitRow]:
    """Yield the rows with pipes that end on a later line: the first begins with a pipe, and the last ends with one."""
    start, first, width = 0, 0, 0
    parts: list[str] = []
    for line in without_code(passage.text).split("\n"):
        bare = line.strip()
        if bare.startswith("|"):
            whole = bare.endswith("|") and len(bare) > 1
            first, width, parts = (start, cells(bare), []) if whole else (start, width, [bare])
        elif parts and bare and len(parts) < _MOST:
            parts.append(bare)
            joined = _run_on(parts)
            if bare.endswith("|") and cells(joined) == width:
                yield SplitRow(first, start + len(line.rstrip()), joined, _is_sure(parts))
            parts = [] if "|" in bare else parts
        else:
            parts = []
        start += len(line) + 1


def _with_tabs(passage: Passage) -> Iterator[SplitRow]:
    """Yield the rows with tabs between their cells that stand on several lines."""
    lines, at = without_code(passage.text).split("\n"), 0
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    while at < len(lines):
        taken = _table(lines, at)
        rows = [[cell.strip() for cell in line.rstrip(" \u3000").split("\t")] for line in lines[at : at + taken]]
        for first, last in _parted(rows):
            parts = rows[first : last + 1]
            end = starts[at + last] + len(lines[at + last].rstrip())
            whole = "\t".join(cell.strip('"') if cell.count('"') == len('""') else cell for cell in _whole(parts))
            yield SplitRow(starts[at + first], end, whole, _is_sure(["\t".join(part) for part in parts]))
        at += max(taken, 1)


def _table(lines: Sequence[str], at: int) -> int:
    """Return how many lines from ``at`` on are a table's, with lines of a word or two between its rows."""
    taken = tabbed_rows(lines, at)
    while taken and (more := next((more for more in range(1, _MOST - 1) if _goes_on(lines, at + taken, more)), 0)):
        taken += more + max(tabbed_rows(lines, at + taken + more), 1)
    last = lines[at + taken] if taken and at + taken < len(lines) else ""
    return taken + (lines[at + taken - 1].endswith(_GOES_ON) and _WORDS.fullmatch(last.strip()) is not None)


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
    at = 1
    while width >= _FEWEST and at < len(rows):
        lasts = range(at + 1, min(at + _MOST, len(rows)))
        last = next((last for last in lasts if _is_row(rows[at : last + 1], width, numbers)), at)
        last = last if last > at else at + _lines_of_last_cell(rows, at, width, numbers)
        if last > at:
            yield at, last
        at = last + 1


def _is_row(parts: Sequence[Sequence[str]], width: int, numbers: Sequence[int]) -> bool:
    """Whether lines, each of which has too few cells, are one row with its numbers where the others have theirs.

    Excel's quotation marks around a cell of several lines are enough.
    """
    whole = _whole(parts)
    if len(whole) != width or any(len(part) >= width for part in parts[1:]):
        return False
    if parts[0][-1].startswith('"') and parts[-1][0].endswith('"'):
        return True
    misfit = any(_NUMBER.fullmatch(cell) for column, cell in enumerate(parts[-1]) if column not in numbers)
    fits = bool(numbers) and all(_NUMBER.fullmatch(whole[column]) for column in numbers)
    return misfit and fits and len(parts[0]) < width


def _lines_of_last_cell(rows: Sequence[Sequence[str]], at: int, width: int, numbers: Sequence[int]) -> int:
    """Return how many lines below a whole row go on with its last cell, which has words. A row may be one cell wide."""
    if len(rows[at]) != width or width - 1 in numbers or _NUMBER.fullmatch(rows[at][-1]):
        return 0
    more = next((more for more, row in enumerate(rows[at + 1 :]) if len(row) > 1), len(rows) - at - 1)
    words = [row[0] for row in rows[at + 1 : at + 1 + more]]
    return more if more < _MOST and not any(map(_OF_ITS_OWN.match, words)) else 0


def _is_sure(parts: Sequence[str]) -> bool:
    """Whether a sign at each break says that the cell goes on."""
    quoted = parts[0].count('"') == parts[-1].count('"') == 1
    return quoted or all(above.endswith(_GOES_ON) or below.startswith(_CLOSES) for above, below in pairwise(parts))


def _run_on(parts: Sequence[str]) -> str:
    """Return the lines of a cell as one text, with 、 where no sign stands between two of them."""
    text = ""
    for part in filter(None, parts):
        joint = "" if not text or text.endswith(_GOES_ON) or part.startswith(_CLOSES) else "、"
        text = f"{text}{joint}{part}"
    return text


def _whole(parts: Sequence[Sequence[str]]) -> list[str]:
    """Return the cells of a row on several lines: the first cell of each goes on with the last one above."""
    whole = [""]
    for part in parts:
        whole[-1:] = [_run_on([whole[-1], part[0]]), *part[1:]]
    return whole
