"""The pace of promises: the share that is done against the share of time, and where none can be told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from small_archives import LISTS, Built, Files, in_memory, record, write

INDICATORS = [
    {"slug": "formed", "title": "新建工会", "unit": "家", "basis": "period"},
    {"slug": "dues", "title": "经费", "unit": "元", "basis": "year-to-date"},
    {"slug": "members", "title": "会员", "unit": "人", "basis": "cumulative"},
]


def built(folder: Path, target: Any, later: Files, due: str = "2015-h1", site: Files | None = None) -> Built:
    """A plan of 2014-h1 with one promise, and what later records tell. Half of its time ends with 2014-h2."""
    promise = {"id": "x", "text": "建站", "due": due, **({"target": target} if target else {})}
    plan = record(title="计划", kind="plan", commitments=[promise])
    lists = {"indicators.yml": INDICATORS, "site.yml": {**LISTS["site.yml"], **(site or {})}}
    return in_memory(write(folder, {**LISTS, **lists, "2014/h1/plan.md": plan, **later}))


def told(value: Any = None, status: str = "partly", **fields: Any) -> str:
    stated = {} if value is None else {"value": value}
    return record(outcomes=[{"commitment": "2014-h1/plan#x", "status": status, **stated, **fields}])


def figure(indicator: str, value: int, unit: str) -> str:
    return record(figures=[{"indicator": indicator, "value": value, "unit": unit}])


FIFTY = {"label": "新建", "value": 50, "unit": "件"}
LATER = {"due": "2015-h1"}
HALFWAY = "时间过了 50%，截至2014年下半年"


@pytest.mark.parametrize(
    ("target", "later", "due", "said"),
    [
        (FIFTY, {"2014/h2/a.md": told(20)}, "2015-h1", f"欠进度：完成 40%（20件），{HALFWAY}"),
        (FIFTY, {"2014/h2/a.md": told(27)}, "2015-h1", f"达进度：完成 54%（27件），{HALFWAY}"),
        (FIFTY, {"2014/h2/a.md": told(60)}, "2015-h1", f"超进度：完成 120%（60件），{HALFWAY}"),
        (FIFTY, {"2014/h2/a.md": told(20)}, "2014-h2", "欠进度：完成 40%（20件），时间过了 100%，截至2014年下半年"),
        (
            FIFTY,
            {"2014/h2/a.md": told(25, "carried", **LATER)},
            "2014-h2",
            f"达进度：完成 50%（25件），{HALFWAY}",
        ),
        (FIFTY, {"2014/h2/a.md": told(20), "2015/h1/b.md": told()}, "2015-h2", "截至2014年下半年"),
        (
            {"label": "筹款", "value": 2, "unit": "万元"},
            {"2014/h2/a.md": told(10000, unit="元")},
            "2015-h1",
            f"达进度：完成 50%（1万元），{HALFWAY}",
        ),
        (
            {"indicator": "formed", "value": 10},
            {"2014/h2/a.md": figure("formed", 3, "家"), "2015/h1/a.md": figure("formed", 4, "家")},
            "2015-h2",
            "达进度：完成 70%（7家），时间过了 66%，截至2015年上半年",
        ),
        (
            {"indicator": "dues", "value": 1000},
            {"2014/h1/a.md": figure("dues", 300, "元")},
            "2014-h1",
            "欠进度：完成 30%（300元），时间过了 100%，截至2014年上半年",
        ),
    ],
)
def test_the_shares_are_told_with_their_numbers(target: Any, later: Files, due: str, said: str, tmp_path: Path) -> None:
    site = built(tmp_path, target, later, due)
    assert said in site.text("plans/")
    assert said in site.text("plans/pace/")


@pytest.mark.parametrize(
    ("target", "later", "site"),
    [
        (None, {"2014/h2/a.md": told(20)}, {}),
        (FIFTY, {"2014/h2/a.md": told()}, {}),
        (FIFTY, {"2014/h2/a.md": told(50, "done")}, {}),
        (FIFTY, {"2014/h2/a.md": told(20, "dropped")}, {}),
        (FIFTY, {"2014/h2/a.md": told(20)}, {"pace": False}),
        (FIFTY | {"bound": "at-most"}, {"2014/h2/a.md": told(20)}, {}),
        (FIFTY | {"unit": "%"}, {"2014/h2/a.md": told(20)}, {}),
        (FIFTY, {"2014/h2/a.md": told(20, unit="元")}, {}),
        (FIFTY | {"value": 0}, {"2014/h2/a.md": told(20)}, {}),
        ({"indicator": "members", "value": 10}, {"2014/h2/a.md": figure("members", 3, "人")}, {}),
        ({"indicator": "formed", "value": 10}, {"2015/h1/a.md": figure("formed", 3, "家")}, {}),
        ({"indicator": "dues", "value": 10}, {"2014/h2/a.md": figure("dues", 3, "元")}, {}),
        (FIFTY, {"undated/h2/a.md": told(20)}, {}),
    ],
)
def test_no_pace_is_told_where_it_can_not_be_reckoned(target: Any, later: Files, site: Files, tmp_path: Path) -> None:
    page = built(tmp_path, target, later, site=site).text("plans/")
    assert "建站" in page
    assert "进度：" not in page


def test_a_site_that_tells_no_pace_has_no_page_of_it(tmp_path: Path) -> None:
    assert "plans/pace/" not in built(tmp_path, FIFTY, {"2014/h2/a.md": told(20)}, site={"pace": False}).pages
