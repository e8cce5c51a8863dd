"""Two halves, or two units, side by side: on pages that are made beforehand, and of any two by the script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from six_halves import files
from small_archives import Built, archive


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return archive(tmp_path_factory.mktemp("compared"), files(), warned={"plan.overdue"})


def test_a_half_stands_beside_the_half_before(built: Built) -> None:
    page = built.text("compare/2014-h2/").replace(" ", "")
    assert "2014年上半年与2014年下半年对照" in page
    assert "新建工会东镇工会5家4家-1家" in page and "新建工会南镇工会2家3家+1家" in page
    assert "新建工会西镇工会3家——" in page, "west did not report"
    assert "会员东镇工会1,450人以上1,500人以内+约50人" in page
    assert "收缴经费东镇工会1,500.25元3,000.05元+1,499.80元" in page
    assert "compare/2014-h2/" in built.pages["2014/h2/"] and "compare/2012-h1/" not in built.pages


def test_what_cannot_be_compared_has_no_difference(built: Built) -> None:
    page = built.text("compare/2013-h1/").replace(" ", "")
    assert "新建工会东镇工会7家3家—" in page, "it is counted otherwise"
    assert "收缴经费东镇工会2,604.00元1,405.50元—" in page, "it begins anew with each year"


def test_a_unit_stands_beside_the_next_in_the_newest_half(built: Built) -> None:
    page = built.text("compare/latest/south/").replace(" ", "")
    assert "南镇工会与东镇工会对照（2014年下半年）" in page, "the first comes after the last"
    assert "新建工会3家4家+1家" in page and "组织建设11" in page
    assert "compare/latest/district/" not in built.pages, "no other unit stands beside it"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("made", "query"),
    [
        ("2014-h2", "a-period=2014-h1&b-period=2014-h2"),
        ("2013-h1", "a-period=2012-h2&b-period=2013-h1"),
        ("latest/south", "a-period=2014-h2&a-unit=south&b-period=2014-h2&b-unit=east"),
    ],
)
def test_the_script_says_what_the_pages_say(made: str, query: str, six: str, page: Page) -> None:
    page.goto(f"{six}compare/{made}/")
    rows = page.locator(".gb-compared tbody tr")
    told = rows.all_text_contents()
    assert len(told) > 2
    page.goto(f"{six}compare/?{query}")
    expect(rows).to_have_count(len(told))
    assert ["".join(row.split()) for row in rows.all_text_contents()] == ["".join(row.split()) for row in told]


@pytest.mark.browser
def test_a_reader_chooses_two_sides_and_the_address_keeps_them(six: str, page: Page) -> None:
    page.goto(f"{six}compare/")
    expect(page.get_by_role("table")).to_have_count(0)
    left = page.get_by_role("group", name="左边")
    left.get_by_label("期").select_option(label="2012年上半年")
    expect(page.get_by_role("table", name="指标")).to_contain_text("2012年上半年")
    assert "a-period=2012-h1" in page.url


@pytest.mark.browser
@pytest.mark.parametrize("path", ["compare/", "plans/"])
def test_what_an_address_asks_in_vain_is_passed_over(path: str, six: str, page: Page) -> None:
    page.goto(f"{six}{path}?length=1&item=2&a-period=never&due=&status=%00&a-period=2012-h1")
    expect(page.locator("form.gb-filter")).to_be_visible()
    expect(page.get_by_role("table").first).to_be_visible()
