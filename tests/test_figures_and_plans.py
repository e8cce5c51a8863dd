"""The pages of figures and promises on an archive of six halves, as a reader's browser shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from six_halves import DUES, FORMED, HALVES, MEMBERS, NEW_DEFINITION, PROMISES, TOWNS, files
from small_archives import LISTS, Built, archive, record

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
@pytest.mark.parametrize(("slug", "charts"), [("formed", 5), ("members", 2), ("dues", 2), ("trained", 0)])
def test_every_chart_says_what_it_shows_and_has_table_and_files(
    six: str, in_scheme: dict[Scheme, Page], slug: str, charts: int
) -> None:
    page = in_scheme["light"]
    page.goto(f"{six}figures/{slug}/")

    figures = page.locator("figure:has(svg[role=img])")
    assert figures.count() == charts
    for figure in figures.all():
        caption = figure.locator("figcaption").inner_text()
        assert re.search("：.*，按半年，2012年上半年至2014年.半年 *单位：", caption)
        title, description = (figure.locator(tag).text_content() or "" for tag in ("svg > title", "svg > desc"))
        assert title in caption
        ids = [figure.locator(f"svg > {tag}").get_attribute("id") for tag in ("title", "desc")]
        assert figure.locator("svg[role=img]").get_attribute("aria-labelledby") == " ".join(map(str, ids))
        count = re.match("2012年上半年至(.*)，([0-9]+)个数、最新\\1 ", description)
        table = figure.locator("xpath=following::table[1]")
        assert count and table.locator("tbody tr:not(.gb-break)").count() == int(count[2])
        assert "来源：" in figure.inner_text()
        for file in figure.get_by_role("link").all():
            answer = page.request.get(page.evaluate("one => one.href", file.element_handle()))
            assert answer.ok and answer.text().startswith(("<svg", "\ufeffkey,"))


def test_a_single_value_is_a_number_and_no_chart(built: Built) -> None:
    html = built.pages["figures/trained/"]
    assert "<svg" not in html and html.count("2014年下半年 58人次") == 2  # the unit's own, and the sum


def test_bounds_and_missing_units_have_forms_that_one_line_explains(built: Built) -> None:
    page, html = built.text("figures/members/"), built.pages["figures/members/"]
    assert page.count("○ 约数") == 2 and page.count("▲ 只多不少") == page.count("▼ 只少不多") == 1
    assert page.count("□ 有单位没有上报") == 1
    chart = html[html.rindex("<svg data-gb-chart") :]
    forms = re.findall(r'<circle|<path d="M[^"]*Z"', chart)
    assert [form[1:5] for form in forms] == ["circ", *["path"] * 4]
    for said in ("约1,200人", "1,260人", "1,300余人", "近1,400人", "1,450人以上", "1,500人以内"):
        assert said in page.replace(" ", "")
    assert len(MEMBERS) == 6


def test_the_last_value_the_greatest_and_the_least_stand_in_the_chart(built: Built) -> None:
    charts = built.pages["figures/formed/"].split("<svg data-gb-chart")[1:]
    words = [re.findall(r'font-size="13" fill="var\(--gb-ink[^>]*>([^<]*)<', chart) for chart in charts]
    assert (words[0], words[2:]) == (["7", "15", "6"], [["4", "7", "3"], ["3", "5", "2"], ["3", "2"]])


def test_small_charts_tell_three_values_and_a_cut_tells_its_years(tmp_path: Path) -> None:
    towns = [{"slug": f"town-{at}", "title": f"第{at}街道"} for at in range(4)]
    indicators = [{"slug": "formed", "title": "新建工会", "unit": "家"}]
    records = {
        f"{half}/{town['slug']}.md": record(
            title=f"{town['title']}建会{at}",
            unit=town["slug"],
            figures=[{"indicator": "formed", "value": value, "unit": "家"}],
        )
        for town in towns
        for at, (half, value) in enumerate((("2004/h1", 3), ("2013/h2", 9), ("2014/h1", 4), ("2014/h2", 5)))
    }
    built = archive(tmp_path, {**LISTS, "units.yml": towns, "indicators.yml": indicators, **records})
    page = " ".join(built.text("figures/formed/").split())
    assert page.count("2014年下半年 5家最大：2013下 9家最小：2004上 3家") == len(towns)
    assert "// 略去没有数的时间：2004年下半年至2013年上半年" in page
    file = built.files["figures/formed/half.svg"]
    assert all(file.count(said) == len(towns) for said in ("2014年下半年 5家", "最大：2013下 9家", "最小：2004上 3家"))


def test_a_sum_of_an_unknown_year_is_compared_with_none(tmp_path: Path) -> None:
    indicators = [{"slug": "formed", "title": "新建工会", "unit": "家", "aggregate": "sum"}]
    villages = [{"slug": f"village-{at}", "title": f"{at}村工会", "parent": "town"} for at in "ab"]
    records = {
        f"{half}/{village['slug']}.md": record(
            title=f"{village['title']}建会",
            unit=village["slug"],
            figures=[{"indicator": "formed", "value": 3, "unit": "家"}],
        )
        for half in ("undated/h1", "2014/h2")
        for village in villages
    }
    lists = {**LISTS, "units.yml": [LISTS["units.yml"][0], *villages], "indicators.yml": indicators}
    built = archive(tmp_path, {**lists, **records})
    assert "所属 2/2 个单位相加 6家 2014年下半年" in " ".join(built.text("figures/").split())


def test_a_target_is_drawn_and_its_completion_said(tmp_path: Path) -> None:
    indicators = [{"slug": "trained", "title": "参加培训", "unit": "人次"}]
    figure = {"indicator": "trained", "value": 58, "unit": "人次", "target": 50}
    records = {f"2014/{half}/work.md": record(figures=[figure]) for half in ("h1", "h2")}
    built = archive(tmp_path, {**LISTS, "indicators.yml": indicators, **records})
    page = built.text("figures/trained/")
    assert "━ 目标" in page and page.count("目标 50人次") == page.count("完成率 116%") == 2
    assert built.pages["figures/trained/"].count('stroke="var(--gb-ink, #1d2126)" stroke-width="2"') == 2


def test_a_changed_definition_breaks_chart_and_table(built: Built) -> None:
    page, html = built.text("figures/formed/"), built.pages["figures/formed/"]
    assert page.count(f"从2013年上半年起口径改变，与更早的数不能比较：{NEW_DEFINITION}") == 1 + len(TOWNS)
    assert html.count("stroke-dasharray") == page.count("¦ 口径改变") == 2 + len(TOWNS)
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
    assert scriptless.locator("svg.gb-chart").filter(visible=True).count() == 5


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
