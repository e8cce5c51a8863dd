"""Limits for the text of a record. The time for its Markdown, and its HTML, can grow with the square of its length."""

from __future__ import annotations

from collections.abc import Iterator

from ..problems.problem import Mark, Problem

# The signs that are counted (all characters first) and their limits, which no record about one matter comes near.
_LIMITS = (
    ("", 100_000),
    ("\n", 3_000),
    ("[", 1_000),
    ("<", 1_000),
    ("`", 1_000),
    ("\\", 1_000),
    ("#", 1_000),
    ("*", 3_000),
)
_NAMES = {"": "字 / characters", "\n": "行 / lines"}
_CELLS, _CELLS_NAME = 20_000, "表格的格 / table cells"


def heaviness_problems(text: str, line: int, path: str) -> Iterator[Problem]:
    """Yield a problem for each limit that a text exceeds. ``line`` is the line of the file at which it starts."""
    for sign, limit in _LIMITS:
        count = text.count(sign) if sign else len(text)
        if count > limit:
            values = {"what": _NAMES.get(sign, sign), "count": str(count), "limit": str(limit)}
            yield Problem(path, Mark(line), "text.heavy", values=values)
    if (cells := _cells(text)) > _CELLS:
        values = {"what": _CELLS_NAME, "count": str(cells), "limit": str(_CELLS)}
        yield Problem(path, Mark(line), "text.heavy", values=values)


def _cells(text: str) -> int:
    """Return how many cells the tables of a text have at most. Markdown makes every row as long as the longest one."""
    cells = rows = columns = 0
    for line in [*text.split("\n"), ""]:
        if line.strip():
            rows, columns = rows + 1, max(columns, line.count("|"))
        else:
            cells += rows * columns
            rows = columns = 0
    return cells
