"""``leftover.year``: a year that was never filled in, or that somebody replaced by signs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..blocks import narrow_prose, without_emphasis
from ..passages import Hit, Passage, in_passages

_SIGN = r"[xX×*_?〇○]"
_BLANK = r"(?:\\?[xX×*_○])"
_YEAR = re.compile(
    rf"(?<![0-9A-Za-z])(?<!\d[:./-])(?:[12]\d(?:{_SIGN}{{2}}|\d{_SIGN}|_+)(?= ?年|[^0-9A-Za-z \-]|$)"
    r"|(?:19|20) {2,4}(?=年|[^0-9A-Za-z \-]|$)"
    rf"|[12]\d(?:{_SIGN}{{2}}|\d{_SIGN})(?= ?年)"
    rf"|二[〇○零]{_SIGN}{{1,2}}(?= ?年)|二[〇○零][一二][xX×*_](?= ?年)"
    rf"|(?<![\\xX×*_○]){_BLANK}{{2,20}}(?= ?年)|\( *\)(?= ?年))"
)
_SIGNS = re.compile(_SIGN)  # every blanked year has one of these, a parenthesis or a gap


def find(passage: Passage) -> Iterator[Hit]:
    """Find the years with a sign in place of a digit, and several signs before 年."""
    text = narrow_prose(passage)
    if not (_SIGNS.search(text) or "(" in text or "  " in text):
        return
    for found in _YEAR.finditer(without_emphasis(passage)):
        yield Hit(found.start(), found.end())


check = in_passages("leftover.year", find)
