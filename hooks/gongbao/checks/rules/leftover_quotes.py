"""``leftover.quotes``: quotation marks that a conversion spoiled: reversed, unpaired, or of two kinds in one pair.

Marks are paired within a paragraph. A mark may stay open if the next paragraph opens it again, as in a quotation of
several paragraphs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ..blocks import TextLine, narrow_prose, paragraphs
from ..passages import Hit, Passage, in_passages
from .leftover_word import hits as leavings_of_word

_HAN = "\u4e00-\u9fff"
_CLOSES = {"”": "“", "」": "「", "』": "『", "’": "‘"}
_MARK = re.compile(  # the signs come first in the pattern, because such a search is fast
    r"[“”「」『』‘\"’'](?:(?<![’'])"
    rf"|(?<=[{_HAN}，。！？、…]’)|(?<![A-Za-z0-9]')(?<=')(?=[{_HAN}])|(?<=[{_HAN}]')(?![A-Za-z0-9]))"
)
_FOREIGN = re.compile(rf"[〝〞〟]+|(?<=[{_HAN}])`(?=[{_HAN}])")
# A word between question marks or boxes, at a place for a word in quotes.
_LOST = re.compile(
    rf"(?<=[{_HAN}，、])([?□])(?![{_HAN}]{{0,10}}[吗呢么谁何怎哪几啥否])[{_HAN}]{{2,10}}\1"
    r"(?=活动|工程|行动|精神|称号|计划|主题|竞赛|教育|制度|机制|工作|建设|荣誉|品牌|项目|平台|专项|职工|[、和的等，。；])"
)
# A bracket too many, and a bracket of another kind than the one that it closes. What is no bracket here is no text.
_TWICE = re.compile(r"(?<=[^()\s])(?<![:;])\)\)(?![()])")
_OTHER = re.compile(r"(?:\([^()\[\]【】\n]{1,40}[\]】]|【[^()\[\]【】\n]{1,40}\))")
_CLOSING = re.compile(r"[\]】)]")
_PARTNERS = {"(": ")", "（": "）", "【": "】"}
_ANY_OF_THEIRS = re.compile(r"[〝〞〟`?□]")
_ANY = re.compile("[“”「」『』‘\"’'〝〞〟`?□]")  # the first signs of all matches; few paragraphs have one
_CURLY = re.compile("[“”]")
_NEXT = re.compile(r"[、，；,;]|[和与及或]")


def find(passage: Passage) -> Iterator[Hit]:
    """Find the marks without a partner that stand in no code of Word, in the order of the text."""
    codes = [(hit.start, hit.end) for hit in leavings_of_word(passage)]
    for hit in _broken(passage):
        at = bisect_right(codes, (hit.start, len(passage.text)))
        if not (at and hit.start < codes[at - 1][1]):
            yield hit


def _broken(passage: Passage) -> Iterator[Hit]:
    yield from _brackets(passage)
    if not _ANY.search(narrow_prose(passage)):
        return
    for block, following in pairwise([*paragraphs(passage), ()]):
        if any(_ANY.search(line.text) for line in block):
            hits = [*_unpaired(block, following), *_matches(block)]
            alone = bool(hits) and sum(len(_CURLY.findall(line.text)) for line in block) == len("“”")
            for hit in sorted(hits, key=lambda hit: hit.start):
                words = passage.text[hit.start : hit.end]
                mended = _paired(words) or (_turned(words) if alone else None)
                yield replace(hit, mended=mended, safe=True) if mended else hit


def _brackets(passage: Passage) -> Iterator[Hit]:
    """Find the brackets in sentences that have a bracket too many, or one of another kind."""
    start, text = 0, narrow_prose(passage)
    for line in text.split("\n") if _CLOSING.search(text) else ():
        if _CLOSING.search(line):
            if line.count(")") == line.count("(") + 1 and line.count("))") == 1 and (found := _TWICE.search(line)):
                at = start + found.start()
                opening = passage.text[start + line.rfind("(", 0, found.start())] if "(" in line else "("
                yield Hit(at, at + 2, mended=_PARTNERS.get(opening, ")"), safe=True)
            if line.count("(") + line.count("[") + line.count("【") == len(_CLOSING.findall(line)):
                for found in _OTHER.finditer(line):
                    at, end = start + found.start(), start + found.end()
                    right = f"{passage.text[at : end - 1]}{_PARTNERS[passage.text[at]]}"
                    yield Hit(at, end, mended=right, safe=True)
        start += len(line) + 1


def _paired(text: str) -> str | None:
    """Return a text between two marks of which one is straight and one curly, with both of them curly, or None."""
    if text[:1] + text[-1:] in ('"”', '“"'):
        return f"“{text[1:-1]}”"
    return f"‘{text[1:-1]}’" if text[:1] + text[-1:] in ("'’", "‘'") else None


def _turned(text: str) -> str | None:
    """Return a word between marks that both are the wrong way round, with them turned."""
    return f"“{text[1:-1]}”" if re.fullmatch(rf"”[{_HAN}\w]{{1,12}}“", text) else None


def _matches(block: tuple[TextLine, ...]) -> Iterator[Hit]:
    for line in block:
        for pattern in (_FOREIGN, _LOST) if _ANY_OF_THEIRS.search(line.text) else ():
            for found in pattern.finditer(line.text):
                yield Hit(line.start + found.start(), line.start + found.end())


def _unpaired(block: tuple[TextLine, ...], following: tuple[TextLine, ...]) -> Iterator[Hit]:
    start = block[0].start
    text = "\n".join(line.text for line in block)
    lone = sorted(set(_lone(text)))
    goes_on = bool(following) and following[0].words[:1] in tuple("“「『")
    if lone and goes_on and text[lone[-1]] == following[0].words[0]:
        lone.pop()
    at = 0
    while at < len(lone):
        first = last = lone[at]
        if at + 1 < len(lone) and _one_fault(text, first, lone[at + 1]):
            at += 1
            last = lone[at]
        at += 1
        shown = text[first : last + 1] if last > first else text[first : first + 9]
        yield Hit(start + first, start + last + 1, shown.split("\n")[0])


def _one_fault(text: str, first: int, second: int) -> bool:
    """Whether two marks without partners were meant as a pair."""
    return second - first <= 30 and not re.search(r"[。！？\n]", text[first + 1 : second])


def _lone(text: str) -> Iterator[int]:
    """Yield the places of marks without a partner."""
    opened: list[int] = []
    for found in _MARK.finditer(text):
        sign, at = found[0], found.start()
        if sign in "\"'":
            yield from _straight(text, opened, sign, at)
        elif sign not in _CLOSES:
            opened.append(at)
        elif (place := _last(text, opened, _CLOSES[sign])) is not None:
            yield from opened[place + 1 :]
            del opened[place:]
        else:
            yield at
            if sign != "’" and opened and text[opened[-1]] in "\"'":  # "送温暖”: the straight mark was its partner
                yield opened.pop()
    yield from (at for at in opened if text[at] != "‘" or not text[at + 1 : at + 2].isalnum() or _is_han(text[at + 1]))


def _last(text: str, opened: list[int], sign: str) -> int | None:
    """Return the open mark, at most three marks back, that a closing mark belongs to."""
    return next((at for at in range(len(opened) - 1, max(-1, len(opened) - 4), -1) if text[opened[at]] == sign), None)


def _straight(text: str, opened: list[int], sign: str, at: int) -> Iterator[int]:
    if opened and text[opened[-1]] == sign:
        before = opened.pop()
        if opened and _NEXT.match(text, before + 1):  # “甲"、“乙" are pairs crosswise
            yield from (before, at)
    elif not text[at - 1 : at].isdigit() and text[at - 1 : at] not in tuple("'′"):  # 5'30", 12": a measure
        opened.append(at)


def _is_han(sign: str) -> bool:
    return "\u4e00" <= sign <= "\u9fff"


check = in_passages("leftover.quotes", find)
