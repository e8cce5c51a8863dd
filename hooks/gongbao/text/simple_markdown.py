"""A fast converter for Markdown that has only paragraphs, headings, flat lists and plain tables.

Most texts of records are that simple, and the general converter takes ten times as long for them. A test compares both
on such texts. Every other text is left to the general converter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown.extensions.toc import unique

from .anchors import heading_anchor

# Signs that may have another meaning in Markdown or HTML: anywhere, and at the ends of lines.
_SIGNS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\xa0&<>*_`\[\]\\~{}]")
_AT_LINE_ENDS = re.compile(r"\n(?:[=+:]|\d+[.)]|[^\S\n]|(?<=[^\S\n]\n))")
_NOT_PLAIN = re.compile(r"^[#-]|\|", re.MULTILINE)
_HEADING = re.compile(r"(#{1,6}) +([^#\n|]*[^#\s|])")
_ITEM = r"- +(?![-#=+:\s]|\d+[.)])[^|\n]+"
_ITEMS = re.compile(rf"{_ITEM}(?:\n{_ITEM})*")
_DELIMITERS = re.compile(r"\|(?: *:?-+:? *\|)+")  # style sheets align the cells, not these signs


def has_other_forms(text: str) -> bool:
    """Whether a text may have forms of Markdown or HTML that `simple` does not know."""
    return bool(_SIGNS.search(text)) or "://" in text or bool(_AT_LINE_ENDS.search(f"\n{text}\n"))


def simple(text: str) -> str | None:
    """Return a text's HTML, the same as the general converter and sanitiser make. None for a text with other forms."""
    if has_other_forms(text):
        return None
    made: list[str] = []
    ids: set[str] = set()
    listed = False  # whether the last block was a list: Markdown joins two lists with nothing between them
    for block in re.split("\n\n+", text.strip("\n")):
        items = _ITEMS.fullmatch(block)
        if not _NOT_PLAIN.search(block):
            html = f"<p>{block}</p>"
        elif heading := _HEADING.fullmatch(block):
            html = _heading(len(heading[1]), heading[2].strip(), ids)
        elif items and not listed:
            html = "\n".join(["<ul>", *(f"<li>{line[1:].strip()}</li>" for line in block.split("\n")), "</ul>"])
        elif table := _table(block.split("\n")):
            html = table
        else:
            return None
        listed = items is not None
        made.append(html)
    return "\n".join(made)


def _heading(level: int, title: str, ids: set[str]) -> str:
    return f'<h{level} id="{unique(heading_anchor(title), ids)}">{title}</h{level}>'


def _table(lines: Sequence[str]) -> str:
    """Return the HTML of a table, or an empty text unless all lines are rows with the same number of cells."""
    rows = [line[1:-1].split("|") for line in lines if len(line) > 1 and line[0] == line[-1] == "|"]
    if len(rows) != len(lines) or len(rows) < 3 or not _DELIMITERS.fullmatch(lines[1]) or len({*map(len, rows)}) > 1:
        return ""
    head, _, *body = rows
    written = ["<table>", "<thead>", *_row("th", head), "</thead>", "<tbody>"]
    for row in body:
        written += _row("td", row)
    return "\n".join([*written, "</tbody>", "</table>"])


def _row(tag: str, cells: Sequence[str]) -> list[str]:
    return ["<tr>", *(f"<{tag}>{cell.strip(' ')}</{tag}>" for cell in cells), "</tr>"]
