"""Numerals as people write them, 12 and 十二 and ⑫, and names that sort as they count: 第二期 before 第十期."""

from __future__ import annotations

import re

NUMERAL = "[一二三四五六七八九十百]"  # what small Chinese numbers consist of: those of sections, items and days
MONTH = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"  # the number before 月
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MULTIPLES = {"万": 10_000, "亿": 100_000_000}
_NUMBER = re.compile(r"\d+|[①-⑳]|[〇零一二三四五六七八九十两][〇零一二三四五六七八九十两百千万亿]*")


def counted(text: str) -> list[str | int]:
    """Return a text as a key for sorting: by turns a piece without a number, and the value of a number."""
    pieces, end = list[str | int](), 0
    for number in _NUMBER.finditer(text):
        pieces += [text[end : number.start()], numeral_value(number[0])]
        end = number.end()
    return [*pieces, text[end:]]


def numeral_value(numeral: str) -> int:
    """Return the number that digits, a Chinese numeral or a circled number stand for; 0 for anything else."""
    if numeral.isdecimal():
        return int(numeral)
    if "①" <= numeral <= "⑳":
        return ord(numeral) - ord("①") + 1
    if all(sign in _DIGITS for sign in numeral):  # 二〇一四
        return int("".join(str(_DIGITS[sign]) for sign in numeral) or 0)
    whole, part, digit = 0, 0, 0
    for sign in numeral:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _UNITS:
            part += (digit or 1) * _UNITS[sign]
            digit = 0
        elif sign in _MULTIPLES:
            whole, part, digit = (whole + part + digit) * _MULTIPLES[sign], 0, 0
        else:
            return 0
    return whole + part + digit
