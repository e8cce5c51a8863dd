"""Figures far out of scale, ``figure.scale``: 万 too much or too little, a shifted decimal point, a wrong unit.

A figure is suspicious in four cases. It is outside the indicator's range. It is ten times or ten thousand times the
neighbouring value of its series, or that part of it. It is a hundred times the nearest value of its series, or more,
or a hundredth of it. Or it is a hundred times every other figure of the same dimension that its unit reports in the
period. The last case does not count if another record has a similar value of the indicator: 3,650 insured persons
beside 35 visits are not strange if another unit insures 8,168. That cannot be known while a record is missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ..archive.points import Point
from ..archive.series import neighbours, settled
from ..problems.problem import Problem
from ..records.measures import base_value, dimension
from ..records.periods import Period
from ..records.record import Record
from ..text.display import period_title, shortest_number
from ..text.figure_views import measure_of
from .case import Case, problem_at

HUNDREDFOLD = 100
_SLIPS = (Decimal(10), Decimal(10000))
_LEEWAY = Decimal("0.2")


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A suspicious figure: its record, its place in it, its value in words, and what the value is compared with."""

    record: Record
    index: int
    printed: str
    other: str


def check(case: Case) -> Iterator[Problem]:
    """Yield one problem for each suspicious figure, of the first case that finds it."""
    reported: set[tuple[str, int]] = set()
    far_above = _far_above(case) if case.complete else ()
    for found in (*_out_of_range(case), *_slipped(case), *_far_apart(case), *far_above):
        if (found.record.id, found.index) not in reported:
            reported.add((found.record.id, found.index))
            steps = ("figures", found.index, "value")
            texts = {"printed": found.printed, "other": found.other}
            yield problem_at(found.record, "figure.scale", steps, found.printed, **texts)


def _of_point(point: Point, other: Point, case: Case) -> Suspicion:
    """Return the suspicion of a point beside another one of its series."""
    language = case.archive.vocabulary.language
    beside = f"{period_title(other.period, language)} {_printed(other.printed, other.unit)}"
    return Suspicion(point.record, point.index, _printed(point.printed, point.unit), beside)


def _printed(value: Decimal, unit: str) -> str:
    """Return a value with its unit, as the record has it."""
    return f"{shortest_number(value)} {unit}".strip()


def _out_of_range(case: Case) -> Iterator[Suspicion]:
    for (slug, _), points in case.series.items():
        indicator = case.archive.vocabulary.indicators[slug]
        low, high = (indicator.range.min, indicator.range.max) if indicator.range else (None, None)
        for point in points:
            if (low is not None and point.value < low) or (high is not None and point.value > high):
                limits = "–".join("" if limit is None else shortest_number(limit) for limit in (low, high))
                printed = _printed(point.printed, point.unit)
                yield Suspicion(point.record, point.index, printed, f"{limits} {indicator.unit}")


def _slipped(case: Case) -> Iterator[Suspicion]:
    for (slug, _), points in case.series.items():
        for before, after in neighbours(points, case.archive.vocabulary.indicators[slug]):
            ratio = _ratio(before, after)
            if ratio and any(abs(ratio / slip - 1) <= _LEEWAY for slip in _SLIPS):
                yield _of_point(after, before, case)


def _far_apart(case: Case) -> Iterator[Suspicion]:
    """Find the points that are a hundred times the nearest point of their series, halves and whole years alike.

    Only points above zero can be compared so.
    """
    for (slug, _), points in case.series.items():
        indicator = case.archive.vocabulary.indicators[slug]
        dated = [point for point in settled(points) if point.period.year is not None]
        for before, after in pairwise(point for point in dated if point.value > 0):
            ratio = _ratio(before, after)
            if ratio and ratio >= HUNDREDFOLD and not indicator.breaks_between(before.period, after.period):
                yield _of_point(after, before, case)


def _ratio(point: Point, other: Point) -> Decimal | None:
    """Return how many times the smaller of two values the larger one is. None if one is not above zero."""
    if min(point.value, other.value) <= 0:
        return None
    return max(point.value, other.value) / min(point.value, other.value)


def _far_above(case: Case) -> Iterator[Suspicion]:
    groups: dict[tuple[str, Period, str], list[tuple[Decimal, Record, int, str]]] = defaultdict(list)
    for record in case.archive.records:
        for index, figure in enumerate(record.figures):
            unit = measure_of(figure, case.archive.vocabulary)
            if figure.value is not None and unit:
                key = (record.unit, record.period, dimension(unit))
                printed = _printed(figure.value, unit)
                groups[key].append((base_value(figure.value, unit), record, index, printed))
    for group in groups.values():
        group.sort(key=lambda entry: entry[0])
        if len(group) > 1 and group[-1][0] >= HUNDREDFOLD * group[-2][0] > 0:
            (_, _, _, beside), (_, record, index, printed) = group[-2:]
            if not _known_elsewhere(case, record, index):
                yield Suspicion(record, index, printed, beside)


def _known_elsewhere(case: Case, record: Record, index: int) -> bool:
    """Whether another record has a value of the figure's indicator that differs by a factor of ten at most."""
    slug = record.figures[index].indicator
    every = [point for (indicator, _), points in case.series.items() if indicator == slug for point in points]
    own = next((one for one in every if any(at.record is record and at.index == index for at in one.placed)), None)
    others = [point.value for point in every if point is not own and point.record is not record and point.value > 0]
    return own is not None and any(max(own.value, other) <= 10 * min(own.value, other) for other in others)
