"""Paragraphs of a Word document: one in a style, one with a sign or a number, one that is a line."""

from __future__ import annotations

from collections.abc import Sequence

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Node

from .elements import INDENT, w


def styled_paragraph(style: str, content: Sequence[Node], depth: int = 0, by_hand: bool = False) -> Node:
    """Return a paragraph of a style that stands ``depth`` lists deep.

    A heading that its writer numbered ``by_hand`` loses its style's number.
    """
    number = w("numPr", w("numId", val=0)) if by_hand else None
    indent = w("ind", left=INDENT * depth + 400, firstLineChars=0, firstLine=0) if depth else None
    if by_hand:  # one word processor drops the style's indent with the number
        indent = w("ind", firstLineChars=200, firstLine=INDENT)
    return w("p", w("pPr", w("pStyle", val=style), number, indent), *content)


def numbered_item(paragraphs: Sequence[Node], number: int, level: int) -> Sequence[Node]:
    """Give the first paragraph of a list's item its sign or number, and return all of them.

    ``number`` is the id of a numbering, ``level`` how many lists stand around the item's own.
    """
    for paragraph in paragraphs[:1]:
        indent = paragraph.find(f"{qn('w:pPr')}/{qn('w:ind')}")
        if indent is not None:  # an item that begins with a list or a table has no indent of its own
            indent.getparent().replace(indent, w("numPr", w("ilvl", val=min(level, 8)), w("numId", val=number)))
    return paragraphs


def ruled_paragraph() -> Node:
    """Return a line across the page (HTML's ``hr``): an empty paragraph with a border."""
    border = w("pBdr", w("bottom", val="single", sz=4, space=1, color="auto"))
    return w("p", w("pPr", w("pStyle", val="AfterTable"), border))
