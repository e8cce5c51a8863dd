"""``form.punctuation``: half-width signs in Chinese prose, where GB/T 15834-2011 has full-width ones.

Also signs typed twice (。。), and an ellipsis of full stops.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..body import links
from ..drawn_tables import drawn_tables
from ..passages import Hit, Passage, in_passages, matches_from
from ..web_lines import web_lines
from .leftover_word import hits as leavings_of_word

_HAN = "\u4e00-\u9fff"
_BEFORE = rf"(?:(?<=[{_HAN}”》）」』])|(?<=[{_HAN}]\)))"
_AFTER = rf"[{_HAN}“《（「『\"(]"
_SIGN = re.compile(
    rf"{_BEFORE}(?:[,;] ?|:)(?={_AFTER}|\d|[ \t]*\n[{_HAN}])"
    rf"|(?<=[\d%]), ?(?=[{_HAN}“《（])"
    rf"|{_BEFORE}[?!](?: ?(?={_AFTER})|(?=[ \t]*$))"
    rf"|{_BEFORE}(?<!^[一二三四五六七八九十])\.(?=[ \t]*$)|(?:(?<=[{_HAN}]{{4}})|(?<=[{_HAN}][”》）)])"
    rf"|(?<=[\d%％][{_HAN}])|(?<=\d[{_HAN}]{{2}})|(?<=\d[%％]))\.(?=[{_HAN}“《])",
    re.MULTILINE,
)
# A sign typed twice, and an ellipsis of full stops. ！！ and ？？ may be meant.
_TWICE = re.compile(
    rf"(?<=[{_HAN}\d”》）%])(?:。{{3,12}}|\.{{3,6}}(?=[{_HAN}，。]|[ \t]*$)|。。"
    r"|(?<!，)，，(?!，)|(?<!；)；；(?!；)|(?<!、)、、(?!、))",
    re.MULTILINE,
)
_HALF, _DOUBLED = re.compile("[,;:?!.]"), re.compile(r"([。.，；、])(?=\1)")  # how their matches begin
_BRACKETS = re.compile(r"(?<![\]\\!A-Za-z0-9_])\(([^()（）\[\]\n]{1,80})\)")
_QUOTED = re.compile(r"(\"|'')((?:(?!\"|'')[^\n]){1,80})\1")
_DEFINITION = re.compile(r"[> \t]*\[[^\]\n]{1,80}\]:")  # a link's address, with a title in quotation marks
_IS_HAN = re.compile(f"[{_HAN}]")
_ANY = re.compile(r"[,;:?!.(\"']|。。|，，|；；|、、")
_WIDE = str.maketrans(",;:?!.", "，；：？！。")


class _Wide(NamedTuple):
    start: int
    end: int
    right: str


def find(passage: Passage) -> Iterator[Hit]:
    """Find all such signs of a title, a summary or a body that stand between Chinese characters, as one fault."""
    if passage.field not in ("title", "summary", "body") or not _ANY.search(passage.prose):
        return
    signs = sorted(_signs(passage.prose))
    signs = sorted([*signs, *_quotes(passage)])
    if passage.is_body:
        elsewhere = [*_told_elsewhere(passage)]
        signs = [sign for sign in signs if not any(start <= sign.start < end for start, end in elsewhere)]
    else:  # a colon may be YAML's, or stand for such
        signs = [sign for sign in signs if sign.right != "："]
    if not signs:
        return
    start, end = signs[0].start, signs[-1].end
    pieces, at = [], start
    for sign in signs:
        pieces += [passage.text[at : sign.start], sign.right]
        at = sign.end
    right = "".join(pieces)
    values = (("count", str(len(signs))), ("right", right))
    yield Hit(start, end, values=values, mended=right, safe=True)


def _told_elsewhere(passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield the places of addresses with their titles, and of what other rules tell."""
    yield from ((link.start + len(link.words) + link.picture + 2, link.end) for link in links(passage))
    yield from ((hit.start, hit.end) for hit in leavings_of_word(passage))
    yield from ((line.start, line.end) for line in web_lines(passage))
    yield from ((table.start, table.end) for table in drawn_tables(passage))


def _signs(prose: str) -> Iterator[_Wide]:
    for found in matches_from(_HALF, _SIGN, prose):
        yield _Wide(*found.span(), found[0].strip().translate(_WIDE))
    for found in matches_from(_DOUBLED, _TWICE, prose):
        yield _Wide(*found.span(), "……" if len(found[0]) > len("。。") else found[0][0])
    for found in _BRACKETS.finditer(prose):
        if _IS_HAN.search(found[1]):
            yield _Wide(found.start(), found.start() + 1, "（")
            yield _Wide(found.end() - 1, found.end(), "）")


def _quotes(passage: Passage) -> Iterator[_Wide]:
    """Yield the straight quotation marks in lines where all of them are pairs around Chinese words, and no HTML is."""
    start = 0
    for line, written in zip(passage.prose.split("\n"), passage.text.split("\n"), strict=True):
        quoted = ('"' in line or "''" in line) and not _DEFINITION.match(line) and "<" not in written
        pairs = [*_QUOTED.finditer(line)] if quoted else []
        count = line.count('"') + line.count("''")
        if pairs and len(pairs) * 2 == count and all(_IS_HAN.search(pair[2]) for pair in pairs):
            for pair in pairs:
                width = len(pair[1])
                yield _Wide(start + pair.start(), start + pair.start() + width, "“")
                yield _Wide(start + pair.end() - width, start + pair.end(), "”")
        start += len(line) + 1


check = in_passages("form.punctuation", find)
