"""What must hold for any figures and plans: scales convert both ways, sums add up, no promise is lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from html import escape
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gongbao.archive.derived import Derived
from gongbao.archive.filing import Archive, publish
from gongbao.archive.series import coverage
from gongbao.problems.problem import errors
from gongbao.problems.text_report import report
from gongbao.reading.content import read_all
from gongbao.records.fields import PRECISION
from gongbao.records.measures import convert, dimension
from small_archives import LISTS, Files, pages_of, record, tree_of

UNITS = ("元", "千元", "万元", "亿元", "人", "名", "万人", "人次", "万人次", "家", "户", "件", "宗", "场", "%", "台")
NUMBERS = st.decimals(min_value=0, max_value=10**12, allow_nan=False, allow_infinity=False, places=4)
CHILDREN = ("east", "west", "south")
HALVES = ("2013/h1", "2013/h2", "2014/h1", "undated/h1")
MONEY = {"元": 1, "万元": 10_000, "亿元": 100_000_000, "份": 250}  # the last is the indicator's own

OWN = [{"unit": "份", "scale": 250}]


def read(files: Files) -> Archive:
    """The published archive of a content folder that is only in memory."""
    content = read_all(tree_of({**LISTS, **files}))
    assert not errors(content.problems), report(content.problems, "en")
    return publish(content.records, content.vocabulary, preview=False)


@given(NUMBERS, st.sampled_from(UNITS), st.sampled_from(UNITS))
def test_a_value_converted_there_and_back_is_the_same(value: Decimal, unit: str, other: str) -> None:
    with localcontext(prec=PRECISION):
        there = convert(value, unit, other)
        assert (there is not None) == (dimension(unit) == dimension(other))
        assert there is None or convert(there, other, unit) == value
        assert convert(value, unit, unit) == value


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(HALVES), st.sampled_from(CHILDREN)),
        st.tuples(st.decimals(min_value=0, max_value=10**6, places=3), st.sampled_from(list(MONEY))),
    )
)
def test_what_the_children_report_adds_up_to_the_parents_total(
    reported: Mapping[tuple[str, str], tuple[Decimal, str]],
) -> None:
    lists: dict[str, Any] = {
        "units.yml": [{"slug": "town", "title": "镇"}]
        + [{"slug": child, "title": child, "parent": "town"} for child in CHILDREN]
        + [{"slug": "below", "title": "再下一级", "parent": "east"}],
        "indicators.yml": [{"slug": "dues", "title": "经费", "unit": "元", "aggregate": "sum", "also": OWN}],
        "2013/h1/below.md": record(unit="below", figures=[{"indicator": "dues", "value": 99, "unit": "元"}]),
    }
    works = {
        f"{half}/{child}.md": record(unit=child, figures=[{"indicator": "dues", "value": f"{value:f}", "unit": unit}])
        for (half, child), (value, unit) in reported.items()
    }
    archive = read(lists | works)
    indicator, town = archive.vocabulary.indicators["dues"], archive.vocabulary.units["town"]
    with localcontext(prec=PRECISION):
        found = {
            str(one.period.id): (Fraction(one.value), len(one.reported))
            for one in coverage(Derived(archive).series, indicator, town, archive)
        }
    expected = {
        half.replace("/", "-"): [
            Fraction(value) * MONEY[unit] for (where, _), (value, unit) in reported.items() if where == half
        ]
        for half, _ in reported
    }
    assert found == {half: (sum(values), len(values)) for half, values in expected.items()}


DUES = st.sampled_from(["2013-h1", "2014-h2", "2014-year", "2013-08", "undated-h2", "2014-07/2014-09", "20XX-03"])
STATUSES = st.sampled_from(["done", "partly", "carried", "dropped"])
PROMISES = st.lists(
    st.tuples(
        st.sampled_from(HALVES), st.sampled_from("ab"), st.sampled_from(["town", "village"]), DUES, st.lists(STATUSES)
    ),
    min_size=1,
    max_size=8,
)


@settings(deadline=None, max_examples=25)
@given(PROMISES)
def test_no_commitment_is_missing_from_the_ledger(
    promises: list[tuple[str, str, str, str, list[str]]],
) -> None:
    plans: dict[str, tuple[str, list[dict[str, str]]]] = {}
    later: dict[str, list[dict[str, str]]] = {}
    texts = []
    for at, (half, slug, unit, due, statuses) in enumerate(promises):
        text = f"第 {at} 件事：“<办>” & 做"
        path = f"{half}/{slug}-{unit}"
        plans.setdefault(path, (unit, []))[1].append({"id": f"c{at}", "text": text, "due": due})
        for status in statuses:
            promise = f"{path.replace('/', '-', 1)}#c{at}"
            later.setdefault(f"2014/h2/o{len(later)}", []).append({"commitment": promise, "status": status})
        texts.append(text)
    files = {f"{path}.md": record(unit=unit, commitments=promised) for path, (unit, promised) in plans.items()}
    files |= {f"{path}.md": record(outcomes=outcomes) for path, outcomes in later.items()}

    ledger = pages_of(read(files), "plans/")["plans/"]

    rows = re.findall(r"<tr data-due.*?</tr>", ledger, re.DOTALL)
    assert len(rows) == len(texts)
    for at, text in enumerate(texts):
        (row,) = [row for row in rows if f">{escape(text, quote=False)}<" in row.replace("&#34;", '"')]
        assert row.count("<li>") == len(promises[at][-1])
