"""``text.number``: a number in the title or the summary of which the text tells another one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..problems.problem import Problem
from ..records.measures import KNOWN_UNITS
from ..records.record import Record
from ..records.vocabulary import Vocabulary
from ..text.display import shortest_number
from ..text.figure_views import measured_name
from .passages import Hit, Passage, body_of, matches_from, problem_in
from .told_numbers import BEGINS_NUMBER, NO_LONGER, NUMBER, numbers_beside, told_number

_UNITS = "|".join(
    sorted((re.escape(unit) for unit in KNOWN_UNITS if unit not in "年月日天号期届次岁"), key=len, reverse=True)
)
_TOLD = re.compile(rf"{NUMBER} ?(?P<unit>[百千]?[万亿]{{0,2}}(?:{_UNITS})){NO_LONGER}")
_BEFORE, _BEHIND = re.compile(r"[\u4e00-\u9fff]{3,4}$"), re.compile(r"[\u4e00-\u9fff]{3,4}")
_WIDTH = 4  # characters of a name that are compared


def check(record: Record, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find such numbers. What a figure says is held against it elsewhere."""
    if record.withdrawn or not record.text or record.kind != "done":
        return
    figures = [measured_name(figure, vocabulary) for figure in record.figures]
    body = body_of(record)
    for steps in (("title",), ("summary",)):
        passage = Passage(record, steps, getattr(record, steps[0]) or "")
        for found in _TOLD.finditer(passage.text):
            if found["before"] or found["after"]:
                continue
            names = [name for name in _names(passage.text, found) if not any(name in figure for figure in figures)]
            if other := _other_number(body.text, names, found):
                values = (("printed", f"{shortest_number(told_number(found))}{found['unit']}"), ("other", other))
                yield problem_in(passage, "text.number", Hit(found.start("number"), found.end(), found[0], values))


def _names(text: str, found: re.Match[str]) -> Iterator[str]:
    """Yield what stands right before a number and right behind it: one of them is what it counts."""
    if before := _BEFORE.search(text, max(0, found.start() - _WIDTH), found.start()):
        yield before[0]
    if behind := _BEHIND.match(text, found.end()):
        yield behind[0]


def _other_number(text: str, names: list[str], found: re.Match[str]) -> str:
    """Return the one number in the same unit that a text gives to a name; empty if it tells the title's number."""
    unit = re.escape(found["unit"])
    every = {told_number(one) for one in matches_from(BEGINS_NUMBER, re.compile(rf"{NUMBER} ?{unit}"), text)}
    number = told_number(found)
    if not every or number in every or sum(every) == number:
        return ""
    for name in names:
        told = numbers_beside(text, name, rf"{NUMBER} ?{unit}", NO_LONGER)
        if len(told) == 1 and not told[0].found["before"] and not told[0].found["after"]:
            return f"{shortest_number(told_number(told[0].found))}{found['unit']}"
    return ""
