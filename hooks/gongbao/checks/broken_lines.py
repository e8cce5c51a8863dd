"""Sentences that a PDF breaks at the end of each of its lines, with a blank line after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile, pairwise
from typing import NamedTuple

from ..records.numerals import NUMERAL
from ..text.paragraph_starts import begins_paragraph
from .blocks import TextLine, paragraphs
from .drawn_tables import columns_of, lines_of_drawn_tables
from .passages import Passage

_OPEN_END = re.compile(r"[\u4e00-\u9fff,、(“《\d]$|[A-Za-z]{2}-$")
_HYPHENATED = re.compile(r"[a-z]{2}-$")
_GOES_ON = re.compile(r"[\u4e00-\u9fff,、;。)”》\d]|[a-z]")
_HEADING = re.compile(rf"第?{NUMERAL}{{1,3}}[、,章节]|\({NUMERAL}{{1,3}}\)|\d{{1,2}}[、.)]|[^,。;]{{1,10}}:|[附图表注]")
# Words of such reports: a break between two characters of one is no end of a heading.
_WORDS = re.compile(
    "职工|工会|会员|困难|慰问|走访|培训|活动|组织|劳动|安全|生产|企业|单位|服务|建设|开展|进行|完成|发放|帮扶|救助|竞赛|技能|文化|体育"
    "|法律|维权|协商|合同|工资|集体|女工|农民|代表|大会|主席|委员|干部|群众|社会|社区|街道|上半|半年|全年|通过|其中|以及|参加|举办|组建"
    "|新建|签订|落实|保障|权益|健康|医疗|互助|子女|就业|创业|教育|学习|宣传|政策|制度|管理|经费|万元|人次|调解|争议|纠纷"
)
_EDGE = re.compile(r"[,、(“《]\n|\n[,、;。)”》]")
_NARROWEST = 16  # columns of the screen: shorter lines are headings, names or cells
_ALIKE = 4  # columns by which the lines of one page differ
_FEWEST = 2  # breaks that must be there to be sure, but for a hyphen in mid-word


class BrokenLines(NamedTuple):
    """A part ``[start, end)`` of a body with such sentences: the places of its breaks, and the part without them.

    ``lines`` are the places where its broken lines start.
    """

    start: int
    end: int
    breaks: tuple[int, ...]
    lines: frozenset[int]
    mended: str


def broken_lines(passage: Passage) -> BrokenLines | None:
    """Return all broken sentences of a body as one part, or None if there are none for certain."""
    return passage.once(_broken_lines) if passage.is_body else None


def _broken_lines(passage: Passage) -> BrokenLines | None:
    drawn = lines_of_drawn_tables(passage)
    broken: list[tuple[TextLine, TextLine]] = []
    for chain in _chains(passage):
        surely = list(dropwhile(lambda pair: not _in_mid_sentence(*pair), chain))  # it may begin with a heading
        if surely and not any(line.start in drawn for pair in surely for line in pair) and _is_sure(surely):
            broken += surely
    if not broken:
        return None
    start, end = broken[0][0].start, broken[-1][1].start + len(broken[-1][1].text.rstrip())
    pieces, at = [], start
    for before, after in broken:
        stop = before.start + len(before.text.rstrip())
        hyphen = _HYPHENATED.search(before.text.rstrip()) is not None
        pieces.append(passage.text[at : stop - hyphen])
        at = after.start + after.at
    breaks = tuple(before.start + len(before.text.rstrip()) for before, _ in broken)
    told = frozenset(line.start for pair in broken for line in pair[:1])
    return BrokenLines(start, end, breaks, told, "".join([*pieces, passage.text[at:end]]))


def _chains(passage: Passage) -> Sequence[Sequence[tuple[TextLine, TextLine]]]:
    """Return runs of paragraphs of which each goes on in the next one, as pairs."""
    chains: list[list[tuple[TextLine, TextLine]]] = [[]]
    for first, second in pairwise(paragraphs(passage)):
        if _goes_on(first, second):
            chains[-1].append((first[-1], second[0]))
        elif chains[-1]:
            chains.append([])
    return chains


def _goes_on(first: Sequence[TextLine], second: Sequence[TextLine]) -> bool:
    before, after = first[-1], second[0]
    if before.kind != "plain" or after.kind != "plain" or first[0].kind != "plain":
        return False
    ends, begins = before.text.rstrip(), after.text.strip()
    if not _OPEN_END.search(ends[-3:]) or not _GOES_ON.match(begins) or _HEADING.match(begins) or after.indent:
        return False
    if _HEADING.match(first[0].words) and len(first) == 1 and "。" not in ends and "," not in ends:
        return False
    return not (ends[-1].isdigit() and begins[0].isdigit()) and not begins_paragraph(ends, begins, "")


def _is_sure(chain: Sequence[tuple[TextLine, TextLine]]) -> bool:
    """Whether lines were broken: in mid-word with a hyphen, or several at one width, the first surely in mid-sentence.

    The lines of a page may also be headings below each other; those end in no comma and in no half word.
    """
    if any(_HYPHENATED.search(before.text.rstrip()) and after.text.strip()[0].islower() for before, after in chain):
        return True
    widths = [columns_of(before.text.strip()) for before, _ in chain]
    last = chain[-1][1].text
    return (
        len(chain) >= _FEWEST
        and min(widths) >= _NARROWEST
        and max(widths) - min(widths) <= _ALIKE
        and columns_of(last.strip()) <= max(widths) + _ALIKE
        and last.rstrip()[-1:] in tuple("。!?;”)")
    )


def _in_mid_sentence(before: TextLine, after: TextLine) -> bool:
    ends, begins = before.text.rstrip(), after.text.strip()
    if _HYPHENATED.search(ends) and begins[0].islower():
        return True
    return _WORDS.fullmatch(ends[-1] + begins[0]) is not None or _EDGE.search(f"{ends[-1]}\n{begins[0]}") is not None
