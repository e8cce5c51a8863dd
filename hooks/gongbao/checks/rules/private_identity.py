"""``private.identity``: a citizen's identity number, of 18 signs (GB 11643-1999) or of 15 digits (before 1999)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from stdnum.cn import ric

from ..masking import masked_hit
from ..nearby import has_long_number, is_near, is_order_number
from ..passages import Hit, Passage, in_passages

_PROVINCE = "(?:1{0}[1-5]|2{0}[1-3]|3{0}[1-7]|4{0}[1-6]|5{0}[0-4]|6{0}[1-5]|7{0}1|8{0}[1-3])"
_GAP = r"[ \t\u2000-\u200a\u2010-\u2015\u2212-]{0,3}"
_REST = _PROVINCE.format(_GAP) + _GAP + f"(?:[0-9]{_GAP}){{4}}"
_MONTH = f"(?:0{_GAP}[1-9]|1{_GAP}[0-2])"
_DAY = f"(?:0{_GAP}[1-9]|[12]{_GAP}[0-9]|3{_GAP}[01])"
_LONG = re.compile(
    rf"(?<![0-9A-Za-z]){_REST}(?:1{_GAP}9|2{_GAP}0){_GAP}(?:[0-9]{_GAP}){{2}}{_MONTH}{_GAP}{_DAY}{_GAP}"
    rf"(?:[0-9]{_GAP}){{3}}[0-9Xx](?![0-9A-Za-z])"
)
_OLD = re.compile(
    rf"(?<![0-9A-Za-z.-]){_REST}[0-9]{{2}}{_MONTH}{_DAY}{_GAP}[0-9]{{3}}(?![0-9A-Za-z]|[-.][0-9]| ?[元万亿])"
)
# After a word for it, a number of 15 to 18 signs is one, though a sign may be wrong or missing.
_TOLD = re.compile(rf"(?<![0-9A-Za-z])(?:[0-9]{_GAP}){{14,17}}[0-9Xx](?![0-9A-Za-z])")
_WORD = re.compile(r"(?:身份证|公民身份|居民身份)(?:件|号码?|证号码?)*[^0-9一-鿿]{0,4}(?:[为是][^0-9一-鿿]{0,2})?$")
_HEADING = re.compile(r"(?:居民|本人)?(?:身份证件?|公民身份|有效证件|证件|身份)(?:号码?|证号码?|编号)?(?:\(.{0,10}\))?")
# Few groups only, because a list of small numbers is not an identity number.
_GROUPS = re.compile(r"[0-9]+(?:[^0-9]{1,3}[0-9]+){0,4}[^0-9]{0,3}[Xx]?")


def find(passage: Passage) -> Iterator[Hit]:
    """Find numbers with a region, a day of birth and, if they have 18 signs, the right check sign.

    Right after a word for it, a number is found without any of these: a slip leaves it a person's number.
    """
    if not has_long_number(passage):
        return
    text = passage.narrow
    told: set[int] = set()
    if "身份" in text:
        for found in _TOLD.finditer(text):
            if _GROUPS.fullmatch(found[0]) and is_near(_WORD, text, found.start(), found.start(), 20, 0):
                told.add(found.start())
                yield masked_hit(passage, *found.span())
    for start, end in _below_heading(text):
        if start not in told:
            told.add(start)
            yield masked_hit(passage, start, end)
    for pattern in (_LONG, _OLD):
        for found in pattern.finditer(text):
            number = re.sub("[^0-9X]", "", found[0].upper())
            if found.start() in told or is_order_number(text, found.start()):
                continue
            if _GROUPS.fullmatch(found[0]) and _is_person(number):
                yield masked_hit(passage, *found.span())


def _below_heading(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of numbers in a table's column whose heading is a word for them."""
    start, column, sign = 0, -1, ""
    for line in text.split("\n"):
        sign = sign if column >= 0 and sign in line else next((one for one in "\t|" if one in line), "")
        cells = line.split(sign) if sign else []
        if column < 0:
            column = next((at for at, cell in enumerate(cells) if _HEADING.fullmatch(cell.strip(" *"))), -1)
        elif column < len(cells):
            at = start + sum(len(cell) + 1 for cell in cells[:column])
            if found := _TOLD.fullmatch(cells[column].strip(" *'`")):
                at += cells[column].index(found[0])
                yield at, at + len(found[0])
        if not sign:
            column = -1
        start += len(line) + 1


def _is_person(number: str) -> bool:
    born = number[6:14] if len(number) == 18 else f"19{number[6:12]}"
    try:
        date(int(born[:4]), int(born[4:6]), int(born[6:]))
    except ValueError:
        return False
    return len(number) == 15 or ric.calc_check_digit(number) == number[-1]


check = in_passages("private.identity", find)
