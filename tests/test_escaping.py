"""Signs of HTML in titles are shown as written, wherever a title stands: in heads, menus, contents and texts."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from commands import BUILD, STRICT, copy_small_project, succeed
from serving import served
from small_archives import LISTS, record, write

NASTY = "a<zz>&\"c\"'d' 双“引号”&lt;"
LARGE = {"label": "数", "value": "9999999999999999999999999", "unit": "人", "target": 7}  # as large as a number may be
SAID = '说明"甲"<乙>&丙。'


class Seen(HTMLParser):
    """Every text and every attribute of a page; not its scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.tags: set[str] = set()
        self.in_script = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_script = tag == "script"
        self.tags.add(tag)
        self.said += [value or "" for _, value in attrs]

    def handle_data(self, data: str) -> None:
        if not self.in_script:
            self.said.append(data)


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = copy_small_project(tmp_path_factory.mktemp("nasty") / "project")
    files = {
        **LISTS,
        "site.yml": {"name": f"工报{NASTY}", "issuer": NASTY},
        "topics.yml": [{"slug": "aid", "title": f"题{NASTY}"}],
        "units.yml": [{"slug": "town", "title": f"镇{NASTY}"}, {"slug": "village", "title": f"村{NASTY}"}],
        "indicators.yml": [{"slug": "visits", "title": f"户{NASTY}", "unit": "户", "definition": "上门的户数"}],
        "2014/h1/a.md": record(
            f"## {NASTY.replace('&', '&amp;').replace('<', '&lt;')}\n\n正文。",
            title=f"录{NASTY}",
            summary=f"要{NASTY}。",
            figures=[{"indicator": "visits", "value": 7, "unit": "户"}, LARGE],
            allow=[{"rule": rule, "reason": "试各种符号"} for rule in ("form.title", "leftover.replacement")],
        ),
    }
    for path in sorted((project / "content").rglob("*"), reverse=True):
        if path.is_file():
            path.unlink()
    write(project, files)
    (project / "docs" / "about.md").write_text(f"# 关于\n\n{SAID}\n", encoding="utf-8")
    own = {"GONGBAO_SITE_URL": "https://union.cn/bulletins/", "GONGBAO_REPO_URL": "https://code.union.cn/bulletins"}
    succeed(project, *BUILD, STRICT, **own)
    return project / "site"


def test_titles_are_shown_as_written_on_every_page(nasty: Path) -> None:
    pages = sorted(nasty.rglob("*.html"))
    assert len(pages) > 15
    for path in pages:
        seen = Seen(path.read_text(encoding="utf-8"))
        assert "zz" not in seen.tags, path
        assert f"工报{NASTY}" in seen.said, path
        for said in seen.said:
            assert not re.search(r"<zz|&(amp|lt|gt|quot|#\d+);", said.replace(NASTY, "")), (path, said)


@pytest.mark.browser
def test_a_browser_reads_the_same_in_head_menus_contents_and_text(nasty: Path, page: Page) -> None:
    with served(nasty) as address:
        page.goto(f"{address}2014/h1/records/a/")
        assert page.title() == f"录{NASTY} - 工报{NASTY}"
        assert page.locator("meta[name=description]").get_attribute("content") == f"要{NASTY}。"
        for place, text in {
            "h1": f"录{NASTY}",
            "[data-md-component=header-topic]": f"录{NASTY}",
            ".gb-crumbs li:last-child": f"题{NASTY}",
            ".md-sidebar--primary .gb-menu-here li:first-child": NASTY,
            ".md-sidebar--secondary li:first-child": NASTY,
            "footer .gb-site-foot p": f"工报{NASTY}",
        }.items():
            expect(page.locator(place).first).to_have_text(text)
        page.goto(f"{address}topics/aid/")
        expect(page.locator(".gb-menu [aria-current=page]")).to_have_text(f"题{NASTY}")
        page.goto(f"{address}about/")
        assert page.locator("meta[name=description]").get_attribute("content") == SAID
