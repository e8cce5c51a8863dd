"""Fields of one item that stand apart: each with a hyphen of its own, or several items without any hyphen."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator, Sequence

from ..problems.names import english_field
from ..problems.problem import Fix, Problem
from .draft import Draft

_LIST = re.compile(r"(?P<key>[\w-]{1,20}) *[:：]\s*$")
_FIELD = re.compile(
    r"(?P<indent>[ \t\u3000]*)(?P<hyphen>[-－] *)?(?P<key>[\w-]{1,20}) *[:：][ \u3000]*(?P<value>[^\s{\[|>].*)"
)
_OF_FIGURES = (
    "indicator label value unit bound printed target completion percent previous change rank as_of for instalment"
)
_PARTS = {
    "figures": frozenset((*_OF_FIGURES.split(), "headline", "doubt", "note")),
    "commitments": frozenset(("id", "text", "due", "topic")),
    "outcomes": frozenset(("commitment", "status", "value", "unit", "due", "note")),
}
_NAMES = frozenset(("indicator", "label"))  # a figure has one of them
_MOST = 300  # lines that a person would type


def join_parted(draft: Draft) -> None:
    """Make items of fields that stand apart, and add a problem for each list."""
    for at, line in enumerate(draft.lines):
        found = _LIST.match(line)
        part = english_field(found["key"], _PARTS) if found else None
        rows = [*_rows(draft.lines, at + 1)] if part else []
        if not part or not (lines := _items(rows, _PARTS[part])):
            continue
        first, last = at + 1, at + len(rows)
        start, end = draft.place(first, 0), draft.place(last, len(draft.lines[last]))
        fix = Fix(start, end, "\n".join(lines), safe=True)
        values = {"lines": "\n".join(lines)}
        draft.problems.append(Problem(draft.path, start, "item.parted", part, rows[0][0].strip(), values, fix))
        for number, (row, text) in enumerate(zip(rows, lines, strict=True), first):
            draft.read_as(number, 0, row.start("key"), text[: text.index(row["key"])])


def _rows(lines: Sequence[str], start: int) -> Iterator[re.Match[str]]:
    """Yield the lines below a list's name that are fields; none if anything else of the list follows them."""
    found = []
    for line in lines[start : start + _MOST]:
        row = _FIELD.fullmatch(line)
        if row is None or not (row["indent"] or row["hyphen"]):
            if line[:1] in tuple(" \t\u3000-－"):
                return
            break
        found.append(row)
    yield from found


def _items(rows: Sequence[re.Match[str]], fields: frozenset[str]) -> list[str]:
    """Return the lines of the items that rows make, each of which begins with the first row's field, or with a name.

    It is nothing for rows that are items as they stand: some with hyphens, or a single item without one.
    """
    names = [english_field(row["key"], fields) for row in rows]
    if not rows or not all(names):
        return []
    hyphens = [row["hyphen"] is not None for row in rows]
    first = _NAMES if names[0] in _NAMES else {names[0]}
    begun = [name in first for name in names]
    apart = all(hyphens) and len(set(names)) > 1
    bare = not any(hyphens) and sum(begun) > 1 and not any(map(operator.and_, begun, begun[1:]))
    torn = all(hyphen or not begins for hyphen, begins in zip(hyphens, begun, strict=True)) and any(
        hyphen and not begins for hyphen, begins in zip(hyphens, begun, strict=True)
    )
    if not (apart or bare or torn):
        return []
    lines: list[str] = []
    seen: set[str | None] = set()
    for name, begins, row in zip(names, begun, rows, strict=True):
        if name in seen and not begins:
            return []
        seen = {name} if begins else {*seen, name}
        lines.append(("  - " if begins else "    ") + row[0][row.start("key") :].rstrip())
    return lines
