"""The demonstration: the seed's units as eight sites below one, walked from a sum down to a record and back."""

from __future__ import annotations

import re
import shutil
import socket
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

import eight_sites
from commands import PROJECT, replace
from eight_sites import PARENT

pytestmark = [pytest.mark.slow, pytest.mark.browser]
UNIT = "qingzhi-subdistrict"


def free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port: int = place.getsockname()[1]
        return port


def test_a_sum_leads_to_its_record_and_back_and_a_correction_goes_up(tmp_path: Path, page: Page) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    eight_sites.make(PROJECT, tmp_path, address)
    server = eight_sites.serve(tmp_path, port)
    Thread(target=server.serve_forever, daemon=True).start()
    above = f"{address}{PARENT}/"
    page.goto(f"{above}sites/")
    assert page.locator(".gb-status-done", has_text="正常").count() == 8
    page.get_by_role("link", name="新建工会", exact=True).first.click()
    expect(page.locator("h1")).to_contain_text("新建工会")
    before = sum_of(page)
    page.locator(f"section:has(> h3[id='gb-u-{UNIT}'])").get_by_role("link", name="到它的网站看").click()
    expect(page).to_have_url(f"{address}{UNIT}/figures/unions-formed/")
    page.locator("table a[href*='/records/']").first.click()
    expect(page).to_have_url(re.compile(rf"{UNIT}/\d{{4}}/h\d/records/"))
    record, shown = page.url, page.locator("article").inner_text()
    page.goto(f"{address}{UNIT}/")
    page.get_by_role("link", name="上级的网站").click()
    expect(page).to_have_url(above)

    # One search finds the records of all sites, and leads there.
    page.goto(f"{above}search/?q=换届")
    hit = page.locator("#search-results a").first
    expect(hit).to_have_attribute("href", re.compile(f"^{address}(?!{PARENT})[a-z-]+/.*/records/"))

    # The filters have the years and the units of all sites, and say what their records are.
    page.goto(f"{above}search/")
    form = page.locator("#gb-search")
    form.locator("select[name=unit]").select_option(UNIT)
    form.locator("select[name=kind]").select_option("plan")
    expect(page).to_have_url(re.compile(f"unit={UNIT}&kind=plan"))
    expect(hit).to_have_attribute("href", re.compile(f"^{address}{UNIT}/"))

    # The subordinate corrects the figure: the superior shows it after the next collection.
    correct(tmp_path / UNIT / "content", record)
    eight_sites.build(tmp_path, UNIT, address)
    eight_sites.gongbao(tmp_path / PARENT, "collect")
    eight_sites.build(tmp_path, PARENT, address)
    page.goto(f"{above}sites/figures/unions-formed/")
    assert sum_of(page) == before + 1000, shown
    page.goto(f"{above}units/{UNIT}/")
    page.get_by_role("link", name="看它的网站").click()
    expect(page).to_have_url(f"{address}{UNIT}/")
    server.shutdown()
    shutil.rmtree(tmp_path / "site")


def sum_of(page: Page) -> int:
    """The newest sum of the topmost unit."""
    cell = page.locator(f"section:has(> h2[id='gb-u-{PARENT}']) tbody td").first.inner_text()
    return int(re.sub(r"\D", "", cell))


def correct(content: Path, address: str) -> None:
    """Have the record at an address say a thousand more of the unions that were formed, and that it was corrected."""
    year, half, slug = re.search(r"/(\d{4})/(h\d)/records/([^/]+)/", address).groups()  # type: ignore[union-attr]
    path = content / year / half / f"{slug}.md"
    text = path.read_text(encoding="utf-8")
    found = re.search(r"(indicator: unions-formed\n +value: )(\d+)", text)
    assert found, text
    replace(path, found[0], f"{found[1]}{int(found[2]) + 1000}")
    replace(path, "\n---\n", "\ncorrections:\n  - {date: 2014-09-01, text: 新建工会数有误。}\n---\n")
