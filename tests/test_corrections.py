"""Corrections and withdrawals: all of them on one page, and each wherever its record is carried."""

from __future__ import annotations

from pathlib import Path

from gongbao.pages.navigation import navigation
from small_archives import Built, archive, record

PROMISE = {"id": "x", "text": "办比赛", "due": "2014-h2"}
INDICATORS = [{"slug": "visits", "title": "走访户数", "unit": "户"}]


def corrected(title: str, *days: str, **fields: object) -> str:
    notices = [{"date": day, "text": f"{title}于{day}更正", "was": "5400元", "now": "4500元"} for day in days]
    return record(title=title, corrections=notices, **fields)


def notices(built: Built) -> list[str]:
    """The list's lines, without what stands beside the title."""
    text = built.pages["corrections/"]
    return [part.partition(">")[2].partition("<")[0] for part in text.split('<li class="gb-entry"><a ')[1:]]


def test_newest_first_then_in_the_archives_order(tmp_path: Path) -> None:
    gone = {"date": "2014-09-02", "reason": "与另一条重复"}
    files = {
        "2013/h1/old.md": corrected("旧记录", "2014-09-02"),
        "2014/h1/b.md": corrected("乙", "2014-08-01", "2014-09-02"),
        "2014/h1/a.md": corrected("甲", "2014-09-02", "2014-09-02"),
        "2014/h1/gone.md": record(title="撤回的", withdrawn=gone, corrections=[{"date": "2015-01-01", "text": "不提"}]),
        "undated/h1/u.md": corrected("年份不详", "2014-09"),
        "2014/h2/last.md": corrected("最近", "2015-02-03"),
        "2014/h2/none.md": record(title="没有更正"),
    }
    built = archive(tmp_path, files)
    assert notices(built) == ["最近", "旧记录", "甲", "甲", "乙", "撤回的", "年份不详", "乙"]
    text = built.text("corrections/")
    assert "2014年9月2日 乙于2014-09-02更正（原作“5400元”，应为“4500元”）" in text
    assert "2014年9月2日 原因：与另一条重复" in text
    assert "不提" not in text and "没有更正" not in text
    assert built.faults() == []


def test_while_there_is_nothing_the_page_says_so(tmp_path: Path) -> None:
    built = archive(tmp_path, {"2014/h1/a.md": record()})
    assert "到现在没有更正，也没有撤回。" in built.text("corrections/")
    assert "corrections/" in [item.address for item in navigation(built.archive)]
    assert "corrections/" in archive(tmp_path / "empty", {"2014/h1/a.md": record(draft="true")}, preview=True).pages


def test_a_correction_shows_on_every_page_that_carries_its_record(tmp_path: Path) -> None:
    figures = [{"indicator": "visits", "value": 7, "unit": "户"}]
    files = {
        "indicators.yml": INDICATORS,
        "2014/h1/work.md": corrected("走访", "2014-09-01", figures=figures, topics=["aid", "activities"]),
        "2014/h1/all.md": corrected("总述", "2014-09-01", kind="overview", topics=None),
        "2014/h1/plan.md": corrected("打算", "2014-09-01", kind="plan", commitments=[PROMISE]),
    }
    built = archive(tmp_path, files)
    full = ("2014/h1/", "units/town/2014-h1/", "corrections/")
    assert [
        (page, name) for page in full for name in ("走访", "总述", "打算") if f"{name}于" not in built.text(page)
    ] == []
    assert "走访于" in built.text("2014/h1/aid/") and "打算于" in built.text("2014/h1/aid/")
    for page in ("", "2014/", "latest/", "2014/h1/activities/", "topics/aid/", "units/town/", "figures/visits/"):
        assert "走访更正" in built.text(page), page
    assert "办比赛更正" in built.text("plans/")
    assert "corrections/" in built.leads_from("2014/h1/")
