"""Several fields in one line: of a record, or of a figure with nothing but blanks between them."""

from __future__ import annotations

import re

from ..problems.names import english_field
from ..problems.problem import Problem
from .draft import Draft
from .scalars import scalar

FIELD = re.compile(r"\s*(?P<key>[\w-]{1,20}) *[:：]\s*(?P<value>\S.*?)?\s*$")
LONGEST = 500  # signs in a line that a person would paste
_OF_RECORDS = frozenset(("title", "unit", "topics", "kind", "date", "summary", "source", "highlight", "lang", "order"))
_PROSE = frozenset(("summary", "source"))
_BEGINS = re.compile(r"(?P<key>[\w-]{1,20}) *(?P<colon>[:：])\s*")
_NEXT = re.compile(r"(?P<gap>[\s\u3000，,；;。、|｜/]+)(?P<key>[A-Za-z]{4,10}|[\u4e00-\u9fff]{2,4})\s*(?P<colon>[:：])")
_ITEM = re.compile(r" *- +(?=(?:名目|指标|label|indicator) *[:：])")
_PART = re.compile(r"[ \t\u3000]+(?=(?:数值|计量单位|单位|界限|说明|备注|value|unit|bound|note) *[:：])")


def split_fields(draft: Draft, at: int) -> None:
    """Put each of several fields of the record that stand in one line into its own line, and add a problem for all."""
    line = draft.lines[at]
    begins = _BEGINS.match(line)
    name = english_field(begins["key"], _OF_RECORDS) if begins else None
    if begins is None or name is None or name in _PROSE:
        return
    others = {english_field(found["key"], _OF_RECORDS) for other in draft.lines if (found := _BEGINS.match(other))}
    gaps: list[tuple[int, int]] = []
    for found in _NEXT.finditer(line, begins.end()):
        other = english_field(found["key"], _OF_RECORDS)
        if other is None or other in others:
            continue
        if name == "title" and found["colon"] == "：" and begins["colon"] == ":":
            continue  # it may be words of the title
        others.add(other)
        name = other
        gaps.append(found.span("gap"))
        if other in _PROSE:
            break
    if not gaps:
        return
    starts, ends = [0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(line)]
    pieces = [_BEGINS.sub(r"\g<key>: ", line[start:end], count=1) for start, end in zip(starts, ends, strict=True)]
    fix = draft.fix(at, 0, len(line), "\n".join(pieces), safe=True)
    values = {"lines": "\n".join(pieces)}
    draft.problems.append(Problem(draft.path, draft.place(at, 0), "field.row", "", line.strip(), values, fix))
    draft.split(at, gaps)
    for row in range(at, at + len(pieces)):
        if found := _BEGINS.match(draft.lines[row]):
            draft.read_as(row, found.end("key"), found.end(), ": ")


def brace_fields(draft: Draft, at: int) -> None:
    """Put braces around the fields of a figure that stand in one line with nothing but blanks between them."""
    line = draft.lines[at]
    if not (found := _ITEM.match(line)) or len(line) > LONGEST:
        return
    parts = [part.strip() for part in _PART.split(line[found.end() :])]
    fields = [FIELD.match(part) for part in parts]
    keys = [field["key"] for field in fields if field and field["value"]]
    if len(keys) < max(2, len(parts)) or len({*keys}) < len(keys) or any(re.search("[{}，,；;]", one) for one in parts):
        return
    written = ", ".join(f"{field['key']}: {scalar(field['value'])}" for field in fields if field)
    item = f"{{{written}}}"
    draft.mend(at, found.end(), len(line), item, "field.row", values={"suggestion": f"- {item}"})
