"""Contradictions in a series: ``series.falling``, ``series.conflict``, ``series.twice`` and ``series.children``."""

from __future__ import annotations

from collections.abc import Iterator

from ..archive.points import Placed, Point
from ..archive.series import conflicts, falls, unlike_sums
from ..problems.problem import Problem
from ..text.display import shortest_number
from .case import Case, problem_at


def check(case: Case) -> Iterator[Problem]:
    """Yield a problem for each contradiction. There are none while a record is missing that might explain one."""
    if not case.complete:
        return
    vocabulary = case.archive.vocabulary
    for (slug, _), points in case.series.items():
        indicator = vocabulary.indicators[slug]
        for before, after in conflicts(points):
            yield _problem("series.conflict", before, after)
        for point in points:
            yield from _twice(point, vocabulary.indicators[slug].title.text(vocabulary.language))
        if indicator.basis == "cumulative":
            for before, after in falls(points, indicator):
                yield _problem("series.falling", before, after)
    yield from _children(case)


def _problem(rule: str, before: Point, after: Point) -> Problem:
    """Return a problem of two points that names both values in the unit of the later one."""
    later = after.figure.for_
    carried = rule == "series.conflict" and later and later.id != after.record.period.id
    return problem_at(
        after.record,
        rule,
        ("figures", after.index, "value"),
        shortest_number(after.figure.value if after.is_sum and after.figure.value is not None else after.printed),
        printed=_with_parts(after, shortest_number(after.printed)),
        other=_with_parts(before, shortest_number(after.in_own_unit(before.value))),
        difference=shortest_number(abs(after.in_own_unit(after.value - before.value))),
        where=before.record.path,
        unit=after.unit,
        figure=f"figures[{after.index}]",
        carried=later.id if later and carried else "",
        own=after.record.period.id,
    )


def _with_parts(point: Point, shown: str) -> str:
    """Return a point's number with the numbers that it is the sum of, as they stand in the files."""
    values = [placed.figure.value for placed in point.placed if placed.figure.value is not None]
    return f"{shown}（{'＋'.join(map(shortest_number, values))}）" if point.is_sum and values else shown


def _twice(point: Point, name: str) -> Iterator[Problem]:
    """Yield a problem for each instalment of a sum that has the day and the number of another before it."""
    seen: dict[object, Placed] = {}
    for one in point.placed:
        figure, day = one.figure, one.figure.as_of or one.record.date
        alike = (figure.value, figure.unit, figure.bound, figure.note, day.text if day else one.record.id)
        if figure.value is not None and (first := seen.setdefault(alike, one)) is not one:
            yield problem_at(
                one.record,
                "series.twice",
                ("figures", one.index, "value"),
                shortest_number(figure.value),
                name=name,
                printed=shortest_number(figure.value),
                unit=figure.unit or point.unit,
                where=first.record.path,
                line=str(first.record.mark("figures", first.index, "value").line),
            )


def _children(case: Case) -> Iterator[Problem]:
    """Find the values of a parent unit that differ from the sum of its reporting subordinates."""
    vocabulary = case.archive.vocabulary
    for slug, unit in case.series:
        indicator, parent = vocabulary.indicators[slug], vocabulary.units[unit]
        for point, added in unlike_sums(case.series, indicator, parent, case.archive):
            yield problem_at(
                point.record,
                "series.children",
                ("figures", point.index, "value"),
                shortest_number(point.printed),
                printed=shortest_number(point.printed),
                reckoned=shortest_number(point.in_own_unit(added.value)),
                difference=shortest_number(abs(point.in_own_unit(added.value - point.value))),
                reported=str(len(added.reported)),
                expected_count=str(len(added.expected)),
                unit=point.unit,
            )
