"""``leftover.numbering``: a numbered series that skips a number or has one twice.

All numbers of a series have one form (一、 （一） 1、 1. 第一， 一是 …). Series nest in the order in which their forms
appear, and a number of an outer series ends the series within it. A series may begin with any number, because a text
may be a part of another text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...records.numerals import NUMERAL, numeral_value
from ..blocks import TextLine, lines, narrow_prose
from ..passages import Hit, Passage, in_passages

# Numbers at the start of a line.
_AT_START = re.compile(
    rf"(?P<han>{NUMERAL}{{1,3}})、|\((?P<bracket>{NUMERAL}{{1,3}})\)|(?P<comma>\d{{1,2}})、|(?P<point>\d{{1,2}})\.(?!\.)"
    rf"|(?P<half>\d{{1,2}})\)|\((?P<digit>\d{{1,2}})\)|第(?P<th>{NUMERAL}{{1,3}})[,、:]|(?P<circle>[①-⑳])"
)
# Numbers within a line, at the start of a clause.
_RUNNING = re.compile(
    rf"(?:^|(?<=[。;:,!?\s(“]))(?:(?P<shi>{NUMERAL}{{1,3}})是(?!否)|(?P<yao>{NUMERAL}{{1,3}})要(?!求)|第(?P<th>{NUMERAL}{{1,3}})[,、])"
    r"|(?<=[。;:])\s?(?:(?P<comma>\d{1,2})、|\((?P<digit>\d{1,2})\)|(?P<circle>[①-⑳]))",
)
# The numbers within a line begin so, and in most lines nothing does.
_RUNNING_SIGN = re.compile(rf"[{NUMERAL[1:-1]}第。;:](?:[是要]|{NUMERAL}{{1,3}}[,、]|\s?[\d(①-⑳])")
# Every number has one of these signs around it.
_SIGN = re.compile(rf"[\d{NUMERAL[1:-1]}][、,.):是要]|[①-⑳]")
_WORDS = {"shi", "yao", "th"}
_BEFORE_MARK = re.compile(r"\*{0,3}_{0,2}")


@dataclass(frozen=True, slots=True)
class _SeriesNumber:
    form: str
    number: int
    start: int
    end: int
    sure: bool  # false if digits follow: 3、2014年 has a number of a series, 3、4月份 has none


@dataclass(slots=True)
class _Series:
    form: str
    last: int
    maybe: int = 0


def find(passage: Passage) -> Iterator[Hit]:
    """Find the numbers that do not follow the one before them in their series."""
    opened: list[_Series] = []
    for one in _numbers(passage):
        place = next((at for at, series in enumerate(opened) if series.form == one.form), None)
        if not one.sure:
            if place is not None and one.number == opened[place].last + 1:
                opened[place].maybe = one.number
            continue
        if place is None:
            opened.append(_Series(one.form, one.number))
            continue
        del opened[place + 1 :]
        series = opened[place]
        wanted = max(series.last, series.maybe) + 1
        if one.number not in (1, wanted, series.last + 1):
            written = passage.text[one.start : one.end]
            yield Hit(one.start, one.end, written, (("last", str(series.last)), ("number", str(one.number))))
        series.last, series.maybe = one.number, 0


def _numbers(passage: Passage) -> Iterator[_SeriesNumber]:
    if not _SIGN.search(narrow_prose(passage)):
        return
    for line in lines(passage):
        if line.kind in ("blank", "code", "row"):
            continue
        first = _at_start(line)
        begun = {first.form} if first else set()
        if first:
            yield first
        if not _RUNNING_SIGN.search(line.text):
            continue
        for found in _RUNNING.finditer(line.text, first.end - line.start if first else 0):
            one = _number(line, found, "")
            # Within a line, digits count only if their series began in the same line: 重点1、 is no such start.
            if one.form not in _WORDS and one.number != 1 and one.form not in begun:
                one = replace(one, sure=False)
            begun |= {one.form} if one.sure else set()
            yield one


def _at_start(line: TextLine) -> _SeriesNumber | None:
    """Return the number before a line's words. Markdown's own 3. and 3) have a form for each indentation."""
    if line.mark[:1].isdigit():
        found = _AT_START.match(line.text, line.text.index(line.mark))
        return _number(line, found, f" {line.indent}" if line.indent > 1 else "") if found else None
    at = _BEFORE_MARK.match(line.text, line.at)
    found = _AT_START.match(line.text, at.end() if at else line.at)
    return _number(line, found, "") if found else None


def _number(line: TextLine, found: re.Match[str], level: str) -> _SeriesNumber:
    form = str(found.lastgroup)
    follows = line.text[found.end() : found.end() + 1]
    digits = form in ("comma", "point") and follows.isdigit()
    numerals = form == "han" and re.match(NUMERAL, follows) is not None
    return _SeriesNumber(
        form + level,
        numeral_value(found[form]),
        line.start + found.start(form),
        line.start + found.end(),
        not (digits or numerals),
    )


check = in_passages("leftover.numbering", find)
