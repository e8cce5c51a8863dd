"""Tables that were drawn with lines (┌┬┐│) or laid out with blanks, and the tables with bars that they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from .blocks import TextLine, lines
from .passages import Passage

_CORNERS = "┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╭╮╰╯┠┨┯┷┿╞╡╪╟╢╫╓╖╙╜╒╕╘╛"
_BORDER = re.compile(rf"[{_CORNERS}+─━═│┃║|\- \u3000]*[{_CORNERS}+─━═-][{_CORNERS}+─━═│┃║|\- \u3000]*")
_SIDE = re.compile("[│┃║|]")
_GAP = re.compile(r"(?:[ ]|\u3000){2,}")
_NUMBER = re.compile(r"[-+]?[\d,]+(?:\.\d+)?[%％]?|[-—/]?")
_LONGEST = 24  # characters of a cell between blanks; longer ones are text
_SENTENCE = re.compile("[。；;！？!?]")


class DrawnTable(NamedTuple):
    """A table that was drawn: its place ``[start, end)``, its rows with bars, and whether they are the only reading."""

    start: int
    end: int
    rows: str
    sure: bool


def drawn_tables(passage: Passage) -> Iterator[DrawnTable]:
    """Yield the tables of a body that were drawn with lines or blanks."""
    for drawn, group in groupby(lines(passage), key=lambda line: _form(line, passage)):
        found = list(group)
        if drawn and (read := _framed(found, passage) if drawn == "lines" else _spaced(found, passage)):
            rows, sure = read
            yield DrawnTable(found[0].start, found[-1].start + len(found[-1].text), _piped(rows), sure)


def _form(line: TextLine, passage: Passage) -> str:
    """Return how a line is part of a table: by ``lines``, by ``blanks``, or not (empty)."""
    words = _words(line, passage).strip(" \u3000\t")
    if line.kind in ("blank", "code", "heading", "quote") or "\t" in words:
        return ""
    if words[:1] in tuple(f"{_CORNERS}│┃║|") or (words.startswith("+-") and words.endswith("-+")):
        return "lines"
    parts = _GAP.split(words)
    indented = _GAP.match(_words(line, passage)) is not None
    fits = len(parts) + indented > 2 and all(len(part) <= _LONGEST for part in parts) and not _SENTENCE.search(words)
    return "blanks" if fits and line.kind == "plain" and "|" not in words else ""


def _words(line: TextLine, passage: Passage) -> str:
    return passage.text[line.start : line.start + len(line.text)]


def _framed(found: Sequence[TextLine], passage: Passage) -> tuple[list[list[str]], bool] | None:
    """Return the rows within a frame. Lines between two of its borders are one row, where most borders part rows."""
    groups: list[list[list[str]]] = [[]]
    every = [_words(line, passage).strip(" \u3000") for line in found]
    if all(words.startswith("|") for words in every):
        return None
    for words in every:
        if _BORDER.fullmatch(words):
            groups.append([])
        else:
            groups[-1].append([cell.strip(" \u3000") for cell in _SIDE.split(words)[1:-1]])
    groups = [group for group in groups if group]
    single = len(groups) < 3 or all(len(group) == 1 for group in groups)
    rows = [row for group in groups for row in (group if single else [_joined(group)])]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return None
    return rows, single and len({len(row) for row in rows}) == 1


def _joined(group: Sequence[Sequence[str]]) -> list[str]:
    width = max(map(len, group))
    return ["".join(row[at] for row in group if at < len(row)) for at in range(width)]


def _spaced(found: Sequence[TextLine], passage: Passage) -> tuple[list[list[str]], bool] | None:
    """Return the rows of three or more lines with as many columns; sure if a column holds numbers below its head."""
    rows = []
    for line in found:
        words = _words(line, passage).rstrip(" \u3000")
        rows.append(_GAP.split(words.strip(" \u3000")))
    width = max(map(len, rows))
    if len(rows[0]) == width - 1 and _GAP.match(_words(found[0], passage)):
        rows[0] = ["", *rows[0]]  # the head of the first column is empty
    if len(rows) < 3 or any(len(row) != width for row in rows):
        return None
    columns = list(zip(*rows, strict=True))
    return rows, any(not _NUMBER.fullmatch(head) and all(map(_NUMBER.fullmatch, below)) for head, *below in columns)


def _piped(rows: Sequence[Sequence[str]]) -> str:
    width = max(map(len, rows))
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in [filled[0], ["---"] * width, *filled[1:]])
