"""Figures in doubt: each is listed with both sides, on its bulletins and on a page of all, and no other figure is."""

from __future__ import annotations

from pathlib import Path

import pytest

from small_archives import Built, archive, record

INDICATORS = [
    {"slug": "members", "title": "会员", "unit": "人", "basis": "cumulative", "aggregate": "sum"},
    {"slug": "given", "title": "帮扶款", "unit": "元", "basis": "period", "aggregate": "sum"},
]
SETTINGS = {"name": "工报", "rules": [{"rule": "series.*", "level": "warning", "reason": "照录"}]}


def figure(indicator: str, value: str, **more: object) -> dict[str, object]:
    unit = {"members": "人", "given": "元"}[indicator]
    return {"indicator": indicator, "value": value, "unit": unit, **more}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    parts = [{"label": "男", "value": 4}, {"label": "女", "value": 5}]
    waiver = {"rule": "figure.parts", "field": "数据第1项", "reason": "原文总数10，照录"}
    files = {
        "site.yml": SETTINGS,
        "indicators.yml": INDICATORS,
        "2013/h2/base.md": record("会员300人。", title="会员", unit="village", figures=[figure("members", "300")]),
        "2014/h1/fewer.md": record("会员280人。", title="会员数", unit="village", figures=[figure("members", "280")]),
        "2014/h1/whole.md": record("全镇会员400人。", title="全镇会员", figures=[figure("members", "400")]),
        "2014/h1/one.md": record("帮扶款5000元。", title="发帮扶款", figures=[figure("given", "5000")]),
        "2014/h1/two.md": record("帮扶款6000元。", title="帮扶款发放", figures=[figure("given", "6000")]),
        "2014/h2/parted.md": record(
            "到会10人，其中男4人、女5人。",
            title="开会",
            figures=[
                {"label": "到会", "value": 10, "unit": "人", "parts": parts},
                {"label": "签到", "value": 10, "unit": "人", "doubt": "签到簿缺一页"},
                {"label": "会议", "value": 1, "unit": "次"},
            ],
            allow=[waiver],
        ),
    }
    return archive(
        tmp_path_factory.mktemp("doubts"), files, warned={"series.falling", "series.children", "series.conflict"}
    )


SIDES = {
    "2014/h1/": (
        "会员 280 人 是累计数，却少于2013年下半年的 300人",
        "会员 400 人 所属单位（已报 1/1 家）相加为 280人",
        "帮扶款 5,000 元 同一期另有一处写 6,000元",
        "帮扶款 6,000 元 同一期另有一处写 5,000元",
    ),
    "2014/h2/": (
        "到会 10 人 分项相加为 9人，原文为 10人，照录 原文总数10，照录",
        "签到 10 人 签到簿缺一页",
    ),
}


def test_bulletins_list_the_figures_in_doubt_with_both_sides(built: Built) -> None:
    for address, sides in SIDES.items():
        said = without_blanks(built.text(address))
        assert f"存疑的数{len(sides)}个数存疑" in said
        assert [side for side in sides if without_blanks(side) not in said] == []
        assert "figures/doubts/" in built.leads_from(address)
    assert "存疑的数" not in built.text("2013/h2/")
    assert "签到簿缺一页" in built.text("units/town/2014-h2/")
    assert "少于" not in built.text("units/town/2014-h1/").split("存疑的数")[1], "it is the village's figure"


def test_one_page_lists_them_all_and_the_list_of_indicators_counts_them(built: Built) -> None:
    said = without_blanks(built.text("figures/doubts/"))
    assert [side for sides in SIDES.values() for side in sides if without_blanks(side) not in said] == []
    assert "会议1次" not in said
    assert said.index("2014年下半年") < said.index("2014年上半年")
    assert "6个数存疑" in without_blanks(built.text("figures/"))
    assert {"2014/h1/records/one/", "2014/h1/records/two/"} <= built.leads_from("figures/doubts/")
    assert built.faults() == []


def test_a_waiver_for_a_whole_record_is_told_with_the_figures_that_it_is_about(tmp_path: Path) -> None:
    parts = [{"label": "男", "value": 4}, {"label": "女", "value": 5}]
    figures = [
        {"label": "到会", "value": 10, "unit": "人", "parts": parts},
        {"label": "会议", "value": 1, "unit": "次"},
    ]
    waivers = [{"rule": f"figure.{name}", "reason": f"{name}照录"} for name in ("parts", "change")]
    parted = record("到会10人，男4人、女5人，开会1次。", title="开会", figures=figures, allow=waivers[:1])
    other = record("开会1次。", title="又开会", figures=figures[1:], allow=waivers[1:])
    built = archive(tmp_path, {"2014/h1/parted.md": parted, "2014/h1/other.md": other}, warned={"waiver.unused"})
    said = without_blanks(built.text("figures/doubts/"))
    assert "2个数存疑" in said and "整条记录—change照录又开会" in said
    assert "到会10人分项相加为9人，原文为10人，照录parts照录开会" in said


def test_the_page_stays_when_no_figure_is_in_doubt_any_more(tmp_path: Path) -> None:
    figures = [{"label": "会议", "value": 1, "unit": "次"}]
    built = archive(tmp_path, {"2014/h1/visit.md": record("开会1次。", figures=figures)})
    assert "没有存疑的数" in built.text("figures/doubts/")
    assert "figures/doubts/" in built.leads_from("data/")


def without_blanks(text: str) -> str:
    return "".join(text.split())
