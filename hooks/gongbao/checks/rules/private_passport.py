"""``private.passport``: the number of a passport, a travel permit or an officer's card, after a word for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..masking import masked_hit
from ..nearby import is_near
from ..passages import Hit, Passage, in_passages

_LETTERS = re.compile(
    r"(?<![0-9A-Za-z])(?:[EGDSPCWLKT] ?[0-9]{8}|[EDSPC][A-Z] ?[0-9]{7}|[HM] ?[0-9]{8}(?:[0-9]{2})?|1[45][0-9]{7})"
    r"(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_TRAVELS = re.compile(r"护照|通行证|证件|台胞证|回乡证|旅行证")
_PAPER = re.compile("护照|通行证|证件|台胞证|回乡证|旅行证|军官证|士兵证|军人证|文职证")
_TAIWAN = re.compile(r"(?<![0-9A-Za-z])[0-9]{8}(?:[0-9]{2})?(?:\([A-Z]\))?(?![0-9A-Za-z])")
_FROM_TAIWAN = re.compile(r"(?:台胞证|台湾居民来往大陆通行证)(?:号码?)?[^0-9一-鿿]{0,4}[为是]?[^0-9一-鿿]{0,2}$")
_SOLDIERS = re.compile(r"[一-鿿]{1,2}字第? ?[0-9]{6,8} ?号?|(?<![0-9A-Za-z])[0-9]{7,8}(?![0-9])")
_SOLDIER = re.compile(r"(?:军官证|士兵证|军人证|文职证)(?:件)?(?:号码?)?[^0-9一-鿿]{0,4}[为是]?[^0-9一-鿿]{0,2}$")


def find(passage: Passage) -> Iterator[Hit]:
    """Find the numbers of passports, travel permits and officers' cards."""
    text = passage.narrow
    if not _PAPER.search(text):
        return
    for found in _LETTERS.finditer(text):
        if is_near(_TRAVELS, text, *found.span(), 20, 8):
            yield masked_hit(passage, *found.span())
    for pattern, word in ((_TAIWAN, _FROM_TAIWAN), (_SOLDIERS, _SOLDIER)):
        for found in pattern.finditer(text):
            if is_near(word, text, found.start(), found.start(), 24, 0):
                yield masked_hit(passage, *found.span())


check = in_passages("private.passport", find)
