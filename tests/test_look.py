"""How the site meets its readers: reached by all, nothing cut off or covered, and light to load."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from test_site import NEWEST, RECORD, RECORDS, watch

pytestmark = pytest.mark.browser

Scheme = Literal["light", "dark"]
GUIDE = "guide/keys/"
# One page of every kind: those of the seed site, then those that only the site of six halves has.
SEED = (
    *("", "2014/", NEWEST, "2014/h1/activities/", RECORD, "topics/", "topics/activities/"),
    *(
        "units/qingzhi-subdistrict/",
        "units/qingzhi-subdistrict/2014-h1/",
        "data/",
        GUIDE,
        "readers/",
        "search/",
        "corrections/",
        "plans/pace/",
    ),
)
SIX = ("2014/h1/", "plans/", "figures/", "figures/formed/", "register/", "units/east/", "404.html")
# The same kinds on the site of six halves alone, whose pages are small.
KINDS = (
    *SIX,
    *("", "2014/", "2014/h1/organizing/", "2014/h1/records/work-east/", "topics/", "topics/organizing/"),
    *("units/east/2014-h1/", "data/", "readers/", "search/", "corrections/", "compare/", "compare/2014-h2/"),
)
# Those of them that have more than links: forms, filters, tables that scroll, what opens and closes.
WITH_CONTROLS = (
    *("2014/h1/", "plans/", "figures/formed/", "register/", "units/east/", "2014/h1/records/work-east/"),
    *("topics/organizing/", "data/", "search/"),
)
PHONE, TABLET, DESK = 390, 768, 1440

# Whatever a reader would miss: what goes beyond the window's edge where nothing scrolls, text that its box cuts off,
# and texts that lie one upon the other.
FAULTS = """() => {
    const shown = element => element.checkVisibility({visibilityProperty: true, opacityProperty: true})
    const passed = ".gb-quiet, .gb-figures > caption, thead, svg, .md-search, .md-sidebar--primary, .md-skip"
    const quiet = element => !!element.closest(passed)
    const scrolls = element => !!element && (
        /auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement))
    const name = element => `${element.tagName} ${element.className || ""}: ${element.textContent.trim().slice(0, 30)}`
    const faults = []
    const over = document.documentElement.scrollWidth - innerWidth
    if (over > 0) faults.push(`the page is ${over} px too wide`)
    const texts = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement
        if (!walker.currentNode.data.trim() || !shown(element) || quiet(element)) continue
        const range = document.createRange()
        range.selectNodeContents(walker.currentNode)
        for (const box of range.getClientRects()) {
            if (box.width < 1 || box.height < 1) continue
            if (box.right > innerWidth + 1 && !scrolls(element)) faults.push("beyond the edge: " + name(element))
            if (element.closest("article")) texts.push([box, element])
        }
        for (let box = element; box && box !== document.body; box = box.parentElement) {
            const style = getComputedStyle(box)
            const cut = style.overflowX === "hidden" && box.scrollWidth > box.clientWidth + 1
                || style.overflowY === "hidden" && box.scrollHeight > box.clientHeight + 1
            if (cut && box.closest("article")) faults.push("cut off: " + name(box))
        }
    }
    texts.sort((one, other) => one[0].top - other[0].top)
    texts.forEach(([box, element], at) => {
        for (let next = at + 1; next < texts.length && texts[next][0].top < box.bottom - 4; next++) {
            const [below, other] = texts[next]
            const across = Math.min(box.right, below.right) - Math.max(box.left, below.left)
            const down = Math.min(box.bottom, below.bottom) - below.top
            if (across > 2 && down > 0.5 * Math.min(box.height, below.height))
                faults.push("one upon the other: " + name(element) + " / " + name(other))
        }
    })
    return [...new Set(faults)]
}"""


@pytest.fixture(scope="module")
def pages(address: str, six: str) -> list[str]:
    return [*(address + path for path in SEED), *(six + path for path in SIX)]


@pytest.mark.parametrize(("width", "scheme", "first"), [(PHONE, "light", 0), (DESK, "dark", 1)])
def test_every_kind_of_page_is_sound(
    width: int, scheme: Scheme, first: int, six: str, address: str, browser: Browser
) -> None:
    """Each kind is opened in one way, and then made as wide as the others."""
    pages = [f"{address}{GUIDE}", *(six + path for path in KINDS)]
    are_sound(width, scheme, pages[first::2], browser)


@pytest.mark.slow
@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_sound(width: int, scheme: Scheme, pages: list[str], browser: Browser) -> None:
    are_sound(width, scheme, pages, browser)


def are_sound(width: int, scheme: Scheme, pages: list[str], browser: Browser) -> None:
    """axe finds nothing, nothing is cut off or covered, each says what it is, and none asks another host."""
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    wrong = watch(page, "http://127.0.0.1:")
    said = set()
    hidden: dict[str, list[str]] = {}
    found: dict[str, list[str]] = {}
    for address in pages:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        hidden[address] = page.evaluate(FAULTS)
        description = page.locator("meta[name=description]").get_attribute("content") or ""
        assert page.title().endswith(("工报", "六期"))
        assert page.locator("h1").count() == 1, address
        assert 1 < len(description) <= 200, (address, description)
        said.add((page.title(), description))
        if faults := shut_out(page):
            found[address] = faults
        page.wait_for_load_state("networkidle")  # what it asks for later counts too
        for other in {PHONE, TABLET, DESK} - {width}:
            page.set_viewport_size({"width": other, "height": 900})
            hidden[address] += [f"{other} px wide: {fault}" for fault in page.evaluate(FAULTS)]
    context.close()
    assert not {address: faults for address, faults in hidden.items() if faults}
    assert not found
    assert not wrong
    assert len(said) == len(pages)


# Tables and lists of results without a name, and headings whose parts are read as one word.
NAMELESS = """() => {
    const shown = element => element.checkVisibility({visibilityProperty: true})
    const ours = [...document.querySelectorAll(".gb table, .gb-hits, .md-search-result__list")].filter(shown)
    const nameless = ours.filter(one => !one.caption && !one.ariaLabel && !one.closest(".md-typeset__table"))
    const parts = [...document.querySelectorAll(":is(h1, h2, h3, h4) > :is(small, .gb-by)")].filter(shown)
    const joined = parts.filter(one => /\\S$/.test(one.previousSibling?.textContent ?? " "))
    return [...nameless.map(one => "no name: " + one.outerHTML.slice(0, 99)),
        ...joined.map(one => "read as one word: " + one.parentElement.textContent.trim())]
}"""


# Of a rule that is kept, axe need not tell every element: it takes a third longer to.
AXE = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}


def shut_out(page: Page) -> list[str]:
    """What shuts some readers out of a page: what axe finds, targets below 24 pixels (WCAG 2.5.8), missing names."""
    result: dict[str, Any] = Axe().run(page, options=AXE).response
    assert len(result["passes"]) > 15
    found = [f"{one['id']}: {node['html'][:99]}" for one in result["violations"] for node in one["nodes"]]
    nameless: list[str] = page.evaluate(NAMELESS)
    return found + nameless


def test_everything_is_reached_by_keyboard_and_shows_it(six: str, browser: Browser) -> None:
    """On a desk, all of one page and the article of small ones with controls; `make test-long` tries the others."""
    assert not by_keyboard(DESK, [six, *(f"{six}{path}#gb-top" for path in WITH_CONTROLS)], browser)


@pytest.mark.slow
def test_everything_on_small_pages_is_reached_by_keyboard_too(six: str, browser: Browser) -> None:
    assert not by_keyboard(DESK, [f"{six}{path}#gb-top" for path in KINDS], browser)


@pytest.mark.slow
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_everything_on_large_pages_is_reached_by_keyboard_too(width: int, pages: list[str], browser: Browser) -> None:
    assert not by_keyboard(width, pages, browser)


def by_keyboard(width: int, pages: list[str], browser: Browser) -> dict[str, list[str]]:
    """Go through pages by keyboard; return what is never reached, and what does not show that it is, by address."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.add_init_script(FOCUSED)
    faults = {}
    for address in pages:
        page.goto(address, wait_until="networkidle" if "/search/" in address else "load")
        faults[address] = missed(page)
    context.close()
    return {address: fault for address, fault in faults.items() if fault}


# Notes what the keyboard comes to, and what does not show it. The theme marks its colour switch by the switch's label;
# its search box opens while the keyboard comes to it.
FOCUSED = """addEventListener("focusin", ({ target }) => {
    target.reached = true
    if (target.closest(".md-option, .md-search, .md-skip")) return
    const { left, right, width } = target.getBoundingClientRect()
    const seen = width > 0 && right > 0 && left < innerWidth && target.checkVisibility({visibilityProperty: true})
    if (!seen || getComputedStyle(target).outlineStyle === "none")
        (window.unseen ??= new Set()).add(target.outerHTML.slice(0, 99))
})"""


def missed(page: Page) -> list[str]:
    """Go through a page by keyboard; return what is never reached, and what does not show that it is.

    Where the address names a place in the page, the keyboard begins there.
    """
    count: int = page.evaluate(
        """() => {
            const all = [...document.querySelectorAll("a[href], button, select, input, summary")]
            const start = location.hash && document.querySelector(location.hash)
            window.wanted = all.filter(one => one.checkVisibility({visibilityProperty: true, opacityProperty: true})
                && !one.closest(".md-search, .md-sidebar--primary")
                && (!start || start.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING))
            return wanted.length
        }"""
    )
    assert count > (3 if "#" in page.url else 10)
    left: list[str] = []
    for _ in range(0, 2 * count + 60, 20):  # there are the menu's entries and the box's besides
        for _ in range(20):
            page.keyboard.down("Tab")  # and never up: half as many events
        left = page.evaluate("wanted.filter(one => !one.reached).map(one => one.outerHTML.slice(0, 99))")
        if not left:
            break
    unseen: list[str] = page.evaluate("[...window.unseen ?? []]")
    return left + unseen


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    """A phone, for one test after another."""
    context = browser.new_context(viewport={"width": PHONE, "height": 844})
    yield context.new_page()
    context.close()


def test_a_phones_menu_and_search_open_and_close_by_keyboard(address: str, phone: Page) -> None:
    page = phone
    page.goto(address + NEWEST)
    menu, search = page.get_by_role("button", name="导航栏"), page.get_by_role("button", name="搜索")
    inside = page.get_by_role("navigation", name="导航栏")
    expect(inside).to_be_hidden()
    menu.press("Enter")
    expect(inside.get_by_role("link", name="要点")).to_be_focused()
    expect(menu).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(inside).to_be_hidden()
    expect(menu).to_be_focused()
    search.press("Enter")
    expect(page.get_by_role("textbox", name="搜索记录")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("textbox", name="搜索记录")).to_be_hidden()
    expect(search).to_be_focused()
    menu.press(" ")
    inside.get_by_role("link", name="各主题").press("Enter")
    expect(page).to_have_url(re.compile("#"))
    expect(inside).to_be_hidden()
    page.get_by_role("link", name="计划台账").first.press("Enter")
    expect(page.locator("h1")).to_have_text("计划台账")
    menu.press("Enter")
    expect(inside.get_by_role("link", name="首页")).to_be_visible()


def test_a_phones_menu_opens_by_keyboard_without_script(address: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": PHONE, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(address + NEWEST)
    inside = page.get_by_role("navigation", name="导航栏")
    expect(inside).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press(" ")
    expect(inside.get_by_role("link", name="要点")).to_be_visible()
    context.close()


def test_the_first_key_leads_past_the_menus(address: str, page: Page) -> None:
    page.goto(address + NEWEST)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("#gb-top$"))


@pytest.mark.parametrize(
    ("path", "top"), [("plans/", "计划台账"), ("figures/formed/", "数据"), ("units/east/", "单位")]
)
def test_the_top_of_a_phones_menu_shows_where_one_is(path: str, top: str, six: str, phone: Page) -> None:
    phone.goto(six + path)
    here = phone.locator(".md-tabs__item--active")
    expect(here).to_have_text(top)
    expect(here).to_be_in_viewport(ratio=1)


def test_a_record_page_is_short(site: Path) -> None:
    heavy = {
        path.relative_to(site).as_posix(): path.stat().st_size
        for path in site.glob("*/*/records/*/index.html")
        if path.stat().st_size > 25_000
    }
    assert len(RECORDS) > 100
    assert not heavy
    for kind in ("index.html", "2014/h1/records/service-card/index.html", "about/index.html"):
        blank = [line for line in (site / kind).read_text(encoding="utf-8").split("\n") if line and not line.strip()]
        assert not blank, f"{kind} has {len(blank)} lines of nothing but indentation"


def test_the_tools_show_with_script_and_copy_the_lasting_address(address: str, browser: Browser) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}latest/")
    page.get_by_role("button", name="复制链接").click()

    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"https://gongbao.example.org/{NEWEST}"
    expect(page.get_by_role("button", name="打印")).to_be_visible()
    context.close()


SIZES = """() => {
    const sizes = new Set(), texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
        const {data, parentElement: element} = texts.currentNode
        if (data.trim() && element.checkVisibility() && !element.closest("svg, script, style")) {
            sizes.add(getComputedStyle(element).fontSize)
        }
    }
    return [...sizes]
}"""


def test_there_are_seven_sizes_of_type(six: str, window: Page) -> None:
    sizes: dict[int, set[str]] = {PHONE: set(), DESK: set()}
    for path in KINDS:
        window.goto(six + path)
        for width, there in sizes.items():
            window.set_viewport_size({"width": width, "height": 900})
            there.update(window.evaluate(SIZES))
    for there in sizes.values():
        assert len(there) <= 7, there
