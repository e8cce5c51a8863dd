"""The roll-up: levels made from the level below alone are those made directly, and totals are counted once."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands import PROJECT, run_command
from gongbao.archive.increments import Increment
from gongbao.archive.rollup import Scope, StatedAmount, roll_up
from gongbao.collecting.engine import DUCKDB, roll_up_in
from gongbao.problems.names import BOUNDS
from gongbao.records.indicators import Indicator
from gongbao.records.intervals import INFINITY, ZERO, Interval, allowed, total
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
HOW_EXACT = st.sampled_from([*BOUNDS])
AMOUNTS = st.decimals(-1000, 10**9, places=2)
Key = tuple[str, str, Period]
Many = tuple[list[StatedAmount], list[Increment], dict[str, str | None]]
Sums = tuple[Decimal, int, int, Decimal, Decimal, int, int]


@st.composite
def stated(draw: st.DrawFn) -> list[StatedAmount]:
    """What units of three levels state: each indicator and half at most once."""
    places = st.sampled_from([(unit, slug, half) for unit in PARENTS for slug in INDICATORS for half in HALVES])
    chosen: Sequence[Key] = draw(st.lists(places, unique=True, max_size=25))
    found = []
    for unit, slug, half in chosen:
        run = {"formed": half.id, "dues": half.year_name, "fund": "all"}[slug]
        scope: Scope = "total" if unit in PARENTS.values() else "own"
        found.append(
            StatedAmount(unit, slug, half, scope, run, amount := draw(AMOUNTS), allowed(amount, draw(HOW_EXACT)))
        )
    return found


def below(top: str) -> set[str]:
    """A unit and all units below it."""
    found = {top}
    while more := {unit for unit, above in PARENTS.items() if above in found} - found:
        found |= more
    return found


def amounts(rows: Sequence[Increment], unit: str) -> Mapping[Key, Sums]:
    return {(one.unit, one.indicator, one.period): one[3:] for one in rows if one.unit == unit}


def meant(rows: Sequence[Sums]) -> Interval:
    """What a sum of increments can mean."""
    low, high = (sum((one[3] for one in rows), ZERO), sum((one[4] for one in rows), ZERO))
    no_low, no_high = (sum(one[at] for one in rows) for at in (5, 6))
    return Interval(-INFINITY if no_low else low, INFINITY if no_high else high)


def closed(interval: Interval) -> Interval:
    """An interval with its ends."""
    return interval.widened(ZERO)


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
        assert meant([sums] if sums else []) == closed(total(one.interval for one in counted))


@given(stated())
def test_the_latest_values_are_the_running_sum(told: list[StatedAmount]) -> None:
    rolled = amounts(roll_up(told, (), PARENTS, INDICATORS), "city")
    for half in HALVES:
        known = [one for one in told if one.indicator == "fund" and one.period.order <= half.order]
        latest = {one.unit: one for one in sorted(known, key=lambda one: one.period.order)}
        counted = [one for unit, one in latest.items() if latest.keys().isdisjoint(below(unit) - {unit})]
        until = [sums for (_, slug, period), sums in rolled.items() if slug == "fund" and period.order <= half.order]
        assert sum(one[0] for one in until) == sum(one.amount for one in counted)
        assert sum(one[1] for one in until) == len(counted)
        assert sum(one[2] for one in until) == sum(not one.exact for one in counted)
        assert meant(until) == closed(total(one.interval for one in counted))


def by_chance(chance: Random, name: str) -> list[StatedAmount]:
    """What the units of one of many federations state."""
    found = []
    for unit, slug, half in product(PARENTS, INDICATORS, HALVES):
        if chance.random() < 0.3:
            run = {"formed": half.id, "dues": half.year_name, "fund": "all"}[slug]
            scope: Scope = "total" if unit in PARENTS.values() else "own"
            amount = Decimal(chance.randrange(-(10**6), 10**12)) / 1000
            bound = chance.choice([*BOUNDS]) if chance.random() < 0.3 else "exact"
            found.append(StatedAmount(f"{name}{unit}", slug, half, scope, run, amount, allowed(amount, bound)))
    return found


def of_many(count: int) -> Many:
    """What federations state, what sites publish below the tops of half of them, and all units' parents."""
    chance, parents, told, below = Random(1), dict[str, str | None](), list[StatedAmount](), list[Increment]()
    for name in (f"{at}-" for at in range(count)):
        own = by_chance(chance, name)
        tree = {f"{name}{unit}": above and f"{name}{above}" for unit, above in PARENTS.items()}
        if chance.random() < 0.5:
            tops = {f"{name}city": None, f"{name}a": f"{name}city", f"{name}b": f"{name}city"}
            below += [row for row in roll_up(own, (), tree, INDICATORS) if tops.get(row.unit)]
            own, tree = [one for one in own if one.unit == f"{name}city"], tops
        told, parents = told + own, parents | tree
    return told, below, parents


@pytest.mark.slow
@given(stated())
@settings(max_examples=50, deadline=None)
def test_a_database_says_the_same(told: list[StatedAmount]) -> None:
    assert roll_up_in(DUCKDB, told, (), PARENTS, INDICATORS) == roll_up(told, (), PARENTS, INDICATORS)


def test_a_database_adds_up_many_sites() -> None:
    every = of_many(30)
    assert roll_up_in(DUCKDB, *every, INDICATORS) == roll_up(*every, INDICATORS)


def test_no_amount_is_too_long() -> None:
    half = HALVES[0]
    told = [
        StatedAmount("a1", slug, half, "own", "all", amount, allowed(amount, "exact"))
        for slug, amount in (("formed", Decimal("9" * 25 + ".000000000000001")), ("dues", Decimal("0.1")))
    ]
    rolled = roll_up_in(DUCKDB, told, (), PARENTS, INDICATORS)
    assert [(one.unit, one.indicator, one.amount) for one in rolled] == [
        (unit, one.indicator, one.amount) for unit in ("a", "a1", "city") for one in reversed(told)
    ]


@pytest.fixture(scope="module")
def million() -> tuple[Many, list[Increment]]:
    """What a million rows state and publish, with what they add up to."""
    told, below, parents = of_many(400)
    names = [f"{at}:" for at in range(120)]
    every = (
        [one._replace(unit=f"{name}{one.unit}") for name in names for one in told],
        [one._replace(unit=f"{name}{one.unit}") for name in names for one in below],
        {f"{name}{unit}": above and f"{name}{above}" for name in names for unit, above in parents.items()},
    )
    assert len(every[0]) + len(every[1]) > 10**6
    return every, roll_up(*every, INDICATORS)


@pytest.mark.slow
def test_a_million_rows_are_the_same_to_the_digit(million: tuple[Many, list[Increment]]) -> None:
    every, rolled = million
    assert roll_up_in(DUCKDB, *every, INDICATORS) == rolled


@pytest.mark.slow
def test_another_engine_says_the_same_by_the_same_file(
    million: tuple[Many, list[Increment]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (PROJECT / ".cache" / "spark").glob("py*"):  # as scripts/setup.sh lays it out
        monkeypatch.syspath_prepend(path)
        if (path / "deps").is_dir():
            monkeypatch.setenv("SPARK_HOME", str(path / "deps"))
    pytest.importorskip("pyspark", reason="Spark is not there: sh scripts/setup.sh long")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java 17")
    every, rolled = million
    assert roll_up_in("local[2]", *every, INDICATORS) == rolled


@pytest.mark.slow
def test_what_adding_up_takes_is_measured() -> None:
    said = run_command(PROJECT, sys.executable, "scripts/rollup_speed.py", "1000")
    assert said.returncode == 0, said.stdout
    assert json.loads(said.stdout)["added"] == 1000
