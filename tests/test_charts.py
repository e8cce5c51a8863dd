"""Charts of hard cases: each word is whole and upon no other, at every width, on a screen and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

import chart_cases
from commands import BUILD, succeed
from gongbao.charts.plot import Bar, Data, Plot, Slot
from gongbao.charts.scales import scale_of, tick_words
from gongbao.charts.value_labels import value_labels
from gongbao.pages.sparklines import sparkline
from gongbao.text.display import number
from serving import served
from take_chart_sheet import SLUGS, gather

# Words that lie one upon the other, or outside of their chart or the window.
FAULTS = """() => [...document.querySelectorAll("svg.gb-chart")].flatMap(chart => {
    const frame = chart.getBoundingClientRect()
    const words = [...chart.querySelectorAll("text")].map(text => [text.textContent, text.getBoundingClientRect()])
    const name = chart.querySelector("title").textContent
    return words.flatMap(([text, box], at) => [
        ...(box.left < Math.max(0, frame.left - 1) || box.right > Math.min(innerWidth, frame.right + 1)
            || box.top < frame.top - 2 || box.bottom > frame.bottom + 2 ? [`${name}: ${text} is cut off`] : []),
        ...words.slice(at + 1).filter(([, other]) =>
            Math.min(box.right, other.right) - Math.max(box.left, other.left) > 0.5
            && Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 4
        ).map(([other]) => `${name}: ${text} lies upon ${other}`),
    ])
})"""


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("charts")
    chart_cases.lay_out(folder)
    succeed(folder, *BUILD)
    with served(folder / "site") as address:
        yield address


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("medium", ["screen", "print"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_word_of_a_chart_is_cut_off_or_covered(
    width: int, medium: Literal["screen", "print"], cases: str, page: Page
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(media=medium)
    gather(page, cases)
    assert page.locator("svg.gb-chart").count() > len(SLUGS) + chart_cases.UNITS - 5
    assert page.evaluate(FAULTS) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.slow
@pytest.mark.browser
def test_the_file_of_a_chart_is_whole_too(cases: str, browser: Browser) -> None:
    page = browser.new_page()
    for file in ("long/district.half.svg", "many/half.svg", "changed/district.half.svg"):
        page.goto(f"{cases}figures/{file}")
        outside: list[str] = page.evaluate(
            """() => [...document.querySelectorAll("text")].filter(text => {
                const box = text.getBoundingClientRect(), frame = document.documentElement.getBoundingClientRect()
                return box.left < frame.left || box.right > frame.right || box.bottom > frame.bottom
            }).map(text => text.textContent)"""
        )
        assert not outside, file
    page.close()


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        ("7", "0 2 4 6 8"),
        ("1", "0 1"),
        ("0 0", "0 1"),
        ("5.5 -3.2 8 -12.75", "-20 -10 0 10"),
        ("-5 -0.5", "-6 -4 -2 0"),
        ("3100", "0 1,000 2,000 3,000 4,000"),
        ("0.04 0.031", "0.00 0.01 0.02 0.03 0.04"),
        ("99999999999.99", "0 25,000,000,000 50,000,000,000 75,000,000,000 100,000,000,000"),
    ],
)
def test_a_few_lines_at_round_numbers_have_room_for_all_values(values: str, lines: str) -> None:
    scale = scale_of(map(Decimal, values.split()))
    assert [number(line) for line in scale.lines] == lines.split()


def test_the_words_of_a_small_bar_beside_a_huge_one_stand_over_their_own() -> None:
    bars = (Bar(Decimal(1203), disputed=True), Bar(Decimal(44), disputed=True))
    axis = tuple(map(Slot, ("2005上", "2005下", "2006上", "2006下")))
    plot = Plot(Data(axis, ((0, (Bar(Decimal(80)),)), (3, bars)), scale_of([Decimal(1203)])), 260, 22, 28)
    labels = {label.words: label for label in value_labels(plot, 13, 14)}
    assert labels["44？"].box.bottom == labels["44？"].end - 3
    assert not labels["44？"].box.meets(labels["1,203？"].box)


def test_a_course_is_a_line_between_neighbours() -> None:
    apart, beside = [(0, Decimal(1)), (3, Decimal(2))], [(0, Decimal(1)), (3, Decimal(2)), (4, Decimal(5))]
    assert not sparkline(apart, 1)
    assert sparkline(beside, 1).count("L") == 1


def test_large_numbers_at_lines_are_short_and_all_in_one_measure() -> None:
    scales = [scale_of([Decimal(value)]) for value in ("80", "50000", "150000", "2000000", "99E9")]
    said = [" ".join(tick_words(scale, language)) for scale in scales for language in ("zh", "en")]
    assert said == [
        *("0 20 40 60 80", "0 20 40 60 80", "0 20,000 40,000 60,000", "0 20,000 40,000 60,000"),
        *("0 5万 10万 15万", "0 50k 100k 150k", "0 50万 100万 150万 200万", "0 0.5m 1m 1.5m 2m"),
        *("0 250亿 500亿 750亿 1,000亿", "0 25bn 50bn 75bn 100bn"),
    ]
