"""The numbering of a Word document: headings in the Chinese order, tables, lists.

The word processor makes the numbers: they go along when text is copied, and stay right when a chapter moves.
"""

from __future__ import annotations

from collections.abc import Sequence

from docx.oxml.xmlchemy import BaseOxmlElement as Node

from ..problems.catalogue import Language, label
from .elements import INDENT, w

HEADINGS, TABLES, BULLETS, NUMBERS = 1, 2, 3, 4  # numberings: of headings, of captions, of lists
_LEVELS = 9

_HEADING_NUMBERS: dict[Language, Sequence[tuple[str, str]]] = {
    "zh": (
        ("chineseCountingThousand", "%1、"),
        ("chineseCountingThousand", "（%2）"),
        ("decimal", "%3."),
        ("decimal", "（%4）"),
    ),
    "en": (("decimal", "%1. "), ("decimal", "%1.%2 "), ("decimal", "%1.%2.%3 "), ("decimal", "(%4) ")),
}


def numbering(language: Language, lists: Sequence[int]) -> Node:
    """Return the numbering of headings, tables and lists. ``lists`` has the first number of each numbered list."""
    headings = [
        _level(level, form, text, f"Heading{level + 1}")
        for level, (form, text) in enumerate(_HEADING_NUMBERS[language])
    ]
    caption = [_level(0, "decimal", label("table-number", language), "Caption")]
    kinds = {
        HEADINGS: headings,
        TABLES: caption,
        BULLETS: _list_levels("bullet", "•"),
        NUMBERS: _list_levels("decimal", "%{}."),
    }
    return w(
        "numbering",
        *(w("abstractNum", w("multiLevelType", val="multilevel"), *kinds[kind], abstractNumId=kind) for kind in kinds),
        *(w("num", w("abstractNumId", val=kind), numId=kind) for kind in kinds),
        *(
            w(
                "num",
                w("abstractNumId", val=NUMBERS),
                *(w("lvlOverride", w("startOverride", val=first), ilvl=level) for level in range(_LEVELS)),
                numId=NUMBERS + 1 + at,
            )
            for at, first in enumerate(lists)
        ),
    )


def _level(level: int, form: str, text: str, style: str) -> Node:
    """Return a level of a numbering that belongs to a style."""
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=form),
        w("pStyle", val=style),
        w("suff", val="nothing"),
        w("lvlText", val=text),
        w("lvlJc", val="left"),
        ilvl=level,
    )


def _list_levels(form: str, text: str) -> list[Node]:
    return [
        w(
            "lvl",
            w("start", val=1),
            w("numFmt", val=form),
            w("suff", val="tab"),
            w("lvlText", val=text.format(level + 1)),
            w("lvlJc", val="left"),
            w("pPr", w("ind", left=INDENT * (level + 1) + 400, hanging=400)),
            ilvl=level,
        )
        for level in range(_LEVELS)
    ]
