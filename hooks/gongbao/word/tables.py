"""Tables of a Word document: the cells of each row, the widths of columns, and the table itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Node

from ..manuscripts.paper import Child
from ..rendering.markup import Element
from .elements import on, w
from .sheet import TEXT_WIDTH

_SIGN, _AIR = 240, 380  # twips: a character of 12 points; a cell's margins with the space between Chinese and Latin
_NARROW, _LONG = 9, 40  # characters: the widest column that is never broken; the length that longer cells count as


@dataclass(frozen=True)
class Cell:
    """A cell: its content, its number of columns, and whether it begins or continues one across rows."""

    children: Sequence[Child]
    across: int = 1
    merge: str = ""  # "restart" or "continue"


def table_cells(rows: Iterable[Element]) -> list[list[Cell]]:
    """Return the cells of each row, with those that reach into it from above. All rows get equally many columns."""
    reaching: dict[int, tuple[int, int]] = {}  # by column: how many more rows, and over how many columns
    laid: list[list[Cell]] = []
    for row in rows:
        cells: list[Cell] = []
        column = _go_on(cells, reaching, 0)
        for element in row.elements("td", "th"):
            across, down = (
                whole_number(element.attributes.get("colspan", "")),
                whole_number(element.attributes.get("rowspan", "")),
            )
            cells.append(Cell(element.children, across, "restart" if down > 1 else ""))
            if down > 1:
                reaching[column] = (down - 1, across)
            column = _go_on(cells, reaching, column + across)
        if cells:
            laid.append(cells)
    width = max((sum(cell.across for cell in cells) for cells in laid), default=0)
    return [[*cells, *[Cell(())] * (width - sum(cell.across for cell in cells))] for cells in laid]


def _go_on(cells: list[Cell], reaching: dict[int, tuple[int, int]], column: int) -> int:
    """Add the cells from above that reach into a row at a column and next to it. Return the next free column."""
    while column in reaching:
        more, across = reaching.pop(column)
        if more > 1:
            reaching[column] = (more - 1, across)
        cells.append(Cell((), across, "continue"))
        column += across
    return column


def whole_number(text: str, otherwise: int = 1) -> int:
    """Return the number of an attribute in HTML, if it is from 1 to 999, or else ``otherwise``."""
    return int(text) if text.isdecimal() and len(text) < 4 and int(text) else otherwise


def column_widths(lengths: Sequence[Sequence[int]]) -> list[int]:
    """Return the widths of columns in twips. ``lengths`` has the number of characters in each cell, row by row.

    A narrow column gets the width that it needs. The others share the rest by their longest cells.
    """
    longest = [min(_LONG, max(column)) for column in zip(*lengths, strict=True)]
    narrow = {at: max(2, n) * _SIGN + _AIR for at, n in enumerate(longest) if n <= _NARROW}
    rest = TEXT_WIDTH - sum(narrow.values())
    total = sum(n for at, n in enumerate(longest) if at not in narrow)
    if not total or rest < total * _SIGN // 4:  # all are narrow, or too many are: each gets a share
        return _shared(TEXT_WIDTH, [n + 1 for n in longest])
    shares = iter(_shared(rest, [n for at, n in enumerate(longest) if at not in narrow]))
    return [narrow[at] if at in narrow else next(shares) for at in range(len(longest))]


def _shared(width: int, weights: Sequence[int]) -> list[int]:
    return [width * weight // sum(weights) for weight in weights]


_WHOLE = 12  # rows: a table with more may break across pages


def table(rows: Sequence[tuple[Sequence[tuple[Cell, Sequence[Node]]], bool]], widths: Sequence[int]) -> list[Node]:
    """Return a table and the space below it. A row has its cells with their paragraphs, and whether it is a head."""
    made = w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val="TableGrid"),
            w("tblW", w=sum(widths), type="dxa"),
            w("jc", val="center"),
            w("tblLayout", type="fixed"),
            w("tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1),
        ),
        w("tblGrid", *(w("gridCol", w=width) for width in widths)),
        *(_row(cells, head, widths) for cells, head in rows),
    )
    if len(rows) <= _WHOLE:
        _keep_together(made)
    return [made, w("p", w("pPr", w("pStyle", val="AfterTable")))]


def _keep_together(made: Node) -> None:
    """Keep every row on the page of the next one."""
    for row in made.findall(qn("w:tr"))[:-1]:
        for paragraph in row.iterfind(f"{qn('w:tc')}/{qn('w:p')}"):
            style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            if style is not None:
                style.addnext(w("keepNext"))


def _row(cells: Sequence[tuple[Cell, Sequence[Node]]], head: bool, widths: Sequence[int]) -> Node:
    made = []
    column = 0
    for cell, paragraphs in cells:
        properties = w(
            "tcPr",
            w("tcW", w=sum(widths[column : column + cell.across]), type="dxa"),
            w("gridSpan", val=cell.across) if cell.across > 1 else None,
            w("vMerge", val=cell.merge) if cell.merge else None,
            w("vAlign", val="center"),
        )
        made.append(w("tc", properties, *paragraphs))
        column += cell.across
    return w("tr", w("trPr", on("cantSplit"), on("tblHeader", head)), *made)
