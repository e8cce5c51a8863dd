"""Limits for the text of a record. The time for its Markdown, and its HTML, can grow with the square of its length."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..checks.body import without_code
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
_LEVELS = 40  # of tags, of quotations and of lists; Word's document takes three calls for each level of all three
# Tags that hold nothing, or that the next one of their kind closes.
_NO_LEVELS = {
    *("a", "br", "hr", "img", "input", "meta", "link", "col", "wbr", "source", "track", "embed", "option", "rt", "rp"),
    *("p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot"),
}
_TAG = re.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_QUOTED = re.compile("^[ >]*>", re.MULTILINE)
_DEEP_ITEM = re.compile(rf"^[ \t]{{{2 * _LEVELS},}}(?:[-*+]|\d+[.)])[ \t]", re.MULTILINE)
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
    if (deep := _too_deep(text)) is not None:
        yield Problem(path, Mark(line + text.count("\n", 0, deep)), "text.nested")


def _too_deep(text: str) -> int | None:
    """Return where tags, quotations or lists stand within more of them than any output is made for, or None."""
    for found in _QUOTED.finditer(text) if text.count(">") > _LEVELS else ():
        if found[0].count(">") > _LEVELS:
            return found.start()
    if item := _DEEP_ITEM.search(text):
        return item.start()
    level = 0
    for tag in _TAG.finditer(without_code(text)) if text.count("<") > _LEVELS else ():
        if tag[2].lower() not in _NO_LEVELS:
            level = max(0, level - 1) if tag[1] else level + 1
            if level > _LEVELS:
                return tag.start()
    return None


def _cells(text: str) -> int:
    """Return how many cells the tables of a text have at most. Markdown makes every row as long as the longest one."""
    cells = rows = columns = 0
    for line in [*text.split("\n"), ""] if "|" in text else ():
        if line.strip():
            rows, columns = rows + 1, max(columns, line.count("|"))
        else:
            cells += rows * columns
            rows = columns = 0
    return cells
