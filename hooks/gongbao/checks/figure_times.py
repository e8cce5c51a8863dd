"""``figure.period``: a figure's own time that is an earlier one, and was kept from the last half's record."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..problems.problem import Problem
from ..records.quantities import Figure
from ..records.record import Record
from ..records.vocabulary import Vocabulary
from ..text.display import shortest_number
from ..text.figure_views import measure_of
from .case import problem_at

_HALVES = {"h1": "上半年", "h2": "下半年"}
_SENTENCE = re.compile(r"[^。；;\n]+")


def check(record: Record, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find a period that the text contradicts, and a day before the period that the figure is filed under."""
    for at, figure in enumerate(() if record.withdrawn else record.figures):
        period = figure.for_ or record.period
        if figure.for_ and figure.for_ != record.period and _told_of_own_half(record, figure, vocabulary):
            yield _problem(record, ("figures", at, "for"), figure.for_.id)
        elif figure.as_of and figure.as_of.last and period.first_day and figure.as_of.last < period.first_day:
            yield _problem(record, ("figures", at, "as_of"), figure.as_of.text)


def _problem(record: Record, steps: tuple[str | int, ...], written: str) -> Problem:
    return problem_at(record, "figure.period", steps, written, period=record.period.id)


def _told_of_own_half(record: Record, figure: Figure, vocabulary: Vocabulary) -> bool:
    """Whether a sentence tells the figure's number as one of the folder's half."""
    half, unit = _HALVES.get(record.period.part, ""), measure_of(figure, vocabulary)
    if not half or not unit or figure.value is None:
        return False
    number = re.compile(rf"(?<![\d.]){re.escape(shortest_number(figure.value))} ?{re.escape(unit)}")
    told = (sentence[0] for sentence in _SENTENCE.finditer(record.text) if half in sentence[0])
    return any(number.search(sentence) for sentence in told)
