"""The trimmed styles of the theme: made of today's pages, the same to see, and never in a page that needs more."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any, Literal

import pytest
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page, Response, Route

from commands import BUILD, replace, succeed
from gongbao.host.theme_styles import FILE, TRIMMED, left_out
from test_look import DESK, GUIDE, KINDS, PHONE
from test_site import NEWEST, RECORD
from trim_theme import THEME, trimmed

WHOLE = "".join(next(THEME.glob(f"stylesheets/{part}.*.min.css")).read_text("utf-8") for part in ("main", "palette"))
# How many rules of the whole styles the trimmed ones lack, and which of them an element meets in some state.
MISSED = """([whole, trimmed]) => {
    const rules = (list, within) => [...list].flatMap(rule => {
        if (rule.conditionText) return rules(rule.cssRules, rule.conditionText)
        const selectors = rule.selectorText ? rule.selectorText.split(/,(?![^(]*\\))/) : []
        return selectors.map(one => `${within}|${one.trim()}`)
    })
    const parsed = text => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(text)
        return rules(sheet.cssRules, "")
    }
    const state = /::?(before|after|placeholder|hover|focus[\\w-]*|active|target|checked|-[\\w-]+)\\b/g
    const met = rule => {
        try { return document.querySelector(rule.split("|")[1].replace(state, "") || "*") } catch { return null }
    }
    const there = new Set(parsed(trimmed)), missing = parsed(whole).filter(rule => !there.has(rule))
    return [missing.length, missing.filter(met)]
}"""

# How each element looks, and what stands before and after it.
LOOKS = """properties => [...document.querySelectorAll("*")].flatMap(one => ["", "::before", "::after"].map(part => {
    const style = getComputedStyle(one, part)
    const look = properties.map(name => style.getPropertyValue(name)).join("|")
    return `${one.tagName}.${one.getAttribute("class")}${part} ${look}`
}))"""


def test_the_trimmed_styles_are_made_of_todays_pages(site: Path, six_site: Path) -> None:
    assert TRIMMED.read_text(encoding="utf-8") == trimmed([site, six_site]), "run trim_theme.py as a script"


@pytest.mark.browser
def test_no_page_meets_a_rule_that_was_left_out(address: str, six: str, page: Page) -> None:
    for path in (address, address + NEWEST, address + GUIDE, f"{six}figures/formed/", f"{six}plans/", f"{six}search/"):
        page.goto(path)
        page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")  # the theme's script marks where one is
        page.keyboard.press("/")
        missing, met = page.evaluate(MISSED, [WHOLE, TRIMMED.read_text(encoding="utf-8")])
        assert missing > 500
        assert met == [], path


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme", "first"), [(PHONE, "dark", 0), (DESK, "light", 1)])
def test_readers_see_the_same_with_the_themes_whole_styles(
    width: int, scheme: Literal["light", "dark"], first: int, address: str, six: str, browser: Browser
) -> None:
    def give_whole(route: Route) -> None:
        route.fulfill(body=WHOLE, content_type="text/css")

    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    for path in (f"{address}{NEWEST}", f"{address}{GUIDE}", *(six + kind for kind in KINDS[first::2])):
        looks = []
        for whole in (False, True):
            page = context.new_page()
            if whole:
                page.route(f"**/{FILE}", give_whole)
            page.emulate_media(reduced_motion="reduce")
            page.goto(path, wait_until="networkidle")
            assert page.locator(f"link[href$='{FILE}']").count() == 1, path
            looks.append(page.evaluate(LOOKS, sorted(set(re.findall(r"[{;]([a-z][a-z-]*):", WHOLE)))))
            page.close()
        assert len(looks[0]) > 100
        assert [pair for pair in zip(*looks, strict=True) if pair[0] != pair[1]] == [], path
    context.close()


@pytest.mark.browser
def test_a_first_visit_is_light_and_further_pages_come_alone(packed: str, browser: Browser) -> None:
    """Bytes as a host sends them that compresses, and the files that they come in."""
    context = browser.new_context()
    page = context.new_page()
    weights: dict[str, int] = {}

    def came(response: Response) -> None:
        weights.setdefault(response.url, len(gzip.compress(response.body(), 9)))

    page.on("response", came)
    page.goto(packed, wait_until="networkidle")
    assert 4 < len(weights) <= 8
    files = sum(weights.values()) - weights[packed]
    for path in (NEWEST, RECORD, "about/"):
        page.goto(packed + path, wait_until="networkidle")
    context.close()
    pages = {packed, *(packed + path for path in (NEWEST, RECORD, "about/"))}
    assert sum(weights.values()) == files + sum(weights[address] for address in pages)
    assert 20_000 < files + max(weights[address] for address in pages) < 70_000, weights


MATERIAL = {"name": "material", "features": ["navigation.tabs"]}
MORE: dict[str, tuple[str, str, dict[str, Any]]] = {  # a file of the site's own, its text, and its settings
    "feature": ("", "", {"theme": {"name": "material", "features": ["content.code.copy"]}}),
    "style": ("own.css", ".md-typeset .highlight { color: red }\n", {"extra_css": ["own.css"]}),
    "script": ("", "", {"extra_javascript": ["https://example.net/a.js"]}),
    "template": ("gongbao/record.html", '<p class="md-banner">', {"theme": {**MATERIAL, "custom_dir": "docs"}}),
    "other theme": ("assets/stylesheets/main.0.min.css", "p {}\n", {"theme": {**MATERIAL, "custom_dir": "docs"}}),
}


@pytest.mark.parametrize("what", MORE)
def test_a_site_with_more_of_its_own_keeps_the_themes_styles(what: str, tmp_path: Path) -> None:
    file, text, own = MORE[what]
    settings = tmp_path / "mkdocs.yml"
    settings.write_text("site_name: 工报\n", encoding="utf-8")
    path = tmp_path / "docs" / file
    (tmp_path / "docs").mkdir()
    if file:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert left_out(load_config(str(settings), theme=MATERIAL))
    assert left_out(load_config(str(settings), **{"theme": MATERIAL, **own})) is None


def test_a_page_keeps_the_themes_styles_if_it_names_what_was_left_out(small: Path) -> None:
    replace(small / "mkdocs.yml", "primary: white", "primary: teal")  # colours are no reason
    (small / "docs/own.css").write_text(".gb h1 { color: var(--md-primary-fg-color) }\n", encoding="utf-8")
    with (small / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("extra_css: [own.css]\n")
    (small / "docs/mine.md").write_text('# 图标\n\n<p class="md-banner">注意</p>\n', encoding="utf-8")
    succeed(small, *BUILD)
    sheets = {
        name: re.findall(
            r'<link rel="stylesheet" href="[./]*assets/([^"]*)"', (small / "site" / name).read_text("utf-8")
        )
        for name in ("index.html", "404.html", "mine/index.html")
    }
    ours = ["gongbao.css", "gongbao-print.css"]
    assert sheets["index.html"] == sheets["404.html"] == ["theme.css", *ours]
    assert [re.sub(r"\.\w+\.min", "", sheet) for sheet in sheets["mine/index.html"]] == [
        *("stylesheets/main.css", "stylesheets/palette.css"),
        *ours,
    ]
