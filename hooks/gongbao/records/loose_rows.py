"""Lines that are several, or no items yet: fields of a record in one line, and rows below ``数据:``.

Rows are pasted from a table, or are fields of figures without hyphens.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..problems.names import EVERY_FIELD, english_field
from ..problems.problem import Fix, Problem
from .draft import Draft
from .loose_figures import braced, figure_item, figures_told
from .loose_numbers import read_loosely
from .measures import is_known_unit
from .periods import Period, parse_period
from .scalars import scalar
from .time_guesses import due_told, near_due

_FIGURES = re.compile(r"(?P<key>数据|figures) *[:：]\s*$", re.IGNORECASE)
_OF_TEXTS, _OF_TIMES = re.compile("事项|内容|任务|工作|项目"), re.compile("时间|时限|期限|日期|进度")
_COMMITMENTS = re.compile(r"(?P<key>计划事项|承诺|commitments) *[:：]\s*$", re.IGNORECASE)
_NUMBERING = re.compile(
    r"(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、．)）]|[①-⑳])\s*"
)
_FIELD = re.compile(r"\s*(?P<key>[\w-]{1,20}) *[:：]\s*(?P<value>\S.*?)?\s*$")
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
_NUMBERED = re.compile(r"(?![\d.．]*\d\s*[.．]\d)")  # 1.5万元 has no number of its own
_MOST_CELLS, _YEAR = 6, 4  # of a year, the digits
_OF_FIGURES = frozenset(
    ("indicator", "label", "value", "unit", "bound", "printed", "target", "completion", "percent", "previous")
) | {"change", "rank", "as_of", "instalment", "headline", "doubt", "note"}
_OF_RECORDS = frozenset(("title", "unit", "topics", "kind", "date", "summary", "source", "highlight", "lang", "order"))
_PROSE = frozenset(("summary", "source"))
_BEGINS = re.compile(r"(?P<key>[\w-]{1,20}) *(?P<colon>[:：])\s*")
_NEXT = re.compile(r"(?P<gap>[\s\u3000，,；;。、|｜/]+)(?P<key>[A-Za-z]{4,10}|[\u4e00-\u9fff]{2,4})\s*(?P<colon>[:：])")
_ITEM = re.compile(r" *- +(?=(?:名目|指标|label|indicator) *[:：])")
_PART = re.compile(r"[ \t\u3000]+(?=(?:数值|计量单位|单位|界限|说明|备注|value|unit|bound|note) *[:：])")
_LONGEST, _MOST = 500, 300  # signs in a row, and rows, that a person would paste


def mend_rows(draft: Draft) -> None:
    """Make items of the rows below ``数据:``, and add a problem for all of them."""
    for at, line in enumerate(draft.lines):
        promises = _COMMITMENTS.match(line)
        if not promises and not _FIGURES.match(line):
            continue
        rows = _rows_below(draft.lines, at + 1)
        chinese = not line.isascii()
        items = (
            _of_sentences(rows, draft, chinese=chinese)
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
    while end < len(lines) and end - start < _MOST and lines[end].strip() and len(lines[end]) <= _LONGEST:
        field = _FIELD.match(lines[end])
        if field and not lines[end].startswith(" ") and field["key"] != "计量单位":
            name = english_field(field["key"], EVERY_FIELD)
            if name not in _OF_FIGURES or field["key"] in ("单位", "unit"):
                break
        if re.match(r"\s*[-#{\[－–—•·●｛]", lines[end]):
            return []
        end += 1
    return list(lines[start:end])


def _of_sentences(rows: Sequence[str], draft: Draft, *, chinese: bool) -> list[list[str]]:
    """Return the lines of the items that sentences make, each a promise; nothing if one of the rows is a field."""
    if len(rows) < 2 or any((field := _FIELD.match(row)) and english_field(field["key"], EVERY_FIELD) for row in rows):
        return []
    period = parse_period("-".join(draft.path.split("/")[1:3]))
    if any("\t" in row for row in rows):
        return _of_table(rows, period, chinese=chinese)
    items = []
    for number, row in enumerate(rows, 1):
        text = _NUMBERING.sub("", row.strip(), count=1).strip(" 。；;，,")
        due = due_told(text, period)
        if not text or not due:
            return []
        items.append(["  - " + braced({"id": f"a{number}", "text": scalar(text), "due": due}, chinese=chinese)])
    return items


def _of_table(rows: Sequence[str], period: Period | None, *, chinese: bool) -> list[list[str]]:
    """Return the lines of the items that rows of a table make, whose head names the columns of texts and of times."""
    head, *below = ([cell.strip() for cell in row.strip("\n").split("\t")] for row in rows)
    text_at = next((at for at, cell in enumerate(head) if _OF_TEXTS.search(cell)), None)
    time_at = next((at for at, cell in enumerate(head) if _OF_TIMES.search(cell)), None)
    if text_at is None or any(len(cells) <= text_at for cells in below):
        return []
    items = []
    for number, cells in enumerate(below, 1):
        time = cells[time_at] if time_at is not None and time_at < len(cells) else ""
        half = period.next_half if period else None
        due = near_due(time, half or period) or due_told(cells[text_at], period)
        parts = {"id": f"a{number}", "text": scalar(cells[text_at]), "due": due}
        if not all(parts.values()):
            return []
        items.append(["  - " + braced(parts, chinese=chinese)])
    return items


def _of_fields(rows: Sequence[str]) -> list[list[str]]:
    """Return the lines of the items that fields without hyphens make: each begins with the first row's field.

    A single one is no list, and its place is told elsewhere.
    """
    found = [_FIELD.match(row) for row in rows]
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
    if cells and _NUMBERED.match(cells[0]):
        cells[0] = _NUMBERING.sub("", cells[0], count=1)
    return cells


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
    if not (found := _ITEM.match(line)) or len(line) > _LONGEST:
        return
    parts = [part.strip() for part in _PART.split(line[found.end() :])]
    fields = [_FIELD.match(part) for part in parts]
    keys = [field["key"] for field in fields if field and field["value"]]
    if len(keys) < max(2, len(parts)) or len({*keys}) < len(keys) or any(re.search("[{}，,；;]", one) for one in parts):
        return
    written = ", ".join(f"{field['key']}: {scalar(field['value'])}" for field in fields if field)
    item = f"{{{written}}}"
    draft.mend(at, found.end(), len(line), item, "field.row", values={"suggestion": f"- {item}"})
