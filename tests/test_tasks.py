"""Five things that readers come for, each found on a site of 1,000 records by clicking on visible words alone.

A reader has three clicks and three screens. Typing costs nothing. A screen is a window's height that lies between what
is seen of a page when it comes and what is wanted.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from contact_sheets import build_site
from serving import served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WINDOWS = {"phone": (390, 844), "desk": (1280, 900)}
AT_MOST = 3


class Reader:
    """A reader at the home page, who counts clicks and screens."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.clicks, self.screens = page, 0, 0
        page.goto(home)

    def click(self, words: str | re.Pattern[str], within: str = "body") -> None:
        """Click on the first link, button or folded part that is seen with these words."""
        place = self.page.locator(within)
        named = place.locator("a, button, summary").filter(has_text=words).or_(place.get_by_role("button", name=words))
        target = named.filter(visible=True).first
        self._go_to(target)
        target.click()
        self.clicks += 1
        self.page.wait_for_load_state()

    def choose(self, words: str, label: str) -> None:
        """Choose an entry of a list."""
        box = self.page.locator(f"label:has-text('{label}') select").filter(visible=True).first
        self._go_to(box)
        box.select_option(label=words)
        self.clicks += 1

    def sees(self, words: str | re.Pattern[str], within: str = "article") -> None:
        """Look for words, which end the task."""
        found = self.page.locator(within).get_by_text(words).filter(visible=True).first
        expect(found).to_be_visible()
        self._go_to(found)
        assert self.clicks <= AT_MOST, f"{self.clicks} clicks"
        assert self.screens <= AT_MOST, f"{self.screens} screens"

    def _go_to(self, target: Locator) -> None:
        """Scroll down to something as far as needed; a window that shows it already is left as it is."""
        expect(target).to_be_visible()
        below = target.evaluate("one => one.getBoundingClientRect().top / innerHeight")
        self.screens += max(0, int(below))
        target.scroll_into_view_if_needed()


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site of 1,000 records."""
    return build_site(tmp_path_factory.mktemp("thousand") / "site")


@pytest.fixture(scope="module")
def home(thousand: Path) -> Iterator[str]:
    with served(thousand) as address:
        yield address


@pytest.fixture(scope="module")
def records(thousand: Path) -> Sequence[Mapping[str, Any]]:
    """The records as the open data have them."""
    listed: list[dict[str, Any]] = json.loads((thousand / "data/records.json").read_text(encoding="utf-8"))["records"]
    return listed


@pytest.fixture(params=WINDOWS)
def reader(request: pytest.FixtureRequest, browser: Browser, home: str) -> Iterator[Reader]:
    width, height = WINDOWS[request.param]
    context = browser.new_context(viewport={"width": width, "height": height})
    yield Reader(context.new_page(), home)
    context.close()


def rows(thousand: Path, name: str) -> list[dict[str, str]]:
    with (thousand / "data" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_what_a_unit_did_on_a_topic_in_a_half(reader: Reader, records: Sequence[Mapping[str, Any]]) -> None:
    done = next(one for one in records if one["period"] == "2019-h1" and one["kind"] == "done")
    reader.click("单位", ".md-tabs")
    reader.click(done["unit_title"], "article")
    reader.click("条记录", "article tr:has-text('2019年') td:nth-of-type(1)")
    reader.sees(done["title"])


def test_whether_a_promise_of_a_unit_was_kept(reader: Reader, thousand: Path) -> None:
    promise = next(one for one in rows(thousand, "commitments") if one["due_now"] == "2021年上半年")
    reader.click("计划台账", ".md-tabs")
    reader.click("按单位看", "article")
    reader.click(promise["unit_title"], "article")
    expect(reader.page.locator("tr", has_text=promise["text"])).to_contain_text(promise["status_title"])
    reader.sees(promise["text"])


def test_whether_a_promise_of_long_ago_was_kept(reader: Reader, thousand: Path) -> None:
    promise = next(one for one in rows(thousand, "commitments") if one["due_now"] == "2010年上半年")
    reader.click("计划台账", ".md-tabs")
    reader.click(re.compile("^2010年"), "article")
    reader.choose("2010年上半年", "期")
    expect(reader.page.locator("tr", has_text=promise["text"])).to_contain_text(promise["status_title"])
    reader.sees(promise["text"])


def test_how_an_indicator_moved(reader: Reader) -> None:
    reader.click("数据", ".md-tabs")
    reader.click("慰问困难职工", "article")
    chart = reader.page.locator("article figure:has(svg)").filter(visible=True).first
    reader.sees(re.compile(f"^{re.escape(chart.locator('figcaption b').inner_text())}"))


def test_which_figures_of_the_newest_bulletin_do_not_add_up(reader: Reader) -> None:
    reader.click("数据", ".md-tabs")
    reader.click(re.compile("存疑"), "article")
    reader.sees(re.compile("900.*800|800.*900"))
    reader.sees("清点藏书")


def test_all_records_with_a_phrase_in_a_year(reader: Reader, records: Sequence[Mapping[str, Any]]) -> None:
    wanted = [one for one in records if "联谊会" in json.dumps(one, ensure_ascii=False) and "2020" in one["period"]]
    assert wanted
    if reader.page.locator(".md-search__input").is_hidden():
        reader.click("搜索", ".md-header")
    reader.page.locator(".md-search__input").fill("联谊会")
    reader.page.locator(".md-search .gb-hit").first.wait_for()
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url(re.compile("q="))
    reader.page.locator("#search-results .gb-hit").first.wait_for()
    reader.choose("2020年", "年份")
    expect(reader.page.locator("#search-results")).to_have_attribute("data-total", re.compile("^[1-9]"))
    reader.sees(re.compile("2020年"), "#search-results")
