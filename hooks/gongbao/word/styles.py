"""The styles of a Word document after GB/T 9704-2012: of paragraphs, of characters, of tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from docx.oxml.xmlchemy import BaseOxmlElement as Node

from .elements import INDENT, on, w
from .font_table import FANGSONG, FIXED, HEITI, KAITI, LATIN, SONGTI, XIAOBIAOSONG, run_fonts
from .numbering import HEADINGS, TABLES
from .sheet import LINE, TEXT_WIDTH

BODY_SIZE = 16.0  # points: 三号
# Characters of the body stand closer than their size, by so many twips, for 28 to fit into a line. A grid of narrower
# cells does the same in one word processor. Another one doubles every cell that is narrower than its character.
CLOSER = math.floor(TEXT_WIDTH / 28 - BODY_SIZE * 20)

Align = Literal["both", "left", "center", "right"]


@dataclass(frozen=True)
class Style:
    """A style of paragraphs: its Chinese and its Latin font, its size in points, and its alignment.

    - ``first`` and ``left``: the indents of the first line and of all lines, in characters
    - ``line``: the height of a line in twips; 0 for the height that it needs
    - ``after``: the space below the paragraph in twips
    - ``level``: the level of a heading, 0 to 4
    - ``keep``: whether it stays on the page of the next paragraph
    """

    name: str
    font: str = FANGSONG
    size: float = BODY_SIZE
    align: Align = "both"
    first: int = 0
    left: int = 0
    line: int = LINE
    after: int = 0
    level: int | None = None
    keep: bool = False
    latin: str = LATIN

    @property
    def id(self) -> str:
        """``heading 1`` is ``Heading1``."""
        return _identity(self.name)


def _identity(name: str) -> str:
    return name.title().replace(" ", "")


PARAGRAPHS: Sequence[Style] = (
    Style("Normal"),
    Style("Body Text", first=2),
    Style("Title", XIAOBIAOSONG, 22, "center", line=700, after=LINE // 2, keep=True),
    Style("Subtitle", KAITI, align="center", after=LINE // 2),
    Style("Date", KAITI, first=2, keep=True),
    Style("Salutation"),
    Style("Signature", align="right", keep=True),
    *(
        Style(f"heading {level + 1}", font, first=2, level=level, keep=True, align="left")
        for level, font in enumerate((HEITI, KAITI, FANGSONG, FANGSONG, FANGSONG))
    ),
    Style("List Paragraph", left=2),
    Style("Quote", KAITI, left=2, first=2),
    Style("Citation", size=14, first=2, line=480, align="left", keep=True),
    Style("HTML Preformatted", size=12, left=2, line=0, align="left", latin=FIXED),
    Style("caption", HEITI, 12, "center", line=440, keep=True),
    Style("Table Text", size=12, align="left", line=360),
    Style("Table Heading", HEITI, 12, "center", line=360, keep=True),
    Style("After Table", size=6, line=200),
    Style("Picture", align="center", line=0),
    Style("footer", SONGTI, 14, "left", line=0),
    Style("footnote text", size=10.5, align="left", line=0),
)
# Styles of our own, whose names word processors don't know.
OWN = {"Citation", "Table Text", "Table Heading", "After Table", "Picture", "Beside", "Site Link"}


def styles() -> Node:
    """Return all styles: of paragraphs, of characters, of tables."""
    spoken = w("lang", val="en-GB", eastAsia="zh-CN")  # a spelling checker treats Latin words within Chinese as English
    defaults = w("rPr", run_fonts(FANGSONG), *_size(BODY_SIZE), spoken)
    return w(
        "styles",
        w("docDefaults", w("rPrDefault", defaults), w("pPrDefault", w("pPr"))),
        *(_paragraph(style) for style in PARAGRAPHS),
        _character("Default Paragraph Font", default=1),
        _character("Emphasis", run_fonts(KAITI)),  # Chinese is not slanted
        _character("Beside", run_fonts(KAITI), *_size(14)),
        _character("HTML Code", run_fonts(FANGSONG, FIXED)),
        _character("Hyperlink", w("u", val="single")),
        _character("Site Link", w("u", val="none")),  # a record's title: a link that looks like text
        _character("footnote reference", w("vertAlign", val="superscript")),
        _tables(),
        w("style", w("name", val="No List"), w("semiHidden"), type="numbering", default=1, styleId="NoList"),
    )


def _size(points: float) -> tuple[Node, Node]:
    halves = round(points * 2)
    return w("sz", val=halves), w("szCs", val=halves)


def _paragraph(style: Style) -> Node:
    normal = style.name == "Normal"
    closer = w("spacing", val=CLOSER if style.size == BODY_SIZE and style.line else 0)
    properties = w(
        "pPr",
        on("keepNext", style.keep),
        on("keepLines", style.keep),
        w("widowControl", val=0),
        w("numPr", w("ilvl", val=style.level), w("numId", val=HEADINGS)) if style.level in range(4) else None,
        w("numPr", w("numId", val=TABLES)) if style.name == "caption" else None,
        w("snapToGrid", val=0) if style.size != BODY_SIZE or not style.line else None,
        w(
            "spacing",
            before=0,
            after=style.after,
            line=style.line or 240,
            lineRule="exact" if style.line else "auto",
        ),
        w("ind", firstLineChars=style.first * 100, firstLine=style.first * INDENT // 2, left=style.left * INDENT // 2)
        if style.first or style.left
        else None,
        w("jc", val=style.align),
        w("outlineLvl", val=style.level) if style.level is not None else None,
    )
    return w(
        "style",
        w("name", val=style.name),
        None if normal else w("basedOn", val="Normal"),
        w("next", val="BodyText") if style.level is not None or style.name in ("Title", "Subtitle", "Date") else None,
        on("qFormat"),
        properties,
        w("rPr", run_fonts(style.font, style.latin), closer, *_size(style.size)),
        type="paragraph",
        styleId=style.id,
        default=1 if normal else None,
        customStyle=1 if style.name in OWN else None,
    )


def _character(name: str, *looks: Node, default: int | None = None) -> Node:
    above = None if default else w("basedOn", val="DefaultParagraphFont")
    properties = w("rPr", *looks) if looks else None
    own = 1 if name in OWN else None
    about = {"type": "character", "styleId": _identity(name), "default": default, "customStyle": own}
    return w("style", w("name", val=name), above, properties, **about)


def _tables() -> Node:
    names = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = w("tblBorders", *(w(name, val="single", sz=4, space=0, color="auto") for name in names))
    sides = {"top": 40, "left": 100, "bottom": 40, "right": 100}
    margins = w("tblCellMar", *(w(side, w=width, type="dxa") for side, width in sides.items()))
    return w("style", w("name", val="Table Grid"), w("tblPr", borders, margins), type="table", styleId="TableGrid")
