"""Values and lines that YAML cannot read, and what their writers meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from ..problems.names import EVERY_FIELD, english_field
from .draft import Draft
from .outline import Outline
from .scalars import quoted

_FIRST_NOT_PLAIN = "%@`*&!|>[]{},\"'#?-"
_FIELD = re.compile(r"^ +[\w-]{1,20}: ")
_INNER = re.compile(r"(?<=[{,])\s*[\w-]+: (?P<value>[^,{}\[\]]+?)(?=\s*[,}\]])")
_ITEM = re.compile(r"(?<=[\[,])\s*(?P<value>[^,{}\[\]]+?)(?=\s*[,\]])")
_PATH = re.compile(r"(?<=[{,])\s*(?:field|字段): (?P<value>[^,{}\"']*\[\d+\][^,{}\"']*?)(?=\s*[,}])")  # of a waiver
_ENTRY = re.compile(r"^(?P<before>\s*(?:- +)*(?P<key>[\w-]+) *: +|\s*- +)(?P<value>\S.*?)\s*$")
_FAR = 200  # lines between a fault and the place where YAML gives up; more would take long to look through
_CLOSES = {"[": "]", "{": "}"}
_CURLY_CLOSE = {'"': "”", "'": "’"}
_CURLY_OPEN = {'"': "“", "'": "‘"}


def recover(draft: Draft, error: yaml.MarkedYAMLError) -> None:
    """Add a problem that explains a YAML error, and mend the fault in the draft, or drop the entry that holds it."""
    stopped = error.problem_mark.line if error.problem_mark else 0
    if _align(draft, stopped):
        return
    for at in reversed([at for at in draft.structure() if stopped - _FAR <= at <= stopped]):
        if _quote(draft, at):
            return
    last = len(draft.lines) - 1  # YAML may stop below it, where the file ends without a line end
    column = error.problem_mark.column if error.problem_mark else 0
    if error.context and error.context_mark and re.search("flow|quoted", error.context):
        # where the bracket or quote opened
        stopped, column = min(error.context_mark.line, last), error.context_mark.column
        if "flow" in error.context and _close(draft, stopped):
            return
    stopped = min(stopped, last)
    while stopped and not draft.lines[stopped].strip():  # what was left out already, or the end
        stopped -= 1
    rule = "yaml.alias" if "alias" in (error.problem or "") else "yaml.syntax"
    draft.report(stopped, column, rule, draft.lines[stopped].strip(), reason=error.problem or "")
    draft.drop(stopped)


def _align(draft: Draft, stopped: int) -> bool:
    """Mend a field that stands deeper than the field above, although that has a value of its own."""
    line = draft.lines[stopped] if stopped < len(draft.lines) else ""
    if not _FIELD.match(line):
        return False
    outline = Outline()
    for at in draft.structure():
        if at == stopped:
            break
        if not outline.continues(draft.lines[at]):
            outline.add(draft.lines[at])
    deep = len(line) - len(line.lstrip())
    width = outline.column_like(deep, item=False)
    if width == deep:
        return False
    draft.mend(
        stopped,
        0,
        deep,
        " " * width,
        "yaml.indent",
        safe=abs(width - deep) == 1 or deep in outline.items,
        values={"width": str(width)},
    )
    return True


def _quote(draft: Draft, at: int) -> bool:
    """Put a value of a line in quotes if YAML cannot read it without. Returns whether there was such a value."""
    entry = _ENTRY.match(draft.lines[at])
    if not entry or _is_open_flow(entry["value"]) or not _misread(entry["value"]):
        return False
    key, value, start = entry["key"] or "", entry["value"], entry.start("value")
    for inner in _within(value):
        if inner.re is _PATH or _misread(inner["value"]):  # only this value within the brackets needs quotes
            key, value, start = "", inner["value"], start + inner.start("value")
            break
    else:
        if value[0] in "[{" and value[-1] in "]}":
            return False
    if key and value == "-":  # where there is nothing to write
        draft.read_as(at, start, start + 1, quoted(value))
        return True
    # The path of a deeper field is not known here.
    field = english_field(key, EVERY_FIELD) or "" if entry["before"] == f"{key}: " else ""
    draft.mend(at, start, start + len(value), _readable(value), "yaml.quote", field=field, written=value)
    return True


def _within(value: str) -> Iterator[re.Match[str]]:
    """Yield the values in a list or mapping in brackets."""
    if value[0] in "[{" and value[-1] in "]}":
        yield from _PATH.finditer(value)
        yield from (_INNER if value[0] == "{" else _ITEM).finditer(value)


def _readable(value: str) -> str:
    """Return a value that YAML can read: in quotes, or with the mark at its beginning as curly as the one that closes.

    Word often makes only one of two marks curly.
    """
    mark = value[0]
    if mark in _CURLY_CLOSE and value.count(mark) == 1 and _CURLY_CLOSE[mark] in value:
        return _CURLY_OPEN[mark] + value[1:]
    return quoted(value)


def _close(draft: Draft, at: int) -> bool:
    """Close a bracket at the end of its line, if nothing below it goes on with the list."""
    line = draft.lines[at]
    entry = _ENTRY.match(line)
    below = next((other for other in draft.structure() if other > at), None)
    goes_on = below is not None and draft.lines[below].startswith(" ")
    if not entry or goes_on or entry["value"][0] not in _CLOSES or not _is_open_flow(entry["value"]):
        return False
    end = len(line.rstrip())
    draft.mend(at, end, end, _CLOSES[entry["value"][0]], "yaml.bracket", safe=False)
    return True


def _misread(value: str) -> bool:
    """Whether YAML cannot read a line with this value alone."""
    try:
        yaml.compose(f"key: {value}", Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return value[0] in _FIRST_NOT_PLAIN or ": " in value or value.endswith(":")
    return False


def _is_open_flow(value: str) -> bool:
    """Whether a value is the first line of a list or mapping in brackets that goes on below."""
    return value[0] in "[{" and not re.search(r"[\]}]", value)
