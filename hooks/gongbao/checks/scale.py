"""A figure far out of scale, ``figure.scale``: a slipped 万, a slipped decimal, a unit that can't be right.

Three measures: the indicator's stated range; ten times or ten thousand times the neighbouring value of its
series; a hundred times everything else that its unit reports in the same dimension and period. The last needs
`ENOUGH` other values to say anything, and is silent where the same indicator has a like value elsewhere: 3,650
insured beside 35 visited is nothing strange where another unit insures 8,168.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from ..figure_views import measure_of
from ..measures import base_value, dimension
from ..periods import Period
from ..problems import Problem
from ..records import Record
from ..series import neighbours
from .case import Case, plain, problem_at

ENOUGH = 3
HUNDREDFOLD = 100
_SLIPS = (Decimal(10), Decimal(10000))
_LEEWAY = Decimal("0.2")


def check(case: Case) -> Iterator[Problem]:
    """Yield each suspicious figure once, by the first measure that finds it."""
    told: set[tuple[str, int]] = set()
    for found in (*_out_of_range(case), *_slipped(case), *_far_above(case)):
        key = (found[0].id, found[1])
        if key not in told:
            told.add(key)
            record, index, value, other, unit = found
            yield problem_at(
                record, "figure.scale", ("figures", index, "value"), value, printed=value, other=other, unit=unit
            )


def _out_of_range(case: Case) -> Iterator[tuple[Record, int, str, str, str]]:
    for (slug, _), row in case.series.items():
        indicator = case.archive.vocabulary.indicators[slug]
        low, high = (indicator.range.min, indicator.range.max) if indicator.range else (None, None)
        for point in row:
            if (low is not None and point.value < low) or (high is not None and point.value > high):
                limit = f"{'' if low is None else plain(low)}–{'' if high is None else plain(high)}"
                yield point.record, point.index, plain(point.value), limit, indicator.unit


def _slipped(case: Case) -> Iterator[tuple[Record, int, str, str, str]]:
    for (slug, _), row in case.series.items():
        indicator = case.archive.vocabulary.indicators[slug]
        for before, after in neighbours(row, indicator):
            if before.value > 0 and after.value > 0:
                ratio = max(before.value, after.value) / min(before.value, after.value)
                if any(abs(ratio / slip - 1) <= _LEEWAY for slip in _SLIPS):
                    yield after.record, after.index, plain(after.value), plain(before.value), indicator.unit


def _far_above(case: Case) -> Iterator[tuple[Record, int, str, str, str]]:
    groups: dict[tuple[str, Period, str], list[tuple[Decimal, Record, int]]] = defaultdict(list)
    for record in case.archive.records:
        for index, figure in enumerate(record.figures):
            unit = measure_of(figure, case.archive.vocabulary)
            if figure.value is not None and unit:
                key = (record.unit, record.period, dimension(unit))
                groups[key].append((base_value(figure.value, unit), record, index))
    for group in groups.values():
        group.sort(key=lambda entry: entry[0])
        if len(group) > ENOUGH and group[-1][0] >= HUNDREDFOLD * group[-2][0] > 0:
            value, record, index = group[-1]
            if _known_elsewhere(case, record, index):
                continue
            unit = measure_of(record.figures[index], case.archive.vocabulary) or ""
            yield record, index, plain(value), plain(group[-2][0]), _base_unit(unit)


def _known_elsewhere(case: Case, record: Record, index: int) -> bool:
    """Whether the figure's indicator has a value within ten times of this one, in another record."""
    slug = record.figures[index].indicator
    rows = [row for (indicator, _), row in case.series.items() if indicator == slug]
    every = [point for row in rows for point in row]
    own = next((point for point in every if point.record is record and point.index == index), None)
    others = [point.value for point in every if point.record is not record and point.value > 0]
    return own is not None and any(max(own.value, other) <= 10 * min(own.value, other) for other in others)


def _base_unit(unit: str) -> str:
    return "元" if dimension(unit) == "money" else unit
