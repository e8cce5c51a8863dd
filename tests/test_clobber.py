"""A record that tries to take over the theme's settings, on a site with the theme's instant navigation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from commands import BUILD, CHECK, copy_small_project, replace, run, succeed
from serving import served
from small_archives import record

CONFIG = '<h2 id="__config">{"base":".","features":["navigation.instant"],"translations":{}}</h2>'
FOREIGN = (
    '<html><head><title>t</title></head><body><header data-md-component="header"><div data-md-component="header-topic">'
    'x</div><div data-md-component="logo"></div></header><div data-md-component="announce"></div>'
    '<div data-md-component="skip"></div><div data-md-component="outdated"></div><div data-md-component="container">hi'
    "<script>pwn(7)</script><img src=x onerror=pwn(8)></div></body></html>"
)
SITEMAP = '<?xml version="1.0"?><urlset><url><loc>http://127.0.0.1/2014/h1/records/poc/next.txt</loc></url></urlset>'
POLICY = re.compile('<meta http-equiv="Content-Security-Policy"[^>]*>')


@pytest.mark.slow
@pytest.mark.browser
def test_no_record_takes_over_the_themes_settings(page: Page, tmp_path: Path) -> None:
    project = copy_small_project(tmp_path / "project")
    replace(project / "mkdocs.yml", "    - navigation.tabs\n", "    - navigation.tabs\n    - navigation.instant\n")
    folder = project / "content/2014/h1/poc"
    folder.mkdir()
    text = f"{CONFIG}\n\n## __config\n\n见[名单](next.txt)，[附](sitemap.xml)。"
    (folder / "index.md").write_text(record(text), encoding="utf-8")
    (folder / "next.txt").write_text(f"<!doctype html>{FOREIGN}", encoding="utf-8")
    (folder / "sitemap.xml").write_text(SITEMAP, encoding="utf-8")
    refused = run(project, *CHECK).stdout
    assert "next.txt:1:1: 错误" in refused and "sitemap.xml:1:1: 错误" in refused

    (folder / "sitemap.xml").unlink()
    (folder / "next.txt").write_text(f"名单{FOREIGN}", encoding="utf-8")
    page.add_init_script("window.ran = []; window.pwn = (what) => { window.ran.push(what) }")
    with served(tmp_path) as root:
        address = f"{root}project/site/"
        succeed(project, *BUILD, GONGBAO_SITE_URL=address)
        for path in (project / "site").rglob("*.html"):  # not even without the policy
            path.write_text(POLICY.sub("", path.read_text(encoding="utf-8")), encoding="utf-8")
        page.goto(f"{address}2014/h1/records/poc/")
        assert page.evaluate("document.getElementById('__config').localName") == "script"
        assert page.evaluate("JSON.parse(document.getElementById('__config').textContent).features.length") > 1
        page.evaluate("window.kept = true")
        page.locator(".gb-crumbs a").first.click()
        expect(page).not_to_have_url(re.compile("poc"))
        assert page.evaluate("window.kept"), "the theme itself fetches the pages of the site"
        page.goto(f"{address}2014/h1/records/poc/")
        page.get_by_role("link", name="名单").first.click()
        expect(page).to_have_url(re.compile("next.txt$"))
        page.wait_for_timeout(500)
        assert page.evaluate("document.contentType") == "text/plain", "the browser shows it, and the theme does not"
        assert page.evaluate("window.ran") == []
