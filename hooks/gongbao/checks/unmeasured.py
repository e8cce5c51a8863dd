"""Numbers without a unit of measure, ``figure.unit``, with the unit that the text, the indicator or the name gives.

The value of an outcome without a unit is in the unit of the commitment's target. ``outcome.unit``: a unit that measures
another thing than the target.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ..problems.field_paths import written_name
from ..problems.problem import Problem, field_of
from ..records.measures import KNOWN_UNITS, convert, dimension, is_known_unit
from ..records.nodes import added_field, has_chinese_names
from ..records.quantities import Figure, Measured
from ..records.record import Record
from ..records.vocabulary import Vocabulary
from ..text.display import shortest_number
from ..text.figure_views import measure_of, measured_name
from .case import Case, problem_at
from .figure_names import is_total

_UNITS = "|".join(sorted(map(re.escape, KNOWN_UNITS), key=len, reverse=True))
_MEASURE = re.compile(rf"[余多]?(?P<unit>[十百千]?[万亿]{{0,2}}(?:{_UNITS})(?!次))")
_BY_NAME = {
    "人次": "人次",
    "人数": "人",
    "户数": "户",
    "家数": "家",
    "件数": "件",
    "次数": "次",
    "场数": "场",
    "率": "%",
}
_IN_BRACKETS = re.compile(r"[（(](?:单位[:：])?([^（）()]{1,5})[)）]$")
_ONE = Decimal(1)
_NEAR = 12  # signs between a figure's name and its number in the text


def check(record: Record, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield a problem for every figure and every target with a number and no unit."""
    if record.withdrawn:
        return
    for at, figure in enumerate(record.figures):
        if not figure.unit and not is_total(figure) and (number := _number(figure)) is not None:
            yield _of_measured(record, ("figures", at), figure, number, vocabulary)
    for at, commitment in enumerate(record.commitments):
        if commitment.target and not commitment.target.unit:
            steps = ("commitments", at, "target")
            yield _of_measured(record, steps, commitment.target, commitment.target.value, vocabulary)


def check_outcomes(case: Case) -> Iterator[Problem]:
    """Yield a problem for every outcome whose number has no unit, or one that does not measure what the target does."""
    places = {id(one): at for record in case.archive.records for at, one in enumerate(record.outcomes)}
    for promise in case.archive.promises:
        target, text = promise.commitment.target, promise.commitment.text
        meant = (measure_of(target, case.archive.vocabulary) if target else None) or ""
        for record, outcome in promise.outcomes:
            steps = ("outcomes", places[id(outcome)])
            if outcome.value is not None and not outcome.unit and not target:
                yield _problem(record, steps, text, outcome.value)
            if outcome.unit and meant and convert(_ONE, outcome.unit, meant) is None:
                yield problem_at(record, "outcome.unit", (*steps, "unit"), outcome.unit, name=text, unit=meant)


def _number(figure: Figure) -> Decimal | None:
    """Return the first number of a figure that needs the figure's unit. Shares, places and parts may need none."""
    if figure.value is not None:
        return figure.value
    bare = [part.value for part in (*figure.parts, *figure.among) if not part.unit]
    if bare:
        return bare[0]
    amounts = (figure.target, figure.previous, figure.change)
    return next((one.value for one in amounts if one), None) if figure.percent is None else None


def _of_measured(
    record: Record, steps: Sequence[str | int], measured: Measured, number: Decimal, vocabulary: Vocabulary
) -> Problem:
    name = measured_name(measured, vocabulary)
    return _problem(record, steps, name, number, _other_unit(measured, name, vocabulary))


def _problem(record: Record, steps: Sequence[str | int], name: str, number: Decimal, other: str = "") -> Problem:
    """Return the problem of a number. ``other`` is the unit that its indicator or its name gives, if any."""
    written = shortest_number(number)
    near, anywhere = _units_in_text(record, name, written)
    fits = not other or (anywhere and dimension(anywhere) == dimension(other))
    unit = near or (anywhere if fits else other)
    holder = record.node(*steps)
    quoted = f'"{unit}"' if unit.startswith(("%", "％")) else unit
    suggestion = f"{written_name('unit', chinese=has_chinese_names(holder))}: {quoted}" if unit else ""
    values = {"name": name, "figure": field_of(steps), "suggestion": suggestion}
    problem = problem_at(record, "figure.unit", (*steps, "value"), written, **values)
    if suggestion:
        return replace(problem, fix=added_field(holder, suggestion, ("value", "label", "indicator")))
    return problem


def _other_unit(measured: Measured, name: str, vocabulary: Vocabulary) -> str:
    """Return the unit of a figure's indicator, or that which its name ends with: 人次, or （户）."""
    if measured.indicator:
        return vocabulary.indicators[measured.indicator].unit
    if (found := _IN_BRACKETS.search(name)) and is_known_unit(found[1]):
        return found[1]
    return next((unit for ending, unit in _BY_NAME.items() if name.endswith(ending)), "")


def _units_in_text(record: Record, name: str, number: str) -> tuple[str, str]:
    """Return the unit that the record's text writes after a number: beside the figure's name, and everywhere.

    Either is empty if there is none, or if there are several.
    """
    promised = (commitment.text for commitment in record.commitments)
    text = "\n".join((record.title, record.summary or "", record.text, *promised))
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    near: set[str] = set()
    anywhere: set[str] = set()
    for found in re.finditer(rf"(?<![\d.]){re.escape(number)}(?![\d.])\s?", text):
        measure = _MEASURE.match(text, found.end())
        if measure:
            anywhere.add(measure["unit"])
            around = text[max(0, found.start() - len(name) - _NEAR) : measure.end() + len(name) + _NEAR]
            if name in around:
                near.add(measure["unit"])
    return _only(near), _only(anywhere)


def _only(units: set[str]) -> str:
    return next(iter(units)) if len(units) == 1 else ""
