"""Signs of a Chinese input method, and of Word, in places where YAML has signs of its own.

Only places are mended where the sign can be nothing but a slip: after the name of a field, between two fields in
braces, at the beginning of a line. Every other sign belongs to the writer's text.
"""

from __future__ import annotations

import re

from ..problems.names import FIELDS
from .draft import Draft
from .outline import Outline

_GAP = "[ \t\u3000\u00a0]*"
_NAMES = "|".join(sorted({*FIELDS, *(name for names in FIELDS.values() for name in names)}, key=len, reverse=True))
_KNOWN = rf"(?:{_NAMES})"
_COLON = rf"(?:{_GAP}[：﹕∶]{_GAP}|{_GAP}:[\u3000\u00a0]{_GAP}|:(?=[^\s/])|[ \u3000\u00a0]+:(?=\S))"
_FIELD = re.compile(rf"(?P<lead> *(?:- +)*)(?P<key>[\w-]{{1,20}})(?P<colon>{_COLON})", re.IGNORECASE)
_KNOWN_FIELD = re.compile(rf"(?P<key>{_KNOWN})(?P<colon>{_COLON})", re.IGNORECASE)
_ANY_FIELD = re.compile(rf"{_GAP}{_KNOWN}{_GAP}[:：﹕∶]", re.IGNORECASE)
_NEXT_FIELD = re.compile(rf"{_GAP}[，,、；;]{_GAP}(?P<key>{_KNOWN}){_GAP}[:：﹕∶]{_GAP}", re.IGNORECASE)
_NO_PROSE = (
    *("数值", "值", "计量单位", "界限", "约数", "占比", "百分比", "名次", "指标", "名目", "分项", "基数", "对应计划"),
    *("状态", "期限", "编号", "规则", "字段", "代号", "网址", "原作", "应为"),
)
_PROSE = {name for names in FIELDS.values() for name in names} - {*_NO_PROSE}
_ODD_INDENT = re.compile(r" *[\t\u3000\u00a0][ \t\u3000\u00a0]*")
_WIDTHS = {"\t": 2, "\u3000": 2}  # how many spaces a writer meant; one for any other sign
_ROW = re.compile(rf"(?P<lead> *(?:- +)+){_KNOWN}: ", re.IGNORECASE)
_MARK = re.compile(rf" *(?P<mark>-[\u3000\u00a0]{_GAP}|-(?=[^\s-])|[－–—•·●]{_GAP})")
_VALUE = re.compile(
    rf" *(?:- +)*(?:[\w-]+ *: +)?(?=[{{｛［\[]|【[{{｛]|[（(]{_GAP}{_KNOWN}{_GAP}[:：﹕∶])", re.IGNORECASE
)
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")
_OPENS = {"｝": "｛", "］": "［", "】": "【"}
_AFTER_CLOSE = re.compile(r"\s*(?:$|[,，、\]}］｝])")
_LONGEST = 2000  # signs in a line that a person would type
_SUSPECT = re.compile(
    rf"^ *[\t\u3000\u00a0]|^ *[－–—•·●]|^ *-[^ \n-]|[，,、；;]{_GAP}{_KNOWN}{_GAP}[:：]"
    rf"|^ *(?:[-－–—•·●] *)?[\w-]{{1,20}}{_COLON}|^[^\n]{{0,80}}[{{｛［]",
    re.MULTILINE,
)


def mend_structure(draft: Draft) -> None:
    """Mend the signs that stand for YAML's own, and add a problem for each."""
    if not _SUSPECT.search(draft.text):
        return
    outline = Outline()
    for at in draft.structure():
        if not outline.depth and not outline.continues(draft.lines[at]):
            _mend_indent(draft, at, outline)
            _mend_mark(draft, at, outline)
            wide = _mend_field(draft, at, outline)
            _mend_row(draft, at, wide=wide)
        if not outline.continues(draft.lines[at]):
            _mend_brackets(draft, at, within=outline.depth > 0)
        outline.add(draft.lines[at])


def _mend_indent(draft: Draft, at: int, outline: Outline) -> None:
    line = draft.lines[at]
    if not (found := _ODD_INDENT.match(line)):
        return
    rest = line[found.end() :]
    wanted = sum(_WIDTHS.get(sign, 1) for sign in found[0])
    width = outline.column_like(wanted, item=bool(_MARK.match(rest)) or rest.startswith("- "))
    draft.mend(
        at, 0, found.end(), " " * width, "yaml.tab" if "\t" in found[0] else "yaml.indent", values={"width": str(width)}
    )


def _mend_mark(draft: Draft, at: int, outline: Outline) -> None:
    """Mend the mark of a list's item."""
    found = _MARK.match(draft.lines[at])
    if not found or (found["mark"] == "-" and draft.lines[at][found.end() :].startswith(("-", " "))):
        return
    if _ANY_FIELD.match(draft.lines[at], found.end()) or _in_list(found.start("mark"), outline):
        draft.mend(at, *found.span("mark"), "- ", "yaml.sign", values={"sign": found["mark"].strip(), "right": "- "})


def _in_list(column: int, outline: Outline) -> bool:
    """Whether an item of a list can begin at a column: below a field without a value, or below another item."""
    return column in outline.items or (outline.empty and bool(outline.fields))


def _mend_field(draft: Draft, at: int, outline: Outline) -> bool:
    """Mend the colon after a field's name at the beginning of a line. Returns whether there was one to mend."""
    line = draft.lines[at]
    if not (found := _FIELD.match(line)):
        return False
    known = _ANY_FIELD.match(line, found.start("key"))
    in_place = not found["lead"].strip() and found.end("lead") in (0, *outline.fields)
    if known or (in_place and not found["colon"].startswith(":")):
        end = found.end("colon") if line[found.end("colon") :].strip() else len(line)
        text = ": " if end < len(line) else ":"
        draft.mend(at, found.start("colon"), end, text, "yaml.colon")
        return True
    return False


def _mend_row(draft: Draft, at: int, *, wide: bool) -> None:
    """Put braces around the fields of an item that stand in one line, one after the other. ``wide``: see `_is_next`."""
    line = draft.lines[at]
    if not (found := _ROW.match(line)) or not (other := _NEXT_FIELD.search(line, found.end())):
        return
    if not _is_next(line, other.start(), wide=wide) or line[found.end() :].lstrip().startswith(("{", "[")):
        return
    fields = _NEXT_FIELD.sub(lambda field: f", {field['key']}: ", line[found.end("lead") :].rstrip())
    values = {"sign": other[0].strip()[0], "right": ","}
    draft.mend(at, found.end("lead"), len(line), f"{{{fields}}}", "yaml.sign", values=values)


def _mend_brackets(draft: Draft, at: int, *, within: bool) -> None:
    """Mend braces, brackets, colons and commas in a value in braces or brackets. ``within``: one opened above."""
    if len(draft.lines[at]) > _LONGEST:
        return
    value = None if within else _VALUE.match(draft.lines[at])
    if not within and not value:
        return
    place, begins = value.end() if value else 0, "field"  # what may begin here: a field, a value, or nothing
    wide = False
    while place < len(draft.lines[at]):
        line = draft.lines[at]
        sign, rest = line[place], line[place + 1 :]
        if begins and (quoted := _QUOTED.match(line, place)):
            place, begins = quoted.end(), ""
            continue
        if begins == "field" and sign in "\u3000\u00a0":
            _mend_sign(draft, at, place, " ")
        elif begins and sign in "｛［" and _closed(rest, sign):
            _mend_sign(draft, at, place, "{" if sign == "｛" else "[")
        elif begins and sign == "【" and rest[:1] in tuple("{｛") and "】" in rest:
            _mend_sign(draft, at, place, "[")
        elif begins and sign in "（(" and _ANY_FIELD.match(rest) and rest.rstrip().endswith(("）", ")")):
            end = len(line.rstrip())
            _mend_sign(draft, at, end - 1, "}")
            _mend_sign(draft, at, place, "{")
        elif sign in _OPENS and _OPENS[sign] not in line[:place] and _AFTER_CLOSE.match(rest):
            _mend_sign(draft, at, place, "}" if sign == "｝" else "]")
        elif sign in "，、；;" and (_is_next(line, place, wide=wide) or line[:place].rstrip().endswith(("}", "]"))):
            gap = len(rest) - len(rest.lstrip(" \u3000\u00a0"))
            _mend_sign(draft, at, place, ", ", place + 1 + gap)
        elif begins == "field" and (field := _KNOWN_FIELD.match(line, place)):
            draft.mend(at, *field.span("colon"), ": ", "yaml.colon")
            wide = True
        sign = draft.lines[at][place]
        if sign in "{[,":
            begins = "field"
        elif sign != " " or draft.lines[at][place - 1] == ":":
            begins = "value" if sign == " " else ""
        place += 1


def _is_next(line: str, at: int, *, wide: bool) -> bool:
    """Whether the sign at a place divides two fields. Some names of fields are words of prose too (走访，时间：五月).

    ``wide`` says that colons after fields are wide in this line.
    """
    found = _NEXT_FIELD.match(line, at)
    return found is not None and (wide or found[0].endswith(": ") or found["key"].lower() not in _PROSE)


def _closed(rest: str, sign: str) -> bool:
    return any(close in rest for close in ("｝}" if sign == "｛" else "］]"))


def _mend_sign(draft: Draft, at: int, start: int, right: str, end: int | None = None) -> None:
    sign = draft.lines[at][start]
    draft.mend(at, start, end or start + 1, right, "yaml.sign", values={"sign": sign, "right": right.strip()})
