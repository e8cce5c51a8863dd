"""The fonts of a Word document after GB/T 9704-2012.

A document names its fonts and embeds none. A machine without a font takes the font's other name, or its own choice.
"""

from __future__ import annotations

from docx.oxml.xmlchemy import BaseOxmlElement as Node

from .elements import w

FANGSONG, KAITI, HEITI, SONGTI, XIAOBIAOSONG = "仿宋", "楷体", "黑体", "宋体", "方正小标宋简体"
LATIN, FIXED = "Times New Roman", "Consolas"
_OTHER_NAMES = {FANGSONG: "仿宋_GB2312", KAITI: "楷体_GB2312", HEITI: "SimHei", SONGTI: "SimSun", XIAOBIAOSONG: "宋体"}
_LATIN_FAMILIES = {LATIN: "roman", FIXED: "modern"}


def run_fonts(east: str, latin: str = LATIN) -> Node:
    """Return the fonts of a run: one for Chinese, one for Latin letters."""
    return w("rFonts", ascii=latin, hAnsi=latin, eastAsia=east, cs=latin)


def font_table() -> Node:
    """Return the table of all fonts that the styles name, each Chinese one with its other name."""
    chinese = [
        w("font", w("altName", val=other), w("charset", val="86"), w("family", val="auto"), name=name)
        for name, other in _OTHER_NAMES.items()
    ]
    latin = [
        w("font", w("charset", val="00"), w("family", val=kind), name=name) for name, kind in _LATIN_FAMILIES.items()
    ]
    return w("fonts", *chinese, *latin)
