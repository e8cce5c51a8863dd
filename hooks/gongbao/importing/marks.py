"""The pieces of a document: what stands between one mark of an item (一、 （一） 1. ①) and the next.

A mark may stand at the beginning of a line or behind the end of a sentence. Lines broken in mid-sentence are joined.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..records.numerals import numeral_value
from .documents import DocumentLine, SourceText

Span = tuple[int, int]
_HAN = "[一二三四五六七八九十]{1,3}"
# Every form of a mark, each a group of its own name. The number is what is left without the signs around it.
_FORMS = (
    rf"(?P<part>第{_HAN}(?:部分|章|篇)[、：:.]?)"
    rf"|(?P<han>{_HAN} ?[、．.，](?![一二三四五六七八九十]))"
    rf"|(?P<hanparen>[（(]{_HAN}[）)][、.．]?)"
    r"|(?P<points>\d{1,2}(?:[.．]\d{1,2}){1,3}(?:[、.．]|(?=[\s\u3000一-鿿“《])))(?![万亿元%％个名人户家件次场月年日])"
    r"|(?P<digit>\d{1,2} ?(?:、|[.．](?!\d)|[.．](?=\d{1,2}月|(?:19|20)\d\d年)))"
    r"|(?P<paren>[（(]\d{1,2}[）)][、.．]?)"
    r"|(?P<half>\d{1,2}[）)])"
    r"|(?P<circle>[①-⑳][、.．]?)"
    r"|(?P<word>第[一二三四五六七八九十][，,、]|[一二三四五六七八九十]\n?是)"
)
_AT_START = re.compile(rf"[\s\u3000]*(?:[-•●◆■·*]\s*)?(?:{_FORMS})\s*")
_WITHIN = re.compile(rf"(?<=[。；;！!？?])[\s\u3000]*(?:{_FORMS})|(?<=：)(?P<list>一、|[1１]、)")
_PLAN_WITHIN = re.compile(
    r"(?P<plan>(?:下半年|下一步|下步|今后|明年|下阶段)的?(?:主要)?工作?(?:重点|计划|打算|安排|思路|要点|目标|措施)[：:]?)(?=1、|一、|（一）|1[.．])"
)
# What leads to a plan's items: 下半年，我们将重点做好以下工作：
PLAN_LEAD = re.compile(
    r"[\s\u3000]*(?P<plan>(?:下半年|下一步|下步|今后|明年|下阶段|下一?学期)[^。；：:了\d]{0,36}(?:工作|方面|任务|事情?)[：:])"
)
_ITEMS = re.compile(r"\s*(?:1、|一、|[（(][一1][）)]|1[.．]|1[)）]|①|一是)")
_WORD_LIST = re.compile(r"(?<![^。；;：:\s])(?P<word>[一二三四五六七八九]\n?是)")
_NUMBER = re.compile(r"[①-⑳]|\d+|[一二三四五六七八九十]+")
_ENDS = re.compile(r"[。！？!?：:；;…][”’」』）)]*\s*$")
_NEVER_BEGINS = re.compile(r"[，。；、）”’》！？]")
_CLAUSE = re.compile("[，。；、]")
_SENTENCE = re.compile("[。；]")
_DATE_LINE = re.compile(r"[\s\u3000]*(?:\d{4}|[二〇○零一二三四五六七八九]{4})年.{1,14}日[\s\u3000]*$")
_LONG = 32  # signs: a longer line with clauses that does not end a sentence goes on in the next
_CUT = 15  # signs: a line of this length with the end of a sentence within it goes on, too
_HANGING = "较的和与及在将把为共之其从由向给并或"  # no heading ends with one of these
_SHORTEST_POINT = 12  # signs of what follows 一是, if it is a matter of its own


@dataclass(frozen=True, slots=True)
class SourcePiece:
    """A piece of a document: its mark, its text, and the lines that it begins with.

    ``form`` is empty without a mark, ``number`` is then 0. ``begins_line`` is false for a piece within a line. A row of
    a table has the table's number in ``table``.
    """

    form: str
    number: int
    mark: Span
    text: Span
    level: int | None
    begins_line: bool
    table: int = 0


def pieces_of(source: SourceText) -> list[SourcePiece]:
    """Return the pieces of a document, in its order. They cover all its text but the space between them."""
    paragraphs = [*_paragraphs(source)]
    points = {*_points_in_lines(source.text, [lines[0].start for lines in paragraphs])}
    return [piece for lines in paragraphs for piece in _split(source.text, lines, points)]


def _points_in_lines(text: str, starts: Sequence[int]) -> Iterator[int]:
    """Yield the places of 一是, 二是 … that each begin a paragraph, one right behind the other."""
    found = [_AT_START.match(text, start) for start in starts]
    numbers = [numeral_value(_number_in(one["word"])) if one and one["word"] else 0 for one in found]
    for start, before, number, after in zip(starts, [0, *numbers], numbers, [*numbers[1:], 0], strict=False):
        if number and (number == before + 1 > 1 or after == number + 1):
            yield start


def _paragraphs(source: SourceText) -> Iterator[Sequence[DocumentLine]]:
    """Yield the lines that make a paragraph together."""
    width = _wrapped_at(source)
    open_lines: list[DocumentLine] = []
    for line in source.lines:
        if open_lines and not _goes_on(source, open_lines[-1], line, width):
            yield open_lines
            open_lines = []
        open_lines.append(line)
    if open_lines:
        yield open_lines


def _wrapped_at(source: SourceText) -> int:
    """Return the width at which every line of a text was broken, or 0 if paragraphs are whole lines."""
    lengths = sorted((line.end - line.start for line in source.lines if not line.table), reverse=True)
    if len(lengths) < 6 or not 20 <= lengths[0] <= 60:
        return 0
    return lengths[0] - 2 if sum(length >= lengths[0] - 2 for length in lengths) >= max(4, len(lengths) // 3) else 0


def _goes_on(source: SourceText, before: DocumentLine, line: DocumentLine, width: int) -> bool:
    """Whether a line is the rest of the sentence of the line before."""
    if before.table or line.table or (line.level is not None and not line.soft):
        return False
    last, text = source.of(before).rstrip(), source.of(line)
    if _NEVER_BEGINS.match(text):
        return True
    if _ENDS.search(last) or mark_at_start(text) or _DATE_LINE.match(text):
        return False
    if line.soft:
        return True
    if before.level is not None:
        return False
    if last[-1] in "，、" and len(last) > 10:
        return True
    indented = text.startswith("\u3000\u3000") and not source.of(before).startswith("\u3000\u3000")
    return not indented and (
        (len(last) >= _LONG and bool(_CLAUSE.search(last)))
        or (len(last) >= _CUT and bool(_SENTENCE.search(last) or last[-1] in _HANGING))
        or bool(width and before.end - before.start >= width)
    )


def mark_at_start(text: str) -> re.Match[str] | None:
    """Return the mark with which a text begins, or None. 十二点二, 12.2万元 and 一是 without more are none."""
    return _AT_START.match(text)


def _split(text: str, lines: Sequence[DocumentLine], starts: Container[int]) -> Iterator[SourcePiece]:
    """Yield the pieces of a paragraph. ``starts`` are those of paragraphs that begin with 一是 in a list of such."""
    start, end, first = lines[0].start, lines[-1].end, lines[0]
    if first.table:
        yield SourcePiece("", 0, (start, start), (start, end), None, True, first.table)
        return
    points = {*_points(text, start, end)}
    cuts = [start, *sorted({*_cuts(text, start, end), *points} - {start}), end]
    for at, (left, right) in enumerate(pairwise(cuts)):
        found = _AT_START.match(text, left, right)
        if found and found.end() < right and (found.lastgroup != "word" or left in points or left in starts):
            form = str(found.lastgroup)
            number = numeral_value(_number_in(found[form]))
            yield SourcePiece(form, number, (left, found.end()), (found.end(), right), first.level, at == 0)
        elif text[left:right].strip():
            yield SourcePiece("", 0, (left, left), (left, right), first.level if at == 0 else None, at == 0)


def _number_in(mark: str) -> str:
    found = _NUMBER.findall(mark)
    return found[-1] if found else ""


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the places within a paragraph at which a new piece begins."""
    last: dict[str, int] = {}
    if first := _AT_START.match(text, start, end):
        last[str(first.lastgroup)] = numeral_value(_number_in(first[str(first.lastgroup)]))
    closed = set[str]()  # forms whose numbers count things within a sentence: 结果：1、…2、…
    marks = {one.start(): one for pattern in (_PLAN_WITHIN, _WITHIN) for one in pattern.finditer(text, start, end)}
    marks |= {one.start(): one for one in PLAN_LEAD.finditer(text, start, end) if _ITEMS.match(text, one.end(), end)}
    for at, found in sorted(marks.items()):
        form = str(found.lastgroup)
        if form == "word":
            continue
        if form == "plan":
            last.clear()
            closed.clear()
            if at > start:
                yield at
            if found.end() < end:
                yield found.end()
            continue
        if form == "list":
            if found["list"] == "一、" and "han" not in last:
                last["han"] = 1
                yield at
            elif found["list"] != "一、":
                closed.add("digit")
            continue
        number = numeral_value(_number_in(found[form]))
        if form in closed or (form == "digit" and text[found.end() : found.end() + 1].isdigit() and number > 9):
            continue
        if number == 1 or number == last.get(form, number - 1) + 1:
            last[form] = number
            yield at


def _points(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the places of 一是, 二是 … if each of them begins a matter of its own, of a sentence or more."""
    found = [*_WORD_LIST.finditer(text, start, end)]
    if len(found) < 2 or [numeral_value(one["word"][0]) for one in found] != [*range(1, len(found) + 1)]:
        return
    bounds = [one.start() for one in found]
    texts = [text[left:right] for left, right in zip(bounds, [*bounds[1:], end], strict=True)]
    if all(len(one) > _SHORTEST_POINT and re.search("[。；;]\\s*$|[。；;].", one) for one in texts[:-1]):
        yield from bounds
