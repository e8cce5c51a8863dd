"""Figures in a record's text: ``text.figure`` finds braces without a figure, ``figure.prose`` contradictions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from ..problems.names import bound_of
from ..problems.problem import Problem
from ..problems.spelling import near
from ..records.intervals import Interval, allowed
from ..records.number_phrases import LESS, MORE
from ..records.quantities import Figure
from ..records.record import Record
from ..records.vocabulary import Vocabulary
from ..records.yamltree import Text
from ..text.display import shortest_number
from ..text.figure_views import measure_of, measured_name
from ..text.fills import fills, names_of
from .case import problem_at
from .passages import Hit, Passage, body_of, problem_in
from .told_numbers import NO_LONGER, NUMBER, numbers_beside, told_number

_ENDS = re.compile(r"[。；！？\n]")
_POINTS = {"%": "个百分点", "％": "个百分点", "‰": "个千分点"}
_OF_TIME = frozenset("年月日号时点岁")  # they also count days, documents and people's years


def check(record: Record, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield a problem for each place where a record's text does not agree with its figures."""
    if record.withdrawn:
        return
    yield from _braces(body_of(record), vocabulary)
    yield from contradictions(record, vocabulary)


def contradictions(record: Record, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield a problem for each number in a record's text that its figures contradict."""
    texts = [Passage(record, (name,), getattr(record, name) or "") for name in ("title", "summary")]
    for passage in (*texts, body_of(record)):
        for figure in record.figures:
            yield from _contradicted(passage, figure, vocabulary)
    for at, figure in enumerate(record.figures):
        yield from _turned_round(record, at, figure, vocabulary)


def _braces(body: Passage, vocabulary: Vocabulary) -> Iterator[Problem]:
    record = body.record
    known = sorted({name for figure in record.figures for name in names_of(figure, vocabulary)})
    names = "、".join(measured_name(figure, vocabulary) for figure in record.figures)
    for fill in fills(record, vocabulary):
        if len(fill.figures) != 1:
            suggestion = "" if fill.figures else near(fill.name, known)
            values = (("count", str(len(fill.figures))), ("names", names), ("suggestion", suggestion))
            mended = f"{{{{ {suggestion} }}}}" if suggestion else None
            yield problem_in(body, "text.figure", Hit(fill.start, fill.end, fill.name, values, mended))


def _contradicted(passage: Passage, figure: Figure, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find the figure's name in the text beside numbers with its unit, if the figure contains none of them.

    A text that tells the figure's own number, or numbers that add up to it, may tell of its parts as well.
    """
    unit = measure_of(figure, vocabulary)
    if figure.value is None or not unit or unit in _OF_TIME:
        return
    if (called := measured_name(figure, vocabulary)) not in passage.text:
        return
    own = list(_numbers(figure))
    number = rf"{NUMBER} ?{re.escape(unit)}{'' if unit.endswith('次') else NO_LONGER}"
    if any(_meets(one, own) for one in re.finditer(number, passage.text)):
        return
    found = numbers_beside(passage.text, called, number)
    if len(found) > 1 and allowed(sum((told_number(one.found) for one in found), Decimal()), "exact").meets(own[0]):
        return
    told = {told_number(one) for one in re.finditer(number, passage.record.text)} if not passage.is_body else set()
    for words, one in found:
        if told_number(one) in told:  # the text has it as well, of a part: 其中五一走访困难职工8户
            continue
        values = (
            ("printed", f"{shortest_number(told_number(one))}{unit}"),
            ("figure", f"{shortest_number(figure.value)}{unit}"),
        )
        at = one.start("number")
        yield problem_in(passage, "figure.prose", Hit(at, at, words, values))


def _turned_round(record: Record, at: int, figure: Figure, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find a change that the sentence about its figure tells with the same number, but the other way round."""
    change, unit = figure.change, measure_of(figure, vocabulary)
    if change is None or not change.value or not unit:
        return
    unit = _POINTS.get(unit, unit)
    own, other = (LESS, MORE) if change.value < 0 else (MORE, LESS)
    called = measured_name(figure, vocabulary)
    names = {measured_name(one, vocabulary) for one in record.figures} - {called}
    number = rf"了?{re.escape(shortest_number(abs(change.value)))} ?{re.escape(unit)}"
    texts = (record.title, record.summary or "", record.text)
    if any(re.search(f"(?:{own}){number}", text) for text in texts):
        return
    for found in (found for text in texts for found in re.finditer(f"(?:{other}){number}", text)):
        before = _ENDS.split(found.string[: found.start()])[-1].rpartition(called)
        if not before[1] or any(name in before[2] for name in names):
            continue
        steps = ("figures", at, "change")
        right, node = f"{-change.value:f}", record.node(*steps)
        fix = node.fix(right) if isinstance(node, Text) else None
        values = {"printed": found[0], "figure": f"{change.value:+f}{unit}", "suggestion": right if fix else ""}
        yield replace(problem_at(record, "figure.prose", steps, found[0], **values), fix=fix)
        return


def _meets(found: re.Match[str], own: Iterable[Interval]) -> bool:
    said = allowed(told_number(found), bound_of(found["before"] or found["after"]))
    return any(said.meets(other) for other in own)


def _numbers(figure: Figure) -> Iterator[Interval]:
    """Yield the intervals of all numbers in a figure's unit: a text may name any of them."""
    for part in (figure, figure.target, figure.previous, figure.change, figure.of, *figure.parts, *figure.among):
        if part is not None and part.value is not None:
            yield allowed(part.value, part.bound)
