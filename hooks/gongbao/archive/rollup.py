"""The roll-up: what each unit and all units below it report of an indicator in a period, as increments.

Increments add up: those of any level can be made from the level below it alone. Where an indicator's ``aggregate`` is
``sum``, an increment is what the period itself adds, so that a year-to-date value counts without that of the half
before. Where it is ``last``, it is the difference from the unit's value before, and the sum of all increments up to a
period is the value.

A unit without subordinates states what it did itself. A unit with subordinates states a *total*, which is counted only
where nothing from below is known: for ``sum`` in that period, for ``last`` up to that period.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from typing import Literal, NamedTuple

from ..records.indicators import Indicator
from ..records.intervals import Interval
from ..records.measures import plain
from ..records.periods import Period
from ..records.vocabulary import Vocabulary
from .increments import Increment
from .points import Point
from .series import settled

Scope = Literal["own", "total"]
SCOPES: tuple[Scope, ...] = ("own", "total")


class StatedAmount(NamedTuple):
    """What a unit states of an indicator for a dated period, in the indicator's unit.

    Amounts of one ``run`` count up: each increment is the difference from the amount before it in the run.
    """

    unit: str
    indicator: str
    period: Period
    scope: Scope
    run: str
    amount: Decimal
    interval: Interval

    @property
    def exact(self) -> bool:
        """Whether it can mean the amount alone."""
        return self.interval.low == self.interval.high

    def ends(self) -> tuple[Decimal, Decimal, int, int]:
        """Return ``low``, ``high``, ``no_low`` and ``no_high``, as `Increment` has them."""
        low, high = self.interval.low, self.interval.high
        no_low, no_high = not low.is_finite(), not high.is_finite()
        return self.amount if no_low else low, self.amount if no_high else high, int(no_low), int(no_high)


def scope_of(unit: str, vocabulary: Vocabulary) -> Scope:
    """Return whether a unit states what it did itself, or a total with its subordinates or with what its site says."""
    return "total" if vocabulary.children(unit) or unit in vocabulary.units_with_sites else "own"


def stated_amounts(series: Mapping[tuple[str, str], Sequence[Point]], vocabulary: Vocabulary) -> Iterator[StatedAmount]:
    """Yield all statements of dated periods that nothing disputes, of indicators that are added up at all.

    A unit below one with a site of its own is left to that site.
    """
    parents = counted_parents(vocabulary)
    for (slug, unit), points in series.items():
        indicator, scope = vocabulary.indicators[slug], scope_of(unit, vocabulary)
        if indicator.aggregate == "none" or unit not in parents:
            continue
        dated = [point for point in settled(points) if point.period.year is not None]
        taken = {point.period for point in dated}
        for point in dated:
            period = point.period
            if indicator.aggregate == "last" and period.part == "year":
                period = Period(period.year, "h2")  # whose end is that of the year
                if period in taken:
                    continue
            run = _run(indicator, period)
            yield StatedAmount(unit, slug, period, scope, run, point.value, point.interval)


def counted_parents(vocabulary: Vocabulary) -> Mapping[str, str | None]:
    """Return each unit's parent, without the units below those that have sites of their own."""
    parents = {unit.slug: vocabulary.units[unit.parent].slug if unit.parent else None for unit in vocabulary.units}
    if not vocabulary.sites:
        return parents
    sited = vocabulary.units_with_sites
    return {unit: above for unit, above in parents.items() if sited.isdisjoint(_ancestors(unit, parents))}


def _run(indicator: Indicator, period: Period) -> str:
    if indicator.aggregate == "last":
        return "all"
    first = Period(period.year, "h1")
    counts_up = indicator.basis == "year-to-date" and period.part != "year"
    return period.year_name if counts_up and not indicator.breaks_between(first, period) else period.id


def roll_up(
    stated: Iterable[StatedAmount],
    from_below: Iterable[Increment],
    parents: Mapping[str, str | None],
    indicators: Mapping[str, Indicator],
) -> list[Increment]:
    """Return the increments of every unit with all units below it, in order of unit, indicator and period.

    ``from_below`` are those that sites of units have published of themselves. ``parents`` has every unit.
    """
    counted = [*from_below]
    known: dict[tuple[str, str], set[Period]] = defaultdict(set)  # the periods of which anything from below is known
    for row in counted:
        for unit in (row.unit, *_ancestors(row.unit, parents)):
            known[unit, row.indicator].add(row.period)
    runs: dict[tuple[str, str, Scope, str], list[StatedAmount]] = defaultdict(list)
    for one in stated:
        runs[one.unit, one.indicator, one.scope, one.run].append(one)
        for unit in _ancestors(one.unit, parents):
            known[unit, one.indicator].add(one.period)
    totals: dict[tuple[str, str], list[Increment]] = defaultdict(list)
    for (unit, slug, scope, _), run in runs.items():
        ordered = sorted(run, key=lambda one: one.period.order)
        increments = _differences(ordered, indicators[slug].aggregate == "last")
        (counted if scope == "own" else totals[unit, slug]).extend(increments)
    for (unit, slug), of_total in totals.items():
        counted += _where_alone(of_total, known[unit, slug], indicators[slug].aggregate == "last")
    added: dict[tuple[str, str, Period], Increment] = {}
    for row in counted:
        for unit in (row.unit, *_ancestors(row.unit, parents)):
            key = (unit, row.indicator, row.period)
            added[key] = added[key].plus(row) if key in added else row._replace(unit=unit)
    in_order = sorted(added.values(), key=lambda one: (one.unit, one.indicator, one.period.order))
    return [one._replace(amount=plain(one.amount), low=plain(one.low), high=plain(one.high)) for one in in_order]


def _ancestors(unit: str, parents: Mapping[str, str | None]) -> Iterator[str]:
    above = parents.get(unit)
    while above:
        yield above
        above = parents.get(above)


def _differences(run: Iterable[StatedAmount], last: bool) -> Iterator[Increment]:
    before: StatedAmount | None = None
    for one in run:
        if before is None:
            yield _increment(one)
        elif last:
            yield _increment(one).plus(_increment(before).negated())
        else:
            interval = one.interval.minus(before.interval)
            yield _increment(one._replace(amount=one.amount - before.amount, interval=interval))
        before = one


def _increment(one: StatedAmount) -> Increment:
    return Increment(one.unit, one.indicator, one.period, one.amount, 1, int(not one.exact), *one.ends())


def _where_alone(increments: Sequence[Increment], known: set[Period], last: bool) -> Iterator[Increment]:
    """Yield the increments of a total where nothing from below is known, and take it back where it begins to be."""
    if not last:
        yield from (one for one in increments if one.period not in known)
        return
    first = min(known, key=lambda period: period.order, default=None)
    alone = [one for one in increments if first is None or one.period.order < first.order]
    yield from alone
    if alone and first is not None:
        yield reduce(Increment.plus, alone).negated()._replace(period=first)
