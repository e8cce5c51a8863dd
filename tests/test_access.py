"""The site for every reader: larger type by one switch, the system's colours, and nothing that shuts anybody out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from commands import BUILD, succeed
from serving import served
from six_halves import files, six_project
from small_archives import record, write
from test_look import FAULTS, KINDS, shut_out

pytestmark = pytest.mark.browser

Colours = Literal["light", "dark", "forced"]
WIDTHS = (320, 390, 1280)
COLOURS: tuple[Colours, ...] = ("light", "dark", "forced")
WAYS = [(width, colours) for width in WIDTHS for colours in COLOURS]


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site of six halves in English."""
    project = six_project(tmp_path_factory.mktemp("english") / "site")
    with (project / "content" / "site.yml").open("a", encoding="utf-8") as settings:
        settings.write("\nlanguage: en\n")
    theme = project / "mkdocs.yml"
    theme.write_text(theme.read_text(encoding="utf-8").replace("  language: zh", "  language: en"), encoding="utf-8")
    succeed(project, *BUILD)
    with served(project / "site") as address:
        yield address


def visitor(browser: Browser, width: int, colours: Colours, script: bool = True) -> BrowserContext:
    return browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if colours == "dark" else "light",
        forced_colors="active" if colours == "forced" else "none",
        java_script_enabled=script,
    )


def size(page: Page) -> float:
    """The size of the text in pixels; 24 are 18 points."""
    pixels: str = page.locator(".gb").first.evaluate("one => getComputedStyle(one).fontSize")
    return float(pixels.removesuffix("px"))


def test_larger_type_is_one_switch_that_is_remembered(six: str, browser: Browser) -> None:
    context = visitor(browser, 320, "light")
    page = context.new_page()
    page.goto(f"{six}plans/")
    before, switch = size(page), page.get_by_role("button", name="大字版")
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    for path in ("figures/", "2014/h1/"):
        page.goto(six + path)
        assert size(page) >= 24 > before
        assert page.evaluate(FAULTS) == []
    switch.click()
    page.reload()
    assert size(page) == before
    context.close()


def test_larger_type_comes_by_a_link_where_there_is_no_script(six: str, browser: Browser) -> None:
    context = visitor(browser, 390, "dark", script=False)
    page = context.new_page()
    page.goto(f"{six}plans/")
    page.get_by_role("link", name="大字版").click()
    assert size(page) >= 24
    page.get_by_role("link", name="标准版").click()
    assert size(page) < 20
    context.close()


def test_the_systems_own_colours_leave_bars_and_marks_to_be_seen(six: str, browser: Browser) -> None:
    context = visitor(browser, 390, "forced")
    page = context.new_page()
    page.goto(f"{six}plans/")
    seen = page.evaluate(
        """() => {
            const of = (one, name, part) => getComputedStyle(document.querySelector(one), part)[name]
            return [of("body", "backgroundColor"), of(".gb-bar-done", "stroke"),
                of(".gb-status-done", "backgroundColor", "::before"), of(".gb-bar", "borderTopColor")]
        }"""
    )
    assert seen[0] not in seen[1:]
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize("larger", [False, True])
def test_long_names_and_numbers_fit_a_small_phone(larger: bool, tmp_path: Path, browser: Browser) -> None:
    shop = {"slug": "shop", "title": "某某铁路局集团公司某某车辆段第一检修车间工会委员会", "parent": "district"}
    dues = {"label": "经费", "value": "12345678901.55", "unit": "元"}
    project = six_project(tmp_path / "site")
    work = record("收缴经费12345678901.55元。", title="收缴经费", unit="shop", figures=[dues])
    write(project, {"units.yml": [*files()["units.yml"], shop], "2014/h2/shop.md": work})
    succeed(project, *BUILD)
    context = visitor(browser, 320, "light")
    page = context.new_page()
    found: dict[str, list[str]] = {}
    with served(project / "site") as address:
        for path in ("", "2014/h2/", "2014/h2/aid/", "2014/h2/records/shop/", "units/shop/", "units/shop/2014-h2/"):
            page.goto(address + path)
            page.evaluate("larger => document.documentElement.classList.toggle('gb-larger-type', larger)", larger)
            found[path] = page.evaluate(FAULTS)
    context.close()
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.slow
@pytest.mark.parametrize(("width", "colours"), WAYS)
def test_no_kind_of_page_shuts_anybody_out(
    width: int, colours: Colours, six: str, english: str, browser: Browser
) -> None:
    """In Chinese and English; the search's box and the menu's drawer are opened too."""
    context = visitor(browser, width, colours)
    page = context.new_page()
    found: dict[str, list[str]] = {}
    for site in (six, english):
        for path in KINDS:
            page.goto(site + path, wait_until="networkidle" if path == "search/" else "load")
            found[site + path] = shut_out(page)
        page.goto(f"{site}2014/h1/")
        page.locator("body").press("/")
        page.keyboard.insert_text("工会")
        page.locator(".md-search .gb-hit").first.wait_for()
        page.wait_for_timeout(400)  # the box opens by and by
        found[f"{site} box"] = shut_out(page)
        page.keyboard.press("Escape")
        if width < 1220:  # a desk has no drawer
            page.locator("button.md-header__button[for=__drawer]").click()
            page.wait_for_timeout(400)
            found[f"{site} drawer"] = shut_out(page)
    context.close()
    assert {address: faults for address, faults in found.items() if faults} == {}


@pytest.mark.slow
def test_no_page_at_all_shuts_anybody_out(site: Path, address: str, browser: Browser) -> None:
    """Every page of the project's own site, each in the next of all ways."""
    contexts = [visitor(browser, *way) for way in WAYS]
    windows = cycle([context.new_page() for context in contexts])
    found: dict[str, list[str]] = {}
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        if "versions" in path.parts or name == "404.html":  # kept as it was; and made for the site's own address
            continue
        page = next(windows)
        page.goto(address + re.sub(r"index\.html$", "", name))
        found[f"{name} {page.viewport_size}"] = shut_out(page)
    for context in contexts:
        context.close()
    assert {name: faults for name, faults in found.items() if faults} == {}
