"""The roll-up: levels made from the level below alone are those made directly, and totals are counted once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gongbao.archive.rollup import Increment, Scope, StatedAmount, roll_up
from gongbao.records.indicators import Indicator
from gongbao.records.periods import Period

HALVES = [Period(year, part) for year in (2013, 2014) for part in ("h1", "h2")]
PARENTS = {"city": None, "a": "city", "b": "city", "a1": "a", "a2": "a", "b1": "b", "b11": "b1"}
INDICATORS = {
    slug: Indicator.model_construct(slug=slug, unit="家", basis=basis, aggregate=aggregate)
    for slug, basis, aggregate in (
        ("formed", "period", "sum"),
        ("dues", "year-to-date", "sum"),
        ("fund", "cumulative", "last"),
    )
}
AMOUNTS = st.decimals(-1000, 10**9, places=2)
Key = tuple[str, str, Period]


@st.composite
def stated(draw: st.DrawFn) -> list[StatedAmount]:
    """What units of three levels state: each indicator and half at most once."""
    places = st.sampled_from([(unit, slug, half) for unit in PARENTS for slug in INDICATORS for half in HALVES])
    chosen: Sequence[Key] = draw(st.lists(places, unique=True, max_size=25))
    found = []
    for unit, slug, half in chosen:
        run = {"formed": half.id, "dues": half.year_name, "fund": "all"}[slug]
        scope: Scope = "total" if unit in PARENTS.values() else "own"
        found.append(StatedAmount(unit, slug, half, scope, run, draw(AMOUNTS), draw(st.booleans())))
    return found


def below(top: str) -> set[str]:
    """A unit and all units below it."""
    found = {top}
    while more := {unit for unit, above in PARENTS.items() if above in found} - found:
        found |= more
    return found


def amounts(rows: Sequence[Increment], unit: str) -> Mapping[Key, tuple[Decimal, int, int]]:
    return {(one.unit, one.indicator, one.period): one[3:] for one in rows if one.unit == unit}


@given(stated())
def test_a_level_is_made_of_the_level_below_it_alone(told: list[StatedAmount]) -> None:
    direct = amounts(roll_up(told, (), PARENTS, INDICATORS), "city")

    def site(top: str) -> list[Increment]:
        """What the site of a unit publishes of it, of its own records and of the sites of its direct subordinates."""
        children = [unit for unit, above in PARENTS.items() if above == top]
        published = [row for child in children for row in site(child)]
        own = [one for one in told if one.unit == top]
        parents = {top: None, **dict.fromkeys(children, top)}
        return [row for row in roll_up(own, published, parents, INDICATORS) if row.unit == top]

    assert amounts(site("city"), "city") == direct


@given(stated())
def test_a_sum_is_that_of_the_units_that_report(told: list[StatedAmount]) -> None:
    rolled = amounts(roll_up(told, (), PARENTS, INDICATORS), "city")
    for half in HALVES:
        own = [one for one in told if one.indicator == "formed" and one.period == half]
        counted = [one for one in own if not {other.unit for other in own if other is not one} & below(one.unit)]
        sums = rolled.get(("city", "formed", half))
        assert (sums[0] if sums else 0) == sum(one.amount for one in counted)
        assert (sums[1] if sums else 0) == len(counted)


@given(stated())
def test_the_latest_values_are_the_running_sum(told: list[StatedAmount]) -> None:
    rolled = amounts(roll_up(told, (), PARENTS, INDICATORS), "city")
    for half in HALVES:
        known = [one for one in told if one.indicator == "fund" and one.period.order <= half.order]
        latest = {one.unit: one for one in sorted(known, key=lambda one: one.period.order)}
        counted = [one for unit, one in latest.items() if latest.keys().isdisjoint(below(unit) - {unit})]
        until = [sums for (_, slug, period), sums in rolled.items() if slug == "fund" and period.order <= half.order]
        assert sum(amount for amount, _, _ in until) == sum(one.amount for one in counted)
        assert sum(reported for _, reported, _ in until) == len(counted)
        assert sum(inexact for _, _, inexact in until) == sum(not one.exact for one in counted)
