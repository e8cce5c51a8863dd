"""Rows below ``数据:`` and ``计划事项:`` that are no items yet.

Rows are pasted from a table, or are fields of figures without hyphens, or sentences that promise something.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..problems.names import EVERY_FIELD, english_field
from ..problems.problem import Fix, Problem
from .draft import Draft
from .fields_in_line import FIELD, LONGEST
from .loose_figures import braced, figure_item, figures_told
from .loose_numbers import read_loosely
from .measures import is_known_unit
from .periods import parse_period
from .promise_rows import promises_told, without_numbering
from .scalars import scalar

_FIGURES = re.compile(r"(?P<key>数据|figures) *[:：]\s*$", re.IGNORECASE)
_COMMITMENTS = re.compile(r"(?P<key>计划事项|承诺|commitments) *[:：]\s*$", re.IGNORECASE)
_NAMED = re.compile(r"\s*(?P<label>[^\s:：|]{1,20}) *[:：]\s*(?P<number>[^\s:：|]+)\s*")  # 慰问品：40份
_CELLS = (
    re.compile(r"[ \u3000]*\t[ \u3000]*"),
    re.compile(r"\s*[|｜]\s*"),
    re.compile(r"[ \u3000]{2,}"),
    re.compile(r"\s*，\s*|[ \u3000]+"),
)
_COLUMNS = {
    "number": "序号|编号|号",
    "label": "项目|名目|名称|指标|内容|事项|类别|品名",
    "value": "数值?|数量|数额|金额|合计",
    "unit": "单位|计量单位",
    "note": "备注|说明|其中",
}
_HEADING = re.compile("|".join(_COLUMNS.values()))
_MOST_CELLS, _YEAR = 6, 4  # of a year, the digits
_OF_FIGURES = frozenset(
    ("indicator", "label", "value", "unit", "bound", "printed", "target", "completion", "percent", "previous")
) | {"change", "rank", "as_of", "instalment", "headline", "doubt", "note"}
_MOST = 300  # rows that a person would paste


def mend_rows(draft: Draft) -> None:
    """Make items of the rows below ``数据:``, and add a problem for all of them."""
    for at, line in enumerate(draft.lines):
        promises = _COMMITMENTS.match(line)
        if not promises and not _FIGURES.match(line):
            continue
        rows = _rows_below(draft.lines, at + 1)
        chinese = not line.isascii()
        items = (
            promises_told(rows, parse_period("-".join(draft.path.split("/")[1:3])), chinese=chinese)
            if promises
            else _of_fields(rows) or _of_cells(rows, chinese=chinese)
        )
        if not items:
            continue
        lines = [line for item in items for line in item]
        first, last = at + 1, at + len(rows)
        start, end = draft.place(first, 0), draft.place(last, len(draft.lines[last]))
        fix = Fix(start, end, "\n".join(lines), safe=not promises)  # the due times are guessed
        values = {"lines": "\n".join(lines)}
        rule, field = ("commitment.rows", "commitments") if promises else ("figure.rows", "figures")
        draft.problems.append(Problem(draft.path, start, rule, field, rows[0].strip(), values, fix))
        below = [*lines, *[""] * (len(rows) - len(lines))]
        for row, text in zip(range(first, last + 1), below, strict=True):
            draft.read_as(row, 0, len(draft.lines[row]), text)


def _rows_below(lines: Sequence[str], start: int) -> list[str]:
    """Return the lines up to the next field of the record, or nothing if one of them is an item already."""
    end = start
    while end < len(lines) and end - start < _MOST and lines[end].strip() and len(lines[end]) <= LONGEST:
        field = FIELD.match(lines[end])
        if field and not lines[end].startswith(" ") and field["key"] != "计量单位":
            name = english_field(field["key"], EVERY_FIELD)
            if name not in _OF_FIGURES or field["key"] in ("单位", "unit"):
                break
        if re.match(r"\s*[-#{\[－–—•·●｛]", lines[end]):
            return []
        end += 1
    return list(lines[start:end])


def _of_fields(rows: Sequence[str]) -> list[list[str]]:
    """Return the lines of the items that fields without hyphens make: each begins with the first row's field.

    A single one is no list, and its place is told elsewhere.
    """
    found = [FIELD.match(row) for row in rows]
    fields = [(field["key"], field["value"]) for field in found if field and field["value"]]
    if len(fields) < len(rows) or not fields or sum(key == fields[0][0] for key, _ in fields) < 2:
        return []
    items: list[list[str]] = []
    seen: set[str] = set()
    for key, value in fields:
        if english_field(key, _OF_FIGURES) is None or (key in seen and key != fields[0][0]):
            return []
        if key == fields[0][0]:
            items.append([])
            seen = set()
        items[-1].append(f"    {key}: {value}" if items[-1] else f"  - {key}: {value}")
        seen.add(key)
    return items


def _of_cells(rows: Sequence[str], *, chinese: bool) -> list[list[str]]:
    """Return the lines of the items that rows of a table make, or nothing if one of them is not certain."""
    items: list[list[str]] = []
    columns: Sequence[str] = ()
    for row in rows:
        named = _NAMED.fullmatch(row)
        if (named and english_field(named["label"], EVERY_FIELD)) or (
            not named and re.search("[:：]", row) and not re.search("[\t|｜]", row)
        ):
            return []
        bare = row.strip(" \u3000\r").strip("|｜").rstrip()
        split = next((cells for cells in _CELLS if cells.search(bare)), None)
        cells = [cell.strip() for cell in split.split(bare)] if split else [bare]
        cells = [named["label"], named["number"]] if named else cells
        if not bare.strip("-:| ") or (not columns and all(_HEADING.fullmatch(cell) for cell in cells)):
            columns = columns or [_column_of(cell) for cell in cells if bare.strip("-:| ")]
            continue
        sorted_cells = _in_order(cells, columns)
        made = _item(sorted_cells, chinese=chinese) if sorted_cells else []
        if not made:
            return []
        items += [[f"  - {item}"] for item in made]
    return items if len(items) <= len(rows) else []


def _column_of(heading: str) -> str:
    """Return what the cells below a heading are: the number of a row, a label, a value, a unit or a note."""
    return next(column for column, words in _COLUMNS.items() if re.fullmatch(words, heading))


def _in_order(cells: Sequence[str], columns: Sequence[str]) -> list[str]:
    """Return a row's label, value, unit and notes, or nothing if it is not certain which cell is which.

    ``columns`` are those of the table's heading, if it has one. A row may begin with its own number.
    """
    cells = list(cells)
    if len(columns) > 1 and len(cells) <= len(columns):
        cells += [""] * (len(columns) - len(cells))
        by_column = {name: [cell for cell, of in zip(cells, columns, strict=True) if of == name] for name in _COLUMNS}
        if len(by_column["label"]) != 1 or len(by_column["value"]) != 1 or len(by_column["unit"]) > 1:
            return []
        return [*by_column["label"], *by_column["value"], *(by_column["unit"] or [""]), *by_column["note"]]
    while cells and not cells[0]:
        cells.pop(0)
    if len(cells) > 2 and re.fullmatch(r"\d{1,4}[.、．]?", cells[0]) and not cells[1][:1].isdigit():
        is_year = len(cells[0].strip(".、．")) == _YEAR
        return [f"{cells[0]} {cells[1]}", *cells[2:]] if is_year else cells[1:]
    return [without_numbering(cells[0]), *cells[1:]] if cells else []


def _item(cells: Sequence[str], *, chinese: bool) -> list[str]:
    """Return the item of a row's label, value, unit and notes, which are all in it, or nothing if it is not certain."""
    if len(cells) == 1:
        told = figures_told(cells[0], chinese=chinese)
        return told if len(told) == 1 else []
    loose = read_loosely(cells[1])
    if loose is None or not cells[0] or len(cells) > _MOST_CELLS:
        return []
    unit, *notes = cells[2:] or [""]
    if unit and (loose.unit or not is_known_unit(unit)):
        notes = [*([] if unit in (loose.unit, loose.measure) else [unit]), *notes]
        unit = ""
    item = figure_item(cells[0], cells[1], unit, chinese=chinese)
    among = [told for note in notes if (told := _among(note, chinese=chinese))][:1]
    remarks = [note for note in notes if note and _among(note, chinese=chinese) not in among]
    fields = {"among": f"[{', '.join(among[0])}]"} if among else {}
    if remarks:
        fields["note"] = scalar("；".join(remarks))
    more = braced(fields, chinese=chinese)[1:-1]
    return [f"{item[:-1]}, {more}}}" if more else item] if item else []


def _among(note: str, *, chinese: bool) -> list[str]:
    """Return the items of a note that tells what is among a number (其中镇补助0.4万元), or nothing."""
    found = re.match("其中(?:包括|有)?[:：]?", note)
    return figures_told(note[found.end() :], chinese=chinese) if found else []
