"""``leftover.width``: a number with full-width signs in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..passages import Hit, Passage, in_passages

_NUMBER = re.compile(
    # Digits, at least one of them full-width, with their points and commas.
    r"(?<![0-9０-９])[0-9]*[０-９][0-9０-９]*(?:[.．][0-9０-９]+|[,，][0-9０-９]{3}(?![0-9０-９]))*[%％]?"
    # A full-width point between digits. After the number of a line (1．2014年) it is no decimal point.
    r"|(?<![0-9０-９.．])[0-9]+．[0-9]+[%％]?(?![0-9．])"
    # A full-width comma between thousands.
    r"|(?<![0-9０-９,，.、第])[0-9]{1,3}(?:，[0-9]{3})+(?![0-9０-９，,])(?= ?[\u4e00-\u9fff%％])"
)
_WIDE = re.compile("[0-9０-９．](?:(?<=[０-９．])|，[0-9])")
_LINES_NUMBER = re.compile(r"[0-9]{1,2}．")


def find(passage: Passage) -> Iterator[Hit]:
    """Find numbers that are full-width, all of them or in part."""
    prose = passage.prose
    if not _WIDE.search(prose):
        return
    for found in _NUMBER.finditer(prose):
        at_start = not prose[prose.rfind("\n", 0, found.start()) + 1 : found.start()].strip(" \u3000#*>-")
        if at_start and _LINES_NUMBER.match(found[0]) and prose[found.end() : found.end() + 1] not in tuple("万亿%元"):
            continue
        half = found[0].translate(_HALF)
        yield Hit(found.start(), found.end(), values=(("half", half),), mended=half, safe=True)


_HALF = {wide: wide - 0xFEE0 for wide in map(ord, "０１２３４５６７８９．，％")}
check = in_passages("leftover.width", find)
