"""The policy in each page: readers miss nothing, and a script that somebody put into a page does not run."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from gongbao.host.policy import policy_of, with_policy
from serving import served
from test_site import NEWEST, RECORD, watch

POLICY = re.compile(r'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="([^"]+)">')
INJECTED = (
    "<script>document.title = 'ran'</script>",
    "<script type='module'>document.title = 'ran'</script>",
    "<img src='gone.png' onerror=\"document.title = 'ran'\">",
    "<svg onload=\"document.title = 'ran'\"></svg>",
    "<iframe srcdoc=\"<script>parent.document.title = 'ran'</script>\"></iframe>",
    "<script src='data:text/javascript,document.title=%22ran%22'></script>",
    "<a id='go' href=\"javascript:document.title = 'ran'\">去</a>",
    "<base href='https://example.net/'><style>body { display: none }</style>",
)


def test_every_page_begins_with_its_policy_and_has_no_style_of_its_own(site: Path, six_site: Path) -> None:
    pages = [*site.rglob("*.html"), *six_site.rglob("*.html")]
    for page in pages:
        html = page.read_text(encoding="utf-8")
        if 'http-equiv="refresh"' in html:  # it leads on at once
            continue
        assert len(POLICY.findall(html)) == 1, page
        assert not re.search(r'<[^>]+ style="', html), page
        policy = POLICY.findall(html)[0]
        assert "unsafe-inline" not in policy and "'unsafe-eval'" not in policy
        is_old = "versions" in page.parts  # a page that never changes again lets nothing run, and has its style in it
        assert policy == policy_of(html) or (is_old and policy.startswith("default-src 'none'; img-src 'self'; style"))
    assert len(pages) > 300


@pytest.mark.browser
def test_a_script_that_was_put_into_a_page_does_not_run(site: Path, page: Page, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    sound = (copy / RECORD / "index.html").read_text(encoding="utf-8")
    with served(copy) as address:
        for at, injected in enumerate(INJECTED):
            html = sound.replace("<h1", f"{injected}<h1", 1)
            (copy / RECORD / f"{at}.html").write_text(html, encoding="utf-8")
            page.goto(f"{address}{RECORD}{at}.html", wait_until="load")
            if "id='go'" in injected:
                page.locator("#go").click()
            assert page.title() != "ran", injected
            expect(page.locator("h1").last).to_be_visible()


@pytest.mark.browser
def test_readers_miss_nothing(address: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
    page = context.new_page()
    faults = watch(page, address)
    page.goto(f"{address}{NEWEST}")
    scheme = page.locator("body").get_attribute("data-md-color-scheme")
    page.locator("label[for^='__palette']:visible").first.click()
    expect(page.locator("body")).not_to_have_attribute("data-md-color-scheme", scheme or "")
    page.reload()  # the theme reads the choice by a script within the page
    expect(page.locator("body")).not_to_have_attribute("data-md-color-scheme", scheme or "")
    page.goto(f"{address}search/?q=困难职工")
    expect(page.locator(".gb-search a").first).to_be_visible()
    page.goto(f"{address}guide/keys/")
    assert faults == []
    context.close()


def test_a_frame_may_name_another_host_and_records_may_not() -> None:
    head = '<meta charset="utf-8"><script src="https://count.example.net/a.js"></script>'
    content = '<script src="https://evil.example.net/b.js"></script><script>run()</script>'
    policy = POLICY.findall(with_policy(f"{head}{content}", content))[0]
    assert "script-src 'self' https://count.example.net 'wasm-unsafe-eval';" in policy
    assert "evil" not in policy and "sha256" not in policy
