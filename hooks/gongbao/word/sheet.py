"""The sheet of paper of a Word document after GB/T 9704-2012, and the settings of the document."""

from __future__ import annotations

from docx.oxml.xmlchemy import BaseOxmlElement as Node

from .elements import on, twips, w

# The page, in twips: A4, 22 lines of 28 characters in 156 × 225 mm, 37 mm below the top, 28 mm from the left.
WIDTH, HEIGHT = twips(210), twips(297)
TEXT_WIDTH, TEXT_HEIGHT = twips(156), twips(225)
LEFT, TOP = twips(28), twips(37)
LINE = TEXT_HEIGHT // 22
FOOT = twips(23)  # the page's number stands 7 mm below the text


def page_setup(footers: dict[str, str]) -> Node:
    """Return the properties of the pages.

    ``footers`` has the relationship ids of the footers by place: ``first``, ``even`` and ``default``.
    """
    return w(
        "sectPr",
        *_references(footers),
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


def _references(ids: dict[str, str]) -> list[Node]:
    made = [w("footerReference", type=place) for place in ids]
    for one, relation in zip(made, ids.values(), strict=True):
        one.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", relation)
    return made


def settings() -> Node:
    """Return the document's settings: left and right pages differ, and Chinese punctuation is compressed."""
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
