"""The site as its readers use it: by clicking, on a phone, in the dark, without scripts, by searching."""

from __future__ import annotations

from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect

from test_site import ADDRESSES, NEWEST, RECORD, watch

pytestmark = pytest.mark.browser

LUMINANCE = """element => {
    const linear = value => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    const canvas = document.createElement("canvas").getContext("2d");
    const of = colour => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map(value => linear(value / 255));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    return [of(getComputedStyle(document.body).backgroundColor), of(getComputedStyle(element).color)];
}"""


def test_the_crumbs_lead_home(address: str, page: Page) -> None:
    page.goto(address + RECORD)
    crumbs = page.locator(".gb-crumbs a")
    expect(crumbs).to_have_text(["首页", "2014年", "上半年", "文体活动"])

    for left in (3, 2, 1):
        crumbs.last.click()
        expect(crumbs).to_have_count(left)
    crumbs.last.click()

    expect(page).to_have_url(address)
    expect(crumbs).to_have_count(0)


def test_to_the_earlier_edition_and_back(address: str, page: Page) -> None:
    page.goto(address + NEWEST)
    assert page.locator(".gb-turn a[rel=next]").count() == 0

    page.locator(".gb-turn a[rel=prev]").click()
    expect(page.locator("h1")).to_have_text("2008年全年工作公报")
    page.locator(".gb-turn a[rel=next]").click()

    expect(page).to_have_url(address + NEWEST)


def test_from_a_record_to_those_beside_it_in_its_topic(address: str, page: Page) -> None:
    page.goto(f"{address}2014/h1/activities/")
    titles = page.locator("article h2 a[href*='/records/']").all_inner_texts()[:3]
    assert len(titles) == 3
    heading = page.locator("h1")
    page.locator("article h2 a[href*='/records/']").first.click()

    for title in titles[1:]:
        page.locator(".gb-turn a[rel=next]").click()
        expect(heading).to_have_text(title)
    for title in reversed(titles[:-1]):
        page.locator(".gb-turn a[rel=prev]").click()
        expect(heading).to_have_text(title)


def test_a_topic_through_the_years_is_narrowed_to_one_unit(address: str, page: Page) -> None:
    page.goto(f"{address}topics/aid/")
    entries, periods = page.locator("article li.gb-entry"), page.locator("article .gb-topic")
    everything = entries.count()

    page.get_by_role("combobox", name="单位").select_option("某街道总工会")

    expect(page.locator(".gb-filter output")).to_have_text(f"显示 {entries.filter(visible=True).count()} 项")
    assert 0 < entries.filter(visible=True).count() < everything
    assert periods.filter(visible=True).locator("h2, h3").all_inner_texts()[0].startswith("2014")
    assert periods.filter(visible=True).count() == 1
    assert page.url == f"{address}topics/aid/?unit=qingzhi-subdistrict"


def test_an_inferred_year_shows_a_mark_and_opens_its_evidence(address: str, page: Page) -> None:
    page.goto(address + RECORD)
    evidence = page.get_by_text("教育实践活动在街道一级属2014年")
    expect(evidence).to_be_hidden()

    page.get_by_text("年份推定", exact=True).click()

    expect(evidence).to_be_visible()


def test_an_unknown_year_says_which_it_may_be(address: str, page: Page) -> None:
    page.goto(f"{address}undated/year/")
    expect(page.locator("h1")).to_have_text("全年工作公报（年份不详）")
    page.goto(f"{address}undated/year/records/zero-target-contest/")

    page.locator("details.gb-dating summary").click()

    expect(page.locator("details.gb-dating")).to_contain_text("可能是 2003、2004 或 2005")


@pytest.mark.slow  # tests/test_look.py looks at a page of each kind
def test_nothing_is_cut_off_on_a_phone(address: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    wide = {}
    for path in ADDRESSES:
        page.goto(address + path)
        wide[path] = page.evaluate(
            """() => {
                const scrolls = element => element && (
                    /auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
                const out = [...document.querySelectorAll("article *")].filter(
                    element => element.getBoundingClientRect().right > innerWidth && !scrolls(element));
                const overflow = document.documentElement.scrollWidth - innerWidth;
                return (overflow > 0 ? [overflow] : []).concat(out.map(element => element.outerHTML.slice(0, 80)));
            }"""
        )
    context.close()
    assert not {path: found for path, found in wide.items() if found}


def test_all_can_be_read_without_scripts(address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.locator("article a", has_text="读这一期公报").click()
    expect(page).to_have_url(address + NEWEST)
    to_record = "a[href^='records/second-half-activities/']"
    page.locator(f"article details:has({to_record}) > summary").first.click()  # a fold opens without scripts, too
    page.locator(f"article details {to_record}").first.click()

    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("article")).to_contain_text("第二届七彩梦夏令营")
    expect(page.locator("#gb-c-swimming-meet")).to_be_visible()
    page.get_by_text("年份推定", exact=True).click()
    expect(page.get_by_text("教育实践活动在街道一级属2014年")).to_be_visible()
    page.locator(".md-tabs a", has_text="主题").click()
    expect(page).to_have_url(f"{address}topics/")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colours_follow_the_reader(scheme: str, address: str, browser: Browser) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(address + RECORD)

    for element in ("h1", "article p:not([class])", ".gb-crumbs a", ".gb-promises td"):
        ground, ink = page.locator(element).first.evaluate(LUMINANCE)
        lighter, darker = max(ground, ink), min(ground, ink)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, element
        assert (ground < ink) == (scheme == "dark")
    context.close()


def test_the_search_finds_a_record_by_a_word_in_it(address: str, page: Page) -> None:
    page.goto(address)
    faults = watch(page, address)

    page.locator(".md-header__button[for=__search]").or_(page.locator(".md-search__input")).last.click()
    found = page.locator(".md-search-result__link[href*='second-half-activities']").first
    for _ in range(10):  # what is typed before the theme's index is there is lost: a reader types again
        page.locator(".md-search__input").fill("游泳比赛")
        page.keyboard.press("End")  # the theme listens for keys, and pasted Chinese strikes none
        with suppress(TimeoutError):
            found.wait_for(timeout=3_000)
            break
    expect(found).to_be_visible()
    found.click()

    expect(page.locator("h1")).to_contain_text("游泳")
    assert page.url.startswith(address + RECORD)
    assert not faults
