"""Tables drawn with lines (┌┬┐│), laid out with blanks or with commas, and the tables with bars that they mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple
from unicodedata import east_asian_width

from ..text.table_lines import table_with_pipes
from .blocks import TextLine, lines
from .passages import Passage

_CORNERS = "┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╭╮╰╯┠┨┯┷┿╞╡╪╟╢╫╓╖╙╜╒╕╘╛"
_BORDER = re.compile(rf"[{_CORNERS}+─━═=│┃║|\- \u3000]*[{_CORNERS}+─━═=-][{_CORNERS}+─━═=│┃║|\- \u3000]*")
_BEGINS = frozenset(f"{_CORNERS}│┃║|")
_SIDE = re.compile("[│┃║|]")
_GAP = re.compile(r"(?:[ ]|\u3000){2,}")
_NUMBER = re.compile(r"[-+]?[\d,]+(?:\.\d+)?[%％]?|[-—/]?")
_SIGN = re.compile(rf"[{_CORNERS}│┃║|,]|\+[-=]|{_GAP.pattern}")  # every line of such a table has one of these
_LONGEST = 24  # characters of a cell between blanks; longer ones are text
_SHORT = 12  # characters of a cell between commas
_WIDEST = 30  # columns of a table between blanks
_OFF = 3  # columns of the screen that a cell may stand off its column
_SENTENCE = re.compile("[。；;！？!?]")


class DrawnTable(NamedTuple):
    """A table that was drawn: its place ``[start, end)``, its rows with bars, and whether they are the only reading.

    ``lines`` are the places where its lines start.
    """

    start: int
    end: int
    rows: str
    sure: bool
    lines: tuple[int, ...]


def drawn_tables(passage: Passage) -> Sequence[DrawnTable]:
    """Return the tables of a body that were drawn with lines or blanks."""
    return passage.once(_drawn_tables)


def lines_of_drawn_tables(passage: Passage) -> Collection[int]:
    """Return the places where the lines of drawn tables start; other rules leave these lines alone."""
    return {start for drawn in drawn_tables(passage) for start in drawn.lines}


def _drawn_tables(passage: Passage) -> Sequence[DrawnTable]:
    return tuple(_each_table(passage))


def _each_table(passage: Passage) -> Iterator[DrawnTable]:
    if not _SIGN.search(passage.text):
        return
    for drawn, group in groupby(lines(passage), key=lambda line: _form(line, passage)):
        found = list(group)
        if drawn and (read := _READ[drawn](found, passage)):
            rows, sure = read
            end = found[-1].start + len(found[-1].text)
            yield DrawnTable(
                found[0].start, end, "\n".join(table_with_pipes(rows)), sure, tuple(line.start for line in found)
            )


def _form(line: TextLine, passage: Passage) -> str:
    """Return how a line is part of a table: by ``lines``, by ``blanks``, by ``commas``, or not (empty)."""
    words = _words(line, passage).strip(" \u3000\t")
    if line.kind in ("blank", "code", "heading", "quote") or "\t" in words:
        return ""
    if words[:1] in _BEGINS or (words[:2] in ("+-", "+=") and words[-1] == "+"):
        return "lines"
    if line.kind == "plain" and "," in words and _is_row(words.split(",")) and not _SENTENCE.search(words):
        return "commas"
    parts = _GAP.split(words)
    indented = _GAP.match(_words(line, passage)) is not None
    fits = len(parts) + indented > 1 and all(len(part) <= _LONGEST for part in parts) and not _SENTENCE.search(words)
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
    """Return the rows of three or more lines; sure if all are full, and a column holds numbers below its head."""
    every = [_words(line, passage).rstrip(" \u3000") for line in found]
    placed = [list(_placed(words)) for words in every]
    widest = max(placed, key=len)
    starts = [start for start, _ in widest]
    if len(starts) > _WIDEST:
        return None
    full = all(len(row) == len(widest) for row in placed)
    rows = [[cell for _, cell in row] if len(row) == len(widest) else _in_columns(row, starts) for row in placed]
    if len(rows) < 3 or len(starts) < 3 or [] in rows:
        return None
    counted = _counted(rows)
    return (rows, full and counted) if full or counted else None


def _with_commas(found: Sequence[TextLine], passage: Passage) -> tuple[list[list[str]], bool] | None:
    """Return the rows of cells between commas, as programs write tables, if a column holds numbers below its head."""
    rows = [[cell.strip(' \u3000"') for cell in _words(line, passage).split(",")] for line in found]
    if len(rows) < 2 or len({len(row) for row in rows}) > 1 or not _counted(rows):
        return None
    return rows, True


def _is_row(parts: Sequence[str]) -> bool:
    return len(parts) > 1 and all(part.strip() and len(part) <= _SHORT for part in parts)


def _counted(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a column has a word for its head and nothing but numbers below it."""
    columns = zip(*rows, strict=True)
    return any(not _NUMBER.fullmatch(head) and all(map(_NUMBER.fullmatch, below)) for head, *below in columns)


def columns_of(text: str) -> int:
    """Return how many columns of the screen a text takes; a Chinese character takes two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _placed(words: str) -> Iterator[tuple[int, str]]:
    """Yield the cells of a line with the columns of the screen at which they start."""
    column = last = 0
    for found in re.finditer(r"[^ \u3000]+(?:[ \u3000][^ \u3000]+)*", words):
        column += columns_of(words[last : found.start()])
        last = found.start()
        yield column, found[0]


def _in_columns(row: Sequence[tuple[int, str]], starts: Sequence[int]) -> list[str]:
    """Return the cells of a row that has too few, each in the nearest column; nothing if two meet."""
    cells = [""] * len(starts)
    for start, cell in row:
        at = min(range(len(starts)), key=lambda column: abs(starts[column] - start))
        if cells[at] or abs(starts[at] - start) > _OFF:
            return []
        cells[at] = cell
    return cells


_READ: Mapping[str, Callable[[Sequence[TextLine], Passage], tuple[list[list[str]], bool] | None]] = {
    "lines": _framed,
    "blanks": _spaced,
    "commas": _with_commas,
}
