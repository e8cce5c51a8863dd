"""The search where something goes wrong, and where readers are quicker than the line: it never says what is not so."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from commands import PROJECT
from gongbao.search.mirror import searched_texts
from test_search import published, total, truth

pytestmark = pytest.mark.browser
INDEX = "**/pagefind/**/*.pf_index"
FAILED = "没有取到搜索要用的文件"


def matches(query: str) -> int:
    return len(truth(published(PROJECT), [[query]])[0])


def gone(route: Route) -> None:
    route.fulfill(status=404, body="<h1>404</h1>", content_type="text/html")


def lost(route: Route) -> None:
    route.abort()


def held(route: Route) -> None:
    """Leave it without an answer until nothing is routed any more."""


@pytest.mark.parametrize("trouble", [lost, gone])
def test_what_could_not_be_fetched_is_not_taken_for_nothing(
    trouble: Callable[[Route], None], address: str, page: Page
) -> None:
    page.goto(f"{address}search/?q=职工")
    assert total(page) == matches("职工")
    box, status = page.get_by_role("searchbox"), page.locator(".gb-search [role=status]")

    page.route(INDEX, trouble)
    box.fill("帮扶")
    expect(status).to_contain_text(FAILED)
    expect(page.locator("#search-results > *")).to_have_count(0)
    expect(page.locator("#search-results[data-total]")).to_have_count(0)

    page.unroute(INDEX)
    box.press("Enter")
    assert total(page) == matches("帮扶") > 1


def test_the_index_is_opened_anew_where_its_files_have_other_names_now(address: str, page: Page) -> None:
    page.goto(f"{address}search/?q=职工")
    assert total(page) > 1
    opened: list[str] = []
    page.route(INDEX, gone, times=1)
    page.on("request", lambda request: opened.append(request.url))
    page.get_by_role("searchbox").fill("帮扶")
    assert total(page) == matches("帮扶")
    assert any(url.endswith("/gongbao.json") for url in opened)


@pytest.mark.parametrize("script", ["gongbao-search.js", "gongbao-words.js", "pagefind.js", "gongbao.json"])
def test_a_script_that_does_not_come_is_told(script: str, address: str, page: Page) -> None:
    page.route(f"**/{script}", lost)
    page.goto(f"{address}search/?q=职工")
    expect(page.locator(".gb-search [role=status]")).to_contain_text(FAILED)
    page.goto(address)
    page.locator("body").press("/")
    expect(page.locator(".md-search [role=status]")).to_contain_text(FAILED)


def test_it_says_that_it_looks_before_anything_has_come(address: str, page: Page) -> None:
    page.route("**/gongbao.json", held)
    page.goto(f"{address}search/?q=职工")
    expect(page.locator(".gb-search [role=status]")).to_have_text("正在找……")
    page.unroute("**/gongbao.json")
    assert total(page) > 1


def test_enter_opens_the_list_of_all_that_was_asked_for_at_once(address: str, page: Page) -> None:
    page.goto(f"{address}2014/h1/")
    page.locator("body").press("/")
    box = page.locator(".md-search__input")
    page.keyboard.insert_text("职工")
    expect(page.locator(".md-search .gb-hit")).to_have_count(10)

    page.route(INDEX, held)  # nothing of this comes before the reader goes on
    box.fill("帮扶")
    page.get_by_text("筛选").click()
    page.locator(".md-search").get_by_label("年份").select_option("2014")
    box.press("Enter")
    expect(page.locator("h1")).to_have_text("搜索")
    page.unroute(INDEX)
    page.reload()
    assert 0 < total(page) < matches("帮扶")
    assert page.url.endswith("search/?q=%E5%B8%AE%E6%89%B6&year=2014")
    page.go_back()
    expect(page).to_have_url(f"{address}2014/h1/")


def test_a_reader_who_comes_back_from_a_result_stands_where_the_list_was_left(address: str, page: Page) -> None:
    page.goto(f"{address}search/?q=职工")
    assert total(page) > 30
    hits = page.locator("#search-results a")
    for shown in (20, 30):
        page.get_by_role("button", name="再显示一些").click()
        expect(hits).to_have_count(shown)
    title = hits.nth(24).locator(".gb-hit-title").inner_text()
    hits.nth(24).click()
    expect(page.locator("h1")).to_have_text(title)
    page.go_back()
    expect(hits).to_have_count(30)
    expect(hits.nth(24)).to_be_focused()
    expect(hits.nth(24)).to_be_in_viewport()


def test_a_further_click_on_more_shows_nothing_twice_and_one_without_a_line_is_told(address: str, page: Page) -> None:
    page.goto(f"{address}search/?q=职工")
    assert total(page) > 30
    more, hits = page.get_by_role("button", name="再显示一些"), page.locator("#search-results a")
    more.evaluate("button => { button.click(); button.click() }")
    expect(hits).to_have_count(20)
    assert len({link.get_attribute("href") for link in hits.all()}) == 20
    page.route("**/fragment/*", lost)
    more.click()
    expect(page.locator(".gb-search [role=status]")).to_contain_text(FAILED)
    page.unroute("**/fragment/*")
    more.click()
    expect(page.locator(".gb-search [role=status]")).to_contain_text("找到")


def test_keys_reach_the_search_also_from_its_results_and_from_the_switch_of_colours(address: str, page: Page) -> None:
    page.goto(address)
    page.locator("label[for=__palette_1]").click()
    page.keyboard.press("/")
    box, hits = page.locator(".md-search__input"), page.locator(".md-search .gb-hit")
    expect(box).to_be_focused()
    page.keyboard.insert_text("职工")
    expect(hits).to_have_count(10)
    page.keyboard.press("ArrowDown")
    expect(hits.first).to_be_focused()
    page.keyboard.press("s")
    expect(box).to_have_value("职工s")
    page.keyboard.press("Escape")
    expect(page.locator(".md-search__output")).to_be_hidden()


def test_an_excerpt_cuts_no_number(address: str, page: Page) -> None:
    seed = published(PROJECT)
    whole = ["\n".join(text for text in searched_texts(one, seed.vocabulary) if text) for one in seed.records]
    cuts = 0
    for query in ("万元", "职工", "率"):
        page.goto(f"{address}search/?q={query}")
        assert total(page) > 5
        for excerpt in page.locator(".gb-hit-text").all_text_contents():
            inner = excerpt.strip("…")
            text = next(text for text in whole if inner in text)
            start = text.index(inner)
            for at in (start, start + len(inner)):
                cuts += 0 < at < len(text)
                assert not re.fullmatch(r"[\w.,+%-]{2}", text[max(0, at - 1) : at + 1], re.ASCII), excerpt
    assert cuts > 20
