"""No published number differs from what was typed but by a conversion that is shown.

Random figures are typed, and the pages and data are read as a visitor and a program read them. What may stand there is
reckoned anew here, in fractions.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from small_archives import LISTS, Built, in_memory, record, write

# The units of each indicator with their scale, its own first.
UNITS = {
    "money": {"万元": Fraction(1), "元": Fraction(1, 10**4), "千元": Fraction(1, 10), "亿元": Fraction(10**4)},
    "people": {"人": Fraction(1), "名": Fraction(1), "万人": Fraction(10**4)},
    "rate": {"%": Fraction(1), "‰": Fraction(1, 10)},
}
BOUNDS = {"exact": "{}", "about": "约{}", "nearly": "近{}", "at-least": "{}以上", "at-most": "{}以内"}
ON = "/dev/shm" if Path("/dev/shm").is_dir() else None  # where small files are written fast
HALVES = ("2013/h1", "2013/h2", "2014/h1", "2014/h2")
TYPED = st.one_of(
    st.integers(-(10**9), 10**9).map(str),
    st.decimals(min_value=-(10**6), max_value=10**6, places=2).map(lambda value: f"{value:f}"),
    st.decimals(min_value=0, max_value=100, places=4).map(lambda value: f"{value:f}"),
)
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


@st.composite
def figures(draw: st.DrawFn) -> dict[str, Any]:
    """A figure of an indicator: a value or parts, in one of its units, maybe with more about it."""
    slug = draw(st.sampled_from(list(UNITS)))
    unit = draw(st.sampled_from(list(UNITS[slug])))
    figure: dict[str, Any] = {"indicator": slug, "unit": unit}
    if draw(st.booleans()):
        figure |= {"value": draw(TYPED), "bound": draw(st.sampled_from(list(BOUNDS)))}
    else:
        units = st.sampled_from(list(UNITS[slug]))
        parts = draw(st.lists(st.tuples(TYPED, units), min_size=1, max_size=3))
        figure["parts"] = [{"label": f"分{'甲乙丙'[at]}", "value": v, "unit": u} for at, (v, u) in enumerate(parts)]
    for name in draw(st.sets(st.sampled_from(["previous", "change", "target", "percent"]))):
        figure[name] = draw(TYPED)
    if draw(st.booleans()):
        figure["among"] = [{"label": "其甲", "value": draw(TYPED), "unit": draw(st.sampled_from(list(UNITS[slug])))}]
    if slug != "rate" and draw(st.booleans()):
        figure["instalment"] = True
    return figure


# Each figure with its half.
Typed = list[tuple[str, dict[str, Any]]]


def number(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))


def said_numbers(text: str) -> Iterator[Fraction]:
    """Yield the numbers in a text of a page, without those of periods."""
    plain = re.sub(r"\d{4}年(?:上半年|下半年)?|中间 \d+ 期|\d+ 笔相加|\d+/\d+ 家|\d{4}[上下]", " ", text)
    yield from (number(found) for found in NUMBER.findall(plain))


def typed(figure: dict[str, Any]) -> Iterator[str]:
    """Yield the numbers that the writer typed."""
    yield from (figure[name] for name in ("value", "previous", "change", "target", "percent") if name in figure)
    yield from (part["value"] for part in (*figure.get("parts", ()), *figure.get("among", ())))


def stated(figure: dict[str, Any]) -> Fraction:
    """What a figure states, in its own unit."""
    scales = UNITS[figure["indicator"]]
    if "value" in figure:
        return Fraction(figure["value"])
    return (
        sum((Fraction(part["value"]) * scales[part["unit"]] for part in figure["parts"]), Fraction(0))
        / scales[figure["unit"]]
    )


def converted(figure: dict[str, Any]) -> Fraction:
    return stated(figure) * UNITS[figure["indicator"]][figure["unit"]]


def computed(figure: dict[str, Any]) -> Iterator[Fraction]:
    """Yield the numbers that may be reckoned from one figure."""
    value = stated(figure)
    yield value
    yield converted(figure)
    for name in ("previous", "change"):
        if name in figure:
            yield value - Fraction(figure[name])
            yield abs(value - Fraction(figure[name]))
            yield abs(Fraction(figure[name]))
    scales = UNITS[figure["indicator"]]
    for part in figure.get("among", ()):  # one that is more than the whole is shown in the whole's unit
        yield Fraction(part["value"]) * scales[part["unit"]] / scales[figure["unit"]]
    if "previous" in figure and "change" in figure:
        yield Fraction(figure["previous"]) + Fraction(figure["change"])
    if target := Fraction(figure.get("target", 0)):
        share = value / target * 1000
        yield Fraction(int(share), 10)  # cut after the first decimal


def sums(typed_figures: Typed) -> Iterator[tuple[str, Fraction, Fraction]]:
    """Yield the sum of the instalments of each indicator and half: its slug, in its own unit, in their last unit."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for half, figure in typed_figures:
        if "instalment" in figure:
            groups[figure["indicator"], half].append(figure)
    for (slug, _), marked in groups.items():
        added = sum((converted(figure) for figure in marked), Fraction(0))
        yield slug, added, added / UNITS[slug][marked[-1]["unit"]]


def may_stand(typed_figures: Typed) -> set[Fraction]:
    """All numbers that pages with these figures may show."""
    every = [figure for _, figure in typed_figures]
    allowed = {Fraction(one) for figure in every for one in typed(figure)}
    allowed |= {one for figure in every for one in computed(figure)}
    values = [(figure["indicator"], converted(figure)) for figure in every]
    for slug, added, in_their_unit in sums(typed_figures):
        allowed |= {added, in_their_unit}
        values.append((slug, added))
    return allowed | {abs(one - other) for slug, one in values for same, other in values if slug == same}


def built(folder: str, typed_figures: Typed) -> Built:
    """The site of some figures, each in a record of its own in its half."""
    indicators = [
        {"slug": slug, "title": slug, "unit": next(iter(units)), "also": list(units)[1:]}
        | {"aggregate": "none" if slug == "rate" else "sum"}
        for slug, units in UNITS.items()
    ]
    files = {
        f"{half}/{'abcdefgh'[at]}.md": record(title="一条", unit="village", figures=[figure], highlight=True)
        for at, (half, figure) in enumerate(typed_figures)
    }
    return in_memory(write(Path(folder), {**LISTS, "indicators.yml": indicators, **files}))


def shown_numbers(html: str) -> Iterator[Fraction]:
    """Yield the numbers in a page's tables and cards, and those of its charts that are values and no scale."""
    shown = r"<tbody>.*?</tbody>|<text [^>]*--gb-ink.*?</text>|<ul class=\"gb-cards\".*?</ul>"
    pieces = re.findall(shown, html, re.DOTALL)
    for piece in (re.sub(r"\d+/\d+ 个单位", "", piece) for piece in pieces):  # how many units a sum is of
        yield from said_numbers(re.sub(r"<[^>]*>", " ", re.sub(r"</?b>|</?span class=\"gb-[nu]\">", "", piece)))


@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(HALVES), figures()), min_size=1, max_size=6))
def test_every_number_is_what_was_typed_or_a_conversion_of_it(typed_figures: Typed) -> None:
    with TemporaryDirectory(dir=ON) as folder:
        site = built(folder, typed_figures)
        allowed = may_stand(typed_figures)
        for address, html in site.pages.items():
            if re.match(r"figures/|\d{4}/h\d/(?:records/|$)", address):
                assert [one for one in shown_numbers(html) if one not in allowed] == [], address
        rows = csv.DictReader(StringIO(site.files["data/figures.csv"].lstrip("\ufeff")))
        data = {row["key"]: row for row in rows}
    for at, (half, figure) in enumerate(typed_figures):
        row = data[f"{half.replace('/', '-')}/{'abcdefgh'[at]}#figures[0]"]
        for name in ("value", "previous", "change", "target", "percent"):
            assert row[name] == (f"{Decimal(figure[name]) + 0:f}" if name in figure else "")
        assert row["measure"] == figure["unit"]
        assert row["instalment"] == ("true" if "instalment" in figure else "")
        assert Fraction(row["converted"]) == converted(figure)
        assert row["converted_measure"] == next(iter(UNITS[figure["indicator"]]))
