"""Hostile texts: nothing that a record's text or a field can hold runs, leads to a script, or meets the page's ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import material  # type: ignore[import-untyped]
import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, Page, Route

from any_archives import archive_of
from gongbao.publishing.feed_content import feed_content
from gongbao.rendering.template_files import TEMPLATES
from gongbao.text.prose import embed, rebase, render
from harm import harm, ids
from hostile import ADDRESSES, NAMING, STRINGS, WAYS
from small_archives import in_memory, write

URL = "https://site.example.org/"
THEME = Path(material.__file__).parent / "templates"
ASSETS = TEMPLATES.parents[1] / "host"
_LITERAL = re.compile(r'\b(?:id|name|for)="([^"{}<>]+)"')
_ASKED = re.compile(r"""["'`]#([\w-]+)|getElementById\(["'`]([\w-]+)|\[name=["']?([\w-]+)""")


@cache
def names_of_pages() -> frozenset[str]:
    """The ids and names of the program's and the theme's templates, and those that the scripts of both ask for."""
    found: set[str] = set()
    for folder in (THEME, TEMPLATES, ASSETS):
        for path in folder.rglob("*.html"):
            found |= {name.strip("#") for name in _LITERAL.findall(path.read_text(encoding="utf-8"))}
        for path in folder.rglob("*.js"):
            asked = _ASKED.findall(path.read_text(encoding="utf-8"))
            found |= {name for names in asked for name in names if name}
    assert {"__config", "__search", "gb-search", "search-results"} <= found
    return frozenset(found)


def no_file(link: str) -> str | None:
    return "" if link.endswith(".md") else None


def shown(text: str) -> Iterator[str]:
    """A text as each output has it: the record's page, a page of several records, feeds."""
    html = render(text, no_file)
    yield rebase(html, "../../../../")
    yield rebase(embed(html, "visit.", 1), "../../")
    yield feed_content(rebase(html, "../"), f"{URL}2014/h1/records/a/")


def together(way: str, words: Iterable[str]) -> str:
    return "\n\n".join(way.replace("@", word) for word in words)


@pytest.mark.parametrize("way", WAYS)
def test_no_way_to_write_an_address_leads_to_a_script(way: str) -> None:
    for html in shown(together(way, ADDRESSES)):
        assert not [*harm(html, URL)]


@pytest.mark.parametrize("way", NAMING)
def test_no_way_to_write_an_id_makes_one_of_the_pages(way: str, site: Path) -> None:
    names = (
        names_of_pages()
        | ids((site / "404.html").read_text("utf-8"))
        | ids((site / "search/index.html").read_text("utf-8"))
    )
    for html in shown(together(way, sorted(names))):
        assert not ids(html) & names
        assert not [*harm(html, URL)]


@pytest.mark.slow
@pytest.mark.parametrize("way", [*WAYS, *NAMING])
def test_each_way_alone(way: str) -> None:
    """One after the other, since a tag that stays open would hide what follows."""
    for word in (*ADDRESSES, *STRINGS, *names_of_pages()):
        for html in shown(way.replace("@", word)):
            assert not [*harm(html, URL)], word
            assert not ids(html) & names_of_pages(), word


# ---- in a browser, without the policy that would stop a script ----

REFRESH = re.compile('<meta http-equiv="refresh"[^>]*>')
NOTE = "window.ran = []; window.pwn = (what) => { window.ran.push(what) }"
LINKS = """() => [...document.querySelectorAll('*')]
    .flatMap((one) => [...one.attributes].map((attribute) => [one.localName, attribute.name]))
    .filter(([tag, name]) => name.startsWith('on')).map(String)
    .concat([...document.links].filter((a) => !/^(https?|mailto|tel):$/.test(a.protocol)).map(String))"""


def ran(page: Page, pages: dict[str, str]) -> list[str]:
    """Open each of some pages, hover and focus what can be, and return what ran or would run at a click."""

    def answer(route: Route) -> None:
        html = pages.get(route.request.url.removeprefix(URL))
        if html is None:
            route.fulfill(status=404)
        else:
            route.fulfill(body=f"<!doctype html><meta charset=utf-8>{html}", content_type="text/html")

    page.unroute_all()
    page.route("**/*", answer)
    found: list[str] = []
    for address in pages:
        page.goto(URL + address)
        page.evaluate("document.querySelectorAll('*').forEach((one) => one.focus?.())")
        found += [f"{address}: {one}" for one in page.evaluate(LINKS) + page.evaluate("window.ran")]
    return found


@pytest.fixture
def victim(browser: Browser) -> Iterator[Page]:
    """A page that notes whatever runs."""
    context = browser.new_context()
    context.add_init_script(NOTE)
    yield context.new_page()
    context.close()


def test_what_runs_is_noted(victim: Page) -> None:
    found = ran(victim, {"a": "<script>pwn(1)</script>", "b": "<img src=x onerror=pwn(2)>"})
    assert found == ["a: 1", "b: img,onerror", "b: 2"]


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("word", STRINGS, ids=lambda word: repr(word)[:30])
def test_no_string_in_any_field_runs(word: str, victim: Page, tmp_path: Path) -> None:
    built = in_memory(write(tmp_path, archive_of(word)), URL)
    assert len(built.read) > 10, "each page closes what it opens, so that all can stand in one"
    every = built.rendered.values()
    heads, bodies = "\n".join(str(one.head) for one in every), "\n".join(one.html for one in every)
    assert not ran(victim, {"all/": f"<head>{heads}</head>{REFRESH.sub('', bodies)}"})


@pytest.mark.slow
@pytest.mark.browser
def test_no_address_in_any_way_runs(victim: Page) -> None:
    pages: dict[str, str] = {}
    for at, way in enumerate([*WAYS, *NAMING]):
        for html in shown("\n\n".join(way.replace("@", word) for word in ADDRESSES)):
            pages[f"{at}/{len(pages)}"] = html
            read = MarkdownIt("commonmark", {"html": True}).render(html)
            pages[f"{at}/{len(pages)}"] = read
    assert not ran(victim, pages)
