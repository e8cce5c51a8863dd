"""The built site as a whole: every address answers below any path, asks no other host, and builds the same twice."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urldefrag, urljoin
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, Request

from commands import BUILD, PROJECT, files_of, succeed
from six_halves import six_project

NEWEST = "2014/h1/"
RECORD = "2014/h1/records/second-half-activities/"
ADDRESSES = (
    "",
    "2014/",
    "undated/",
    NEWEST,
    "2008/year/",
    "undated/year/",
    "2014/h1/activities/",
    RECORD,
    "topics/",
    "topics/activities/",
    "units/",
    "units/qingzhi-subdistrict/",
    "units/qingzhi-subdistrict/2014-h1/",
    "latest/",
)
# Pages that are like others; `make test-long` opens them too.
LIKE_OTHERS = {"2014/", "2008/year/", "undated/year/", "topics/", "topics/activities/", "units/", "latest/"}
PUBLISHED = "https://gongbao.example.org/"  # site_url and repo_url of mkdocs.yml
REPOSITORY = "https://git.example.org/gongbao/gongbao"
RECORDS = sorted(path for path in (PROJECT / "content").glob("*/*/*.md"))
_OUTSIDE = re.compile(
    r"""(?:src=|<link[^>]*rel="?(?:stylesheet|icon|pre\w+)[^>]*href=|url\(|@import )["']?(?:https?:)?//"""
)


def watch(page: Page, address: str) -> list[str]:
    """Gather whatever goes wrong on a page, and every request to another host."""
    faults: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            faults.append(f"another host: {request.url}")

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the reader went on before all of the page was there
            faults.append(f"{request.failure}: {request.url}")

    page.context.on("request", asked)
    page.context.on("requestfailed", failed)
    page.context.on("response", lambda one: faults.append(f"{one.status}: {one.url}") if one.status >= 400 else None)
    page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    return faults


@pytest.fixture(scope="module")
def answered() -> dict[str, int]:
    """The addresses that have been asked for, with their answer."""
    return {}


@pytest.fixture(scope="module")
def watched(address: str, browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page for one address after another, and whatever has gone wrong on it."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    yield page, watch(page, address)
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    "path", [pytest.param(path, marks=pytest.mark.slow if path in LIKE_OTHERS else ()) for path in ADDRESSES]
)
def test_address_answers(path: str, address: str, watched: tuple[Page, list[str]], answered: dict[str, int]) -> None:
    page, faults = watched
    faults.clear()

    response = page.goto(address + path, wait_until="networkidle" if path == RECORD else "load")

    assert response
    assert response.status == 200
    assert page.locator("h1").count() == 1
    heading = page.locator("h1").inner_text().split("\n")
    assert heading[0]
    assert page.title() == ("工报" if path == "" else f"{' · '.join(heading)} - 工报")
    assert page.locator("html").get_attribute("lang") == "zh"
    links = {urldefrag(link).url for link in page.evaluate("[...document.links].map(link => link.href)")}
    inside = {link for link in links if not link.startswith("https://")}
    assert len(inside) > 5
    for link in inside:
        assert link.startswith(address)
        if link not in answered:
            with urlopen(link) as answer:
                answered[link] = answer.status
        assert answered[link] == 200
    assert not faults


@pytest.mark.browser
def test_the_menus_lead_from_years_to_topics(address: str, page: Page) -> None:
    page.goto(f"{address}2014/h1/activities/")

    assert above(page, f"{address}2014/h1/activities/") == ["公报", "2014年", "上半年", "文体活动"]
    assert above(page, f"{address}2014/h1/organizing/") == ["公报", "2014年", "上半年", "组织建设"]
    assert above(page, f"{address}undated/") == ["公报", "年份不详"]
    page.goto(f"{address}topics/")
    assert above(page, f"{address}topics/activities/") == ["主题", "文体活动"]
    page.goto(f"{address}units/")
    assert above(page, f"{address}units/qingzhi-subdistrict/") == ["单位", "某街道总工会"]


def above(page: Page, address: str) -> list[str]:
    """The words of the menu entries from the top down to the one that leads to an address."""
    words: list[str] = page.evaluate(
        """address => {
            const words = [], links = [...document.querySelectorAll(".gb-menu a")];
            let item = links.find(link => link.href === address)?.closest("li");
            for (; item; item = item.parentElement.closest("li"))
                words.unshift(item.querySelector("a").textContent.trim());
            return words;
        }""",
        address,
    )
    return words


def test_no_menu_holds_a_record(site: Path) -> None:
    pages = sorted(path for path in site.rglob("index.html") if "versions" not in path.parts)
    assert len(pages) > len(RECORDS)
    for path in pages:
        html = path.read_text(encoding="utf-8")
        _, menu = html.split("md-nav--primary", 1)
        menu, _ = menu.split('data-md-component="content"', 1)
        here = "/" + path.relative_to(site).as_posix().removesuffix("index.html")
        links = {urljoin(here, link) for link in re.findall(r'href="([^"#]+)"', menu)}
        assert "/topics/" in links
        assert not [link for link in links if "/records/" in link], here


def test_no_page_or_style_asks_another_host(site: Path) -> None:
    texts = [path for path in site.rglob("*") if path.suffix in (".html", ".css")]
    assert len(texts) > len(RECORDS)
    assert not [path for path in texts if _OUTSIDE.search(path.read_text(encoding="utf-8"))]


@pytest.mark.browser
def test_latest_is_the_newest_bulletin_itself(address: str, page: Page) -> None:
    page.goto(f"{address}latest/")
    canonical = page.locator("link[rel=canonical]").get_attribute("href")
    latest = page.locator("article").inner_text()
    page.goto(address + NEWEST)

    assert canonical == PUBLISHED + NEWEST
    assert page.locator("link[rel=canonical]").get_attribute("href") == PUBLISHED + NEWEST
    assert page.locator("article").inner_text() == latest
    assert len(latest) > 1000


def test_every_record_page_leads_to_its_file(site: Path) -> None:
    assert len(RECORDS) > 100
    for record in RECORDS:
        year, part, name = record.relative_to(PROJECT / "content").parts
        html = (site / year / part / "records" / name.removesuffix(".md") / "index.html").read_text(encoding="utf-8")
        path = record.relative_to(PROJECT).as_posix()
        assert f'href="{REPOSITORY}/edit/main/{quote(path)}"' in html


def test_last_change_is_that_of_git(site: Path) -> None:
    shallow = git("rev-parse", "--is-shallow-repository") == "true"
    for record in RECORDS[::20]:
        year, part, name = record.relative_to(PROJECT / "content").parts
        html = (site / year / part / "records" / name.removesuffix(".md") / "index.html").read_text(encoding="utf-8")
        day = "" if shallow else git("log", "-1", "--format=%cs", "--", str(record))
        assert re.findall("最后修改 ([^<]*)<", html) == ([day] if day else [])


def git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=PROJECT, capture_output=True, encoding="utf-8").stdout.strip()


def test_the_same_input_gives_the_same_bytes(six_site: Path, tmp_path: Path) -> None:
    are_the_same(six_site, six_project(tmp_path / "project"), tmp_path / "site")


@pytest.mark.slow
def test_the_whole_project_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    are_the_same(site, PROJECT, tmp_path / "site")


def are_the_same(site: Path, project: Path, other: Path) -> None:
    """Build a project in another place of the world, in another order of sets, and compare."""
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
    succeed(project, *BUILD, "--site-dir", str(other), **elsewhere)

    first, second = files_of(site), files_of(other)
    assert first.keys() == second.keys()
    assert "sitemap.xml.gz" in first
    assert not [name for name, content in first.items() if second[name] != content]
