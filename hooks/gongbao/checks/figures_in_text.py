"""Figures in a record's text: ``text.figure`` finds braces without a figure, ``figure.prose`` contradictions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..problems.names import bound_of
from ..problems.problem import Problem
from ..problems.spelling import near
from ..records.intervals import Interval, allowed
from ..records.quantities import Figure
from ..records.record import Record
from ..records.vocabulary import Vocabulary
from ..text.display import shortest_number
from ..text.figure_views import measure_of, measured_name
from ..text.fills import fills, names_of
from .passages import Hit, Passage, body_of, problem_in

_NO_LONGER = r"(?!次|百分点|月|民币)"  # 12户次 is not 12户, and 8个百分点 is not 8个
_NUMBER = r"(?P<before>约|近)?(?P<number>\d[\d,]*(?:\.\d+)?) ?(?P<after>余|多)?"


def check(record: Record, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield a problem for each place where a record's text does not agree with its figures."""
    if record.withdrawn:
        return
    body = body_of(record)
    yield from _braces(body, vocabulary)
    for figure in record.figures:
        yield from _contradicted(body, figure, vocabulary)


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


def _contradicted(body: Passage, figure: Figure, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find the figure's name in the text beside a number with the figure's unit that the figure does not contain."""
    unit = measure_of(figure, vocabulary)
    if figure.value is None or not unit:
        return
    if (called := measured_name(figure, vocabulary)) not in body.text:
        return
    name = re.escape(called)
    number = rf"{_NUMBER} ?{re.escape(unit)}{'' if unit.endswith('次') else _NO_LONGER}"
    for pattern in (rf"{name}[^\d。；，、\n]{{0,4}}{number}", rf"{number}{name}"):
        for found in re.finditer(pattern, body.text):
            value = Decimal(found["number"].replace(",", ""))
            bound = bound_of(found["before"] or found["after"])
            said = allowed(value, bound)
            if not any(said.meets(other) for other in _numbers(figure)):
                values = (
                    ("printed", f"{shortest_number(value)}{unit}"),
                    ("figure", f"{shortest_number(figure.value)}{unit}"),
                )
                at = found.start("number")
                yield problem_in(body, "figure.prose", Hit(at, at, found[0], values))


def _numbers(figure: Figure) -> Iterator[Interval]:
    """Yield the intervals of all numbers in a figure's unit: a text may name any of them."""
    for part in (figure, figure.target, figure.previous, figure.change, figure.of, *figure.parts, *figure.among):
        if part is not None and part.value is not None:
            yield allowed(part.value, part.bound)
