"""``private.child``: a child's age beside the name of its school, which tells who it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..passages import Hit, Passage, in_passages

_CHILD = re.compile(
    "孩子|儿子|女儿|之[子女]|[其长次独幼]子(?!女)|[其长次独幼]女(?![职工性])|孙[子女]|外孙|弟弟|妹妹|子女|学生|儿童|孤儿|男孩|女孩|[男女]童"
)
_AGE = re.compile(
    r"(?<![\d.—–~～至到-])(?:1[0-7]|[3-9]) ?(?:周 ?)?岁(?![—–~～至到-]|以[上下内]|的?(?:及以|以)|左右不等|之间)"
)
_SCHOOL = re.compile(
    r"[\u4e00-\u9fff]{2,12}(?:小学|中学|幼儿园|学校)"
    r"|[\u4e00-\u9fff]{1,6}(?:第?[一二三四五六七八九十]{1,2}|实验|附)[小中](?![学组型心间])"
)
_AT = re.compile("[在入读到于上升进念去的]")
_ANY_SCHOOL = re.compile(
    "(?:所在|当地|附近|各|全[县镇市区]|职工|农村|城区|民办|公办|辖区|多所|几所|所|义务教育|适龄){0,2}(?:小学|中学|幼儿园|学校)"
)
_SEVERAL = re.compile(
    r"(?<![\d.第])(?:[2-9]|[1-9]\d+)[多余]?[名位个户人]|[两三四五六七八九十百]+[名位]|等人|们|平均|[各每][名个位人]"
)
_SENTENCE = re.compile(r"[^。！？!?\n]+")


def find(passage: Passage) -> Iterator[Hit]:
    """Find the ages of single children in sentences that name a school."""
    text = passage.narrow
    if "岁" not in text:
        return
    for sentence in _SENTENCE.finditer(text):
        words = sentence[0]
        if not (_CHILD.search(words) and _names_school(words)) or _SEVERAL.search(words):
            continue
        for age in _AGE.finditer(words):
            start = sentence.start() + age.start()
            yield Hit(start, start + len(age[0]))


def _names_school(words: str) -> bool:
    return any(not _ANY_SCHOOL.fullmatch(_AT.split(found[0])[-1]) for found in _SCHOOL.finditer(words))


check = in_passages("private.child", find)
