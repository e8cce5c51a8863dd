"""Numbers that a text tells of something by its name: 走访困难职工8户, 8户困难职工."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from .passages import matches_from

NO_LONGER = r"(?!次|百分点|月|民币)"  # 12户次 is not 12户, and 8个百分点 is not 8个
NUMBER = r"(?<![\d.])(?P<before>约|近)?(?P<number>\d[\d,]*(?:\.\d+)?) ?(?P<after>余|多)?"
BEGINS_NUMBER = re.compile(r"[\d约近]")
# Words between a name and its number. Any other word makes another thing of it: 慰问金每户500元, 年龄最大58岁.
_LINKING = (
    r"共|合计|总计|累计|计|总额|总数|总量|金额|人数|户数|数量?|为|是|有|了|已|达到?|超过?|逾|完成|实现|发放|送[去出上]|支出"
    r"|投入|使用|新增|增加到|[：:（(*“” ]"
)
_NO_RATE = r"(?! ?(?:[/／每]|[-—–~～至到] ?\d))"  # 500元/户, 20人—30人
_NO_MORE = r"(?<![第每\-—–~～至到〔\[])"  # 第3期培训班, 20—30人参赛
# Before a name or a number: what is counted is a part of it, another year's, or each one's share.
_OF_A_PART = re.compile("(?:[每均第]|去年|上年|前年|往年|同期|上期|其中|最[多少高低大小])[^，。；：、\n]{0,6}$")
_NEAR = 10  # characters before a name that are looked at


class ToldNumber(NamedTuple):
    """A number that a text tells of something: the words, with the thing's name, and the match of `NUMBER`."""

    words: str
    found: re.Match[str]


def numbers_beside(text: str, name: str, number: str, end: str = "") -> Sequence[ToldNumber]:
    """Return where a number, an expression with the groups of `NUMBER`, stands behind a name or right before it.

    ``end`` is what must follow the number behind a name. What tells of a part of the thing is left out.
    """
    if name not in text:
        return []
    behind, before = _expressions(number, end)
    places: list[tuple[int, int, re.Match[str]]] = []
    start = text.find(name)
    while start >= 0:
        stop = start + len(name)
        if found := behind.match(text, stop):
            places.append((start, found.end(), found))
        start = text.find(name, stop)
    found_before = (one for one in matches_from(BEGINS_NUMBER, before, text) if text.startswith(name, one.end()))
    places += [(one.start(), one.end() + len(name), one) for one in found_before]
    return [
        ToldNumber(text[start:stop], found)
        for start, stop, found in places
        if not _OF_A_PART.search(text, max(0, start - _NEAR), start)
    ]


@lru_cache(maxsize=1 << 8)
def _expressions(number: str, end: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the expressions of a number behind a name and before one, which do not have the name: names are many."""
    return re.compile(rf"(?:{_LINKING}){{0,4}}{number}{end}{_NO_RATE}"), re.compile(rf"{_NO_MORE}{number}")


def told_number(found: re.Match[str]) -> Decimal:
    """Return the number in a match of `NUMBER`."""
    return Decimal(found["number"].replace(",", ""))
