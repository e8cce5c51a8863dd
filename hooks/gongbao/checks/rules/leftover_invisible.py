"""``leftover.invisible``: a sign that nobody sees, or one that turns the order of the words after it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

from ...problems.visible import TURNING, ZERO_WIDTH, code_point
from ..passages import Hit, Passage, in_passages

_JOINERS = "\u200c\u200d"
_SIGN = re.compile(f"[{ZERO_WIDTH}{TURNING}{_JOINERS}]")
_CODED = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,24});")
_AROUND = 6  # signs before and after that the problem shows


def find(passage: Passage) -> Iterator[Hit]:
    """Find the signs, as they are and as HTML's codes for them, outside of code."""
    text = passage.text
    if _SIGN.search(text):
        for found in _SIGN.finditer(text):
            if found[0] not in _JOINERS or not _joins(text, found.start()):
                yield _hit(text, found.start(), found.end(), found[0])
    if passage.is_body and "&" in text:
        for found in _CODED.finditer(passage.prose):
            meant = unescape(found[0])
            if len(meant) == 1 and _SIGN.match(meant):
                yield _hit(text, found.start(), found.end(), meant)


def _joins(text: str, at: int) -> bool:
    """Whether a joiner stands where it means something: between emoji, or between letters of scripts that join."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return all(sign and _takes_joiners(sign) for sign in (before, after))


def _takes_joiners(sign: str) -> bool:
    kind = unicodedata.category(sign)
    wide = unicodedata.east_asian_width(sign) in "WF" and kind != "So"
    return kind in ("So", "Sk", "Mn", "Mc") or (kind == "Lo" and not wide) or sign in "♀♂"


def _hit(text: str, start: int, end: int, sign: str) -> Hit:
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    written = " ".join(f"{before}{text[start:end]}{after}".split())
    mended = " ".join(_SIGN.sub("", f"{before}{after}").split())
    return Hit(start, end, written, (("sign", code_point(sign)), ("mended", mended)), "", safe=sign not in TURNING)


check = in_passages("leftover.invisible", find)
