"""Mistakes that writers used to Word make in YAML: each is recognised in its line and explained."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from ..problems.problem import Mark, Problem

_FIRST_NOT_PLAIN = "%@`*&!|>[]{},\"'#?-"
_BLOCK_SCALAR = re.compile(r"^(?P<indent>\s*)(?:- +)*[^#\s].*?:\s+[|>][+-]?\d?\s*(?:#.*)?$")
_ODD_INDENT = re.compile(r"^ *([\u3000\u00a0])")
_WIDE_COLON = re.compile(r"^\s*(?:- +)?(?P<key>[\w-]{1,20})(?P<colon>：\s*|:[\u3000\u00a0]+|:(?=[^\s/]))(?P<value>.*)$")
_INNER = re.compile(r"(?P<key>[\w-]+): (?P<value>[^,{}\[\]]+?)(?=\s*[,}\]])")
_ENTRY = re.compile(r"^(?P<before>\s*(?:- +)*(?P<key>[\w-]+) *: +|\s*- +)(?P<value>\S.*?)\s*$")


def quoted(value: str) -> str:
    """Return a value in quotes, so that YAML takes it as it stands."""
    bare = value.strip("\"'")
    return f'"{bare}"' if '"' not in bare else "'" + bare.replace("'", "''") + "'"


def _outside_blocks(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines that are neither comments nor the text of block scalars, each with its index."""
    block: int | None = None
    for at, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" "))
        if block is not None and (indent > block or not line.strip()):
            continue
        block = len(found["indent"]) if (found := _BLOCK_SCALAR.match(line)) else None
        if line.strip() and not line.lstrip().startswith("#"):
            yield at, line


def wide_colon(line: str, path: str, line_number: int) -> Problem | None:
    """Return a problem for a line with a colon that YAML takes for no colon (``标题：x``), or None."""
    found = _WIDE_COLON.match(line)
    if not found:
        return None
    mark = Mark(line_number, found.end("key") + 1)
    suggested = f"{line[: found.end('key')].lstrip()}: {found['value']}".rstrip()
    return Problem(path, mark, "yaml.colon", written=line.strip(), values={"suggested": suggested})


def _misread(value: str) -> bool:
    """Whether YAML cannot read a line with this value alone."""
    try:
        yaml.compose(f"key: {value}", Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return value[0] in _FIRST_NOT_PLAIN or ": " in value or value.endswith(":")
    return False


def _trap(line: str, path: str, line_number: int) -> Problem | None:
    """Return a problem for the mistake in a line, or None if the line has none of them."""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return Problem(path, Mark(line_number, line.index("\t") + 1), "yaml.tab", written=line.strip())
    if odd := _ODD_INDENT.match(line):
        return Problem(path, Mark(line_number, odd.start(1) + 1), "yaml.indent", written=line.strip())
    if problem := wide_colon(line, path, line_number):
        return problem
    entry = _ENTRY.match(line)
    if not entry or _is_open_flow(entry["value"]) or not _misread(entry["value"]):
        return None
    key, value, start = entry["key"] or "", entry["value"], entry.start("value")
    for inner in _INNER.finditer(value) if value[0] in "[{" and value[-1] in "]}" else ():
        if _misread(inner["value"]):  # only this value within the brackets needs quotes
            key, value, start = inner["key"], inner["value"], start + inner.start("value")
            break
    suggested = (f"{key}: " if key else "- ") + quoted(value)
    field = key if entry["before"] == f"{key}: " else ""  # the path of a deeper field is not known here
    return Problem(path, Mark(line_number, start + 1), "yaml.quote", field, value, {"suggested": suggested})


def _is_open_flow(value: str) -> bool:
    """Whether a value is the first line of a list or mapping in brackets that goes on below."""
    return value[0] in "[{" and not re.search(r"[\]}]", value)


def diagnose(lines: list[str], error: yaml.MarkedYAMLError, path: str, first_line: int) -> Problem:
    """Return a problem that explains a YAML error.

    It is the last known mistake up to the line where the parser gave up, or else the parser's own message.
    """
    stopped = error.problem_mark.line if error.problem_mark else 0
    column = error.problem_mark.column if error.problem_mark else 0
    known = [_trap(line, path, first_line + at) for at, line in _outside_blocks(lines) if at <= stopped]
    found = [problem for problem in known if problem]
    if found:
        return found[-1]
    if error.context and error.context_mark and re.search("flow|quoted", error.context):
        stopped, column = (
            error.context_mark.line,
            error.context_mark.column,
        )  # where the bracket or quote opened
    mark = Mark(stopped + first_line, column + 1)
    line = lines[stopped].strip() if stopped < len(lines) else ""
    rule = "yaml.alias" if "alias" in (error.problem or "") else "yaml.syntax"
    return Problem(path, mark, rule, written=line, values={"reason": error.problem or ""})
