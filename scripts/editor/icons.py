"""Leave in the editor's icon font only the icons that its script names: ``icons.py SCRIPT FONT…``.

An icon is a ligature of its name's letters. The whole font is larger than the editor.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]


def main() -> None:
    script, *fonts = map(Path, sys.argv[1:])
    words = {*re.findall(r"[`'\"]([a-z][a-z0-9_]{1,40})[`'\"]", script.read_text(encoding="utf-8"))}
    for path in fonts:
        font = TTFont(path)
        letters = font.getBestCmap()
        named = {name for name, spelt in _ligatures(font) if spelt in words}
        used = {letters[ord(sign)] for word in words for sign in word if ord(sign) in letters}
        options = Options(layout_closure=False, layout_features=["*"], flavor="woff2")
        subsetter = Subsetter(options)
        subsetter.populate(glyphs={*named, *used})
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(path)


def _ligatures(font: TTFont) -> Iterator[tuple[str, str]]:
    """Yield the name of each icon's glyph with the letters that it is spelt with; some have several names."""
    signs = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            for first, ligatures in getattr(table, "ligatures", {}).items():
                for one in ligatures:
                    yield one.LigGlyph, "".join(signs.get(glyph, "?") for glyph in (first, *one.Component))


main()
