"""Readers who have never seen the site, with a phone, from the first page on: by visible words and roles only."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page of a visitor with a phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    yield context.new_page()
    context.close()


def test_a_stranger_finds_what_a_unit_did_in_a_half_on_a_topic(address: str, phone: Page) -> None:
    phone.goto(address)
    phone.get_by_role("link", name="单位", exact=True).first.click()
    phone.get_by_role("link", name="某街道总工会（青峙、蔚斗）").first.click()
    half = phone.get_by_role("heading", name="2014年上半年")
    expect(half).to_be_visible()
    phone.get_by_role("link", name="帮扶救助", exact=True).click()

    expect(phone.get_by_role("heading", level=1)).to_contain_text("2014年上半年工作公报")
    expect(phone.get_by_role("heading", name="帮扶救助")).to_be_in_viewport()
    expect(phone.get_by_role("heading", name="210家企业有了内部帮困基金")).to_be_in_viewport()


def test_a_stranger_finds_whether_a_promise_was_kept(six: str, phone: Page) -> None:
    phone.goto(six)
    phone.get_by_role("link", name="计划台账", exact=True).first.click()
    phone.get_by_role("combobox", name="单位").select_option("东镇工会")

    promise = phone.get_by_role("row").filter(has_text="建好职工活动中心")
    expect(promise).to_be_visible()
    expect(promise).to_contain_text("已结转 3 次")
    expect(promise).to_contain_text("完成：六月启用")


def test_a_stranger_finds_how_a_figure_moved(six: str, phone: Page) -> None:
    phone.goto(six)
    phone.get_by_role("link", name="数据", exact=True).first.click()
    phone.get_by_role("link", name="新建工会", exact=True).click()

    expect(phone.get_by_role("heading", name="新建工会", level=1)).to_be_visible()
    expect(phone.get_by_role("img", name="某区总工会：新建工会，按半年")).to_be_visible()
    expect(phone.get_by_text("比2014年上半年减少 3家").first).to_be_visible()
