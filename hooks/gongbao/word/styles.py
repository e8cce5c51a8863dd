"""The looks of a Word document after GB/T 9704-2012: page, fonts, styles.

Fonts are named, never embedded; a machine without one of them takes the other name, or its own choice.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from docx.oxml.xmlchemy import BaseOxmlElement as Node

from .elements import INDENT, on, twips, w
from .numbering import HEADINGS, TABLES

FANGSONG, KAITI, HEITI, SONGTI, XIAOBIAOSONG = "仿宋", "楷体", "黑体", "宋体", "方正小标宋简体"
LATIN, FIXED = "Times New Roman", "Consolas"
_OTHER_NAMES = {FANGSONG: "仿宋_GB2312", KAITI: "楷体_GB2312", HEITI: "SimHei", SONGTI: "SimSun", XIAOBIAOSONG: "宋体"}

# The page, in twips: A4, 22 lines of 28 characters in 156 × 225 mm, 37 mm below the top, 28 mm from the left.
WIDTH, HEIGHT = twips(210), twips(297)
TEXT_WIDTH, TEXT_HEIGHT = twips(156), twips(225)
LEFT, TOP = twips(28), twips(37)
LINE = TEXT_HEIGHT // 22
FOOT = twips(23)  # the page's number stands 7 mm below the text
BODY_SIZE = 16.0  # points: 三号
# So much closer than their size stand characters of the body, in twips, for 28 to fit. Cells of a grid would do as
# well in one word processor; another doubles every cell that is narrower than its character.
CLOSER = math.floor(TEXT_WIDTH / 28 - BODY_SIZE * 20)

Align = Literal["both", "left", "center", "right"]


@dataclass(frozen=True)
class Style:
    """A style of paragraphs: its Chinese font, its size in points, and how its lines stand.

    ``first`` and ``left`` are indents in characters, ``line`` the height of a line in twips (0: what it needs),
    ``after`` the twips below it, ``level`` that of a heading (0 to 4).
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
    Style("header", SONGTI, 9, "left", line=0),
    Style("footer", SONGTI, 14, "left", line=0),
    Style("footnote text", size=10.5, align="left", line=0),
)
# Names that word processors don't know.
OWN = {"Citation", "Table Text", "Table Heading", "After Table", "Picture", "Beside", "Site Link"}


def styles() -> Node:
    """Return all styles: of paragraphs, of characters, of tables."""
    spoken = w("lang", val="en-GB", eastAsia="zh-CN")  # Latin words within Chinese are not Chinese
    defaults = w("rPr", _fonts(FANGSONG), *_size(BODY_SIZE), spoken)
    return w(
        "styles",
        w("docDefaults", w("rPrDefault", defaults), w("pPrDefault", w("pPr"))),
        *(_paragraph(style) for style in PARAGRAPHS),
        _character("Default Paragraph Font", default=1),
        _character("Emphasis", _fonts(KAITI)),  # Chinese is not slanted
        _character("Beside", _fonts(KAITI), *_size(14)),
        _character("HTML Code", _fonts(FANGSONG, FIXED)),
        _character("Hyperlink", w("u", val="single")),
        _character("Site Link", w("u", val="none")),  # a record's title: it leads on, but reads as text
        _character("footnote reference", w("vertAlign", val="superscript")),
        _tables(),
        w("style", w("name", val="No List"), w("semiHidden"), type="numbering", default=1, styleId="NoList"),
    )


def _fonts(east: str, latin: str = LATIN) -> Node:
    return w("rFonts", ascii=latin, hAnsi=latin, eastAsia=east, cs=latin)


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
        w("rPr", _fonts(style.font, style.latin), closer, *_size(style.size)),
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


def page_setup(first_header: str, footers: dict[str, str]) -> Node:
    """Return the page's properties; headers and footers are given by their relationships' ids."""
    return w(
        "sectPr",
        *_references("header", {"first": first_header}),
        *_references("footer", footers),
        w("pgSz", w=WIDTH, h=HEIGHT),
        w(
            "pgMar",
            top=TOP,
            right=WIDTH - LEFT - TEXT_WIDTH,
            bottom=HEIGHT - TOP - TEXT_HEIGHT,
            left=LEFT,
            header=twips(15),
            footer=FOOT,
            gutter=0,
        ),
        on("titlePg"),
        w("docGrid", type="lines", linePitch=LINE),
    )


def _references(kind: str, ids: dict[str, str]) -> list[Node]:
    made = [w(f"{kind}Reference", type=place) for place in ids]
    for one, relation in zip(made, ids.values(), strict=True):
        one.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", relation)
    return made


def fonts() -> Node:
    """Return the fonts that are named, each with the other name that it goes by."""
    chinese = [
        w("font", w("altName", val=other), w("charset", val="86"), w("family", val="auto"), name=name)
        for name, other in _OTHER_NAMES.items()
    ]
    latin = [w("font", w("charset", val="00"), w("family", val=kind), name=name) for name, kind in _LATIN.items()]
    return w("fonts", *chinese, *latin)


_LATIN = {LATIN: "roman", FIXED: "modern"}


def settings() -> Node:
    """Return the document's settings: left and right pages differ, Chinese punctuation is set as it should be."""
    compatible = {"compatibilityMode": 15, "overrideTableStyleFontSizeAndJustification": 1}
    return w(
        "settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=420),
        on("evenAndOddHeaders"),
        w("characterSpacingControl", val="compressPunctuation"),
        w("footnotePr", *(w("footnote", id=number) for number in (-1, 0))),
        w(
            "compat",
            on("useFELayout"),
            *(
                w("compatSetting", name=name, uri="http://schemas.microsoft.com/office/word", val=value)
                for name, value in compatible.items()
            ),
        ),
        w("themeFontLang", val="en-GB", eastAsia="zh-CN"),
    )
