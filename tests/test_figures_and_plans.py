"""The pages of figures and promises on an archive of six halves, as a reader's browser shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from six_halves import DUES, FORMED, HALVES, MEMBERS, NEW_DEFINITION, PROMISES, TOWNS, files
from small_archives import Built, archive

Scheme = Literal["light", "dark"]

# The contrast of every text and mark of a chart, and of every text of the tables, against what lies behind: on
# paper nothing does.
CONTRAST = """paper => {
    const channel = value => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
    const light = colour => {
        const [red, green, blue] = colour.match(/[\\d.]+/g).map(value => channel(value / 255))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    const behind = element => {
        for (; element && !paper; element = element.parentElement) {
            const colour = getComputedStyle(element).backgroundColor
            if (!/, 0\\)$|transparent/.test(colour)) return colour
        }
        return "rgb(255, 255, 255)"
    }
    const found = []
    const see = (element, colour) => {
        const [one, two] = [light(colour), light(behind(element))].sort((a, b) => b - a)
        found.push([element.textContent.trim() || element.tagName, (one + 0.05) / (two + 0.05)])
    }
    for (const text of document.querySelectorAll(".gb-chart text")) see(text, getComputedStyle(text).fill)
    for (const mark of document.querySelectorAll(".gb-chart circle, .gb-chart path")) {
        const style = getComputedStyle(mark)
        see(mark, style.fill === "none" ? style.stroke : style.fill)
    }
    for (const cell of document.querySelectorAll(".gb table :is(th, td, a, span, b, li)"))
        if (cell.offsetParent) see(cell, getComputedStyle(cell).color)
    return found
}"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The same site in memory."""
    return archive(tmp_path_factory.mktemp("built"), files(), warned={"plan.overdue"})


@pytest.fixture(scope="module")
def in_scheme(browser: Browser) -> Iterator[dict[Scheme, Page]]:
    """A page of a visitor of each colour scheme, for looking at one address after another."""
    schemes: tuple[Scheme, Scheme] = ("light", "dark")
    contexts = {one: browser.new_context(color_scheme=one, viewport={"width": 1440, "height": 900}) for one in schemes}
    yield {scheme: context.new_page() for scheme, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[Page]:
    """A page of a visitor without script."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("slug", ["formed", "members", "dues", "trained"])
def test_every_chart_says_its_title_and_values_and_has_its_table_beside(
    six: str, in_scheme: dict[Scheme, Page], slug: str
) -> None:
    page = in_scheme["light"]
    page.goto(f"{six}figures/{slug}/")

    charts = page.locator("svg.gb-chart[role=img]")
    assert charts.count() == {"formed": 4, "members": 1, "dues": 1, "trained": 1}[slug]
    for chart in charts.all():
        title, description = (chart.locator(tag).text_content() or "" for tag in ("title", "desc"))
        assert re.search("工会：.*，按半年", title)
        ids = [chart.locator(tag).get_attribute("id") for tag in ("title", "desc")]
        assert chart.get_attribute("aria-labelledby") == " ".join(map(str, ids))
        section = chart.locator("xpath=ancestor::section[1]")
        rows = section.locator("table.gb-figures tbody tr:not(.gb-break)").all_inner_texts()
        values = description.split("、")
        assert chart.locator("circle, path").count() == len(values) == len(rows)
        for said, row in zip(reversed(values), rows, strict=True):
            period, _, value = said.partition(" ")
            assert period in row and value in row
        box = chart.bounding_box()
        assert box and box["width"] > 100 and box["height"] > 100


def test_bounds_have_forms_of_their_own_and_words(built: Built) -> None:
    html = built.pages["figures/members/"]
    (svg,) = re.findall("<svg.*?</svg>", html, re.DOTALL)
    forms = re.findall(r"<circle[^>]*fill=\"none\"|<circle|<path", svg)
    assert [form[:7] + ("none" if "none" in form else "") for form in forms] == [
        *("<circlenone", "<circle", "<path", "<path", "<path", "<path")
    ]
    words = ("约1,200人", "1,260人", "1,300余人", "近1,400人", "1,450人以上", "1,500人以内")
    assert len(words) == len(MEMBERS)
    for said in words:
        assert said in built.text("figures/members/").replace(" ", "")
        assert svg.count(f">{said}<") == 1


def test_a_target_is_drawn_and_its_completion_said(built: Built) -> None:
    (svg,) = re.findall("<svg.*?</svg>", built.pages["figures/trained/"], re.DOTALL)
    heights = dict(re.findall(r'<line x1="[\d.]+" x2="[\d.]+" y1="([\d.]+)" y2="([\d.]+)" stroke="var\(--gb-ink', svg))
    (dot,) = re.findall(r'<circle cx="[\d.]+" cy="([\d.]+)"', svg)
    ((top, bottom),) = heights.items()
    assert top == bottom and float(dot) < float(top), "58 stands above its target of 50"
    assert "目标 50人次" in built.text("figures/trained/") and "完成率 116%" in built.text("figures/trained/")


def test_a_changed_definition_breaks_chart_and_table(built: Built) -> None:
    page, html = built.text("figures/formed/"), built.pages["figures/formed/"]
    assert page.count(f"从2013年上半年起口径改变，与更早的数不能比较：{NEW_DEFINITION}") == 1 + len(TOWNS)
    charts = re.findall("<svg.*?</svg>", html, re.DOTALL)
    assert [chart.count("stroke-dasharray") for chart in charts] == [1, 1, 1, 1]
    # The axis, and a line between every two halves that can be compared: west has gaps after 2013-h1 and 2014-h1.
    across = [re.findall(r'<line x1="([\d.]+)" x2="(?!\1")[\d.]+" [^>]*stroke="[^"]*"/>', chart) for chart in charts]
    assert [len(lines) - 1 for lines in across] == [4, 4, 1, 4]
    assert "比2012年下半年" not in page


def test_a_parent_shows_what_its_children_give_and_who_is_missing(built: Built) -> None:
    page = built.text("figures/formed/")
    for at, half in enumerate(HALVES):
        values = [FORMED[town][at] for town in TOWNS]
        reported = [value for value in values if value is not None]
        name = f"{half[:4]}年{'上' if half.endswith('h1') else '下'}半年"
        assert f"{name}{sum(reported)}家上报 {len(reported)}/3 家" in page


def test_year_to_date_values_are_differenced_for_the_second_half(built: Built) -> None:
    page = built.text("figures/dues/").replace(" ", "")
    assert "从年初累计到本期" in page
    for value, said in (("2,604.00", "1,286.90"), ("2,810", "1,404.50"), ("3,000.05", "1,499.80")):
        assert f"{value}元" in page and f"其中下半年{said}元" in page
    assert len(DUES) == len(HALVES)


def test_a_new_year_of_year_to_date_values_is_no_fall(built: Built) -> None:
    page = built.text("figures/dues/")
    assert "比2012年下半年减少" not in page and "比2013年下半年减少" not in page


def test_the_ledger_shows_every_status_and_the_whole_trail(built: Built) -> None:
    page = built.pages["plans/"]
    rows = re.findall(r'<tr data-due="[^"]*".*?</tr>', page, re.DOTALL)
    statuses = {}
    for row in rows:
        (text,) = [text for text, _ in PROMISES.values() if text in row]
        (statuses[text],) = re.findall(r'data-status="([^"]+)"', row)
    assert statuses == dict(PROMISES.values())
    (hall,) = [row for row in rows if "建好职工活动中心" in row]
    assert "已结转 3 次，期限 2014年上半年" in hall
    trail = re.findall(r"<li><a[^>]*>([^<]+)</a> ([^<\s]+)", hall)
    assert trail == [(f"{half}半年", "结转") for half in ("2012年下", "2013年上", "2013年下")] + [
        ("2014年上半年", "完成：六月启用")
    ]


@pytest.mark.browser
def test_the_ledger_is_filtered_and_the_address_keeps_it(six: str, page: Page) -> None:
    page.goto(f"{six}plans/")
    rows, count = page.locator("#gb-ledger tbody tr"), page.locator(".gb-filter output")
    expect(count).to_have_text("显示 8 项")

    field(page, "结果").select_option("逾期")
    expect(count).to_have_text("显示 1 项")
    assert rows.filter(visible=True).all_inner_texts()[0].startswith("组织消防演练")
    assert page.url == f"{six}plans/?status=overdue"

    page.reload()
    expect(count).to_have_text("显示 1 项")
    expect(field(page, "结果")).to_have_value("overdue")

    field(page, "结果").select_option("全部")
    field(page, "单位").select_option("east")
    expect(count).to_have_text("显示 3 项")
    field(page, "期").select_option("2014-h2")
    expect(count).to_have_text("显示 2 项")
    field(page, "主题").select_option("aid")
    expect(count).to_have_text("显示 0 项")
    assert rows.filter(visible=True).count() == 0

    page.goto(f"{six}plans/?status=nonsense&unit=west")
    expect(count).to_have_text("显示 2 项")


def field(page: Page, name: str) -> Locator:
    return page.get_by_role("combobox", name=name, exact=True)


@pytest.mark.browser
def test_without_script_the_pages_are_complete(six: str, scriptless: Page) -> None:
    scriptless.goto(f"{six}plans/")
    assert scriptless.locator("#gb-ledger tbody tr").filter(visible=True).count() == len(PROMISES)
    expect(scriptless.locator("form.gb-filter")).to_be_hidden()
    scriptless.goto(f"{six}figures/formed/")
    assert scriptless.locator("svg.gb-chart").filter(visible=True).count() == 4


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["figures/formed/", "figures/members/", "plans/", "register/"])
def test_everything_is_readable(six: str, in_scheme: dict[Scheme, Page], path: str, scheme: Scheme) -> None:
    page = in_scheme[scheme]
    page.emulate_media(media="screen", color_scheme=scheme)
    page.goto(six + path)
    media: tuple[Literal["screen"], Literal["print"]] = ("screen", "print")
    for medium in media:
        page.emulate_media(media=medium, color_scheme=scheme)
        seen: list[Any] = page.evaluate(CONTRAST, medium == "print")
        assert len(seen) > 20
        assert [(medium, text, round(ratio, 1)) for text, ratio in seen if ratio < 4.5] == []
