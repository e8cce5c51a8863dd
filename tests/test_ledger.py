"""What became of commitments: the statuses of the record format, reckoned from what is published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gongbao.archive.ledger import Ledger
from gongbao.records.periods import Period
from small_archives import LISTS, Built, archive, record

PLAN = "2014-h1/plan#x"


def plan(due: str = "2014-h2", **fields: Any) -> str:
    """A plan of the town's with the one commitment `PLAN`."""
    commitments = [{"id": "x", "text": "办一场比赛", "due": due}]
    return record(title="下半年计划", kind="plan", commitments=commitments, **fields)


def outcome(status: str, **fields: Any) -> str:
    return record(title="比赛", outcomes=[{"commitment": PLAN, "status": status, **fields}])


def status(built: Built, promise_id: str = PLAN) -> str:
    archive = built.archive
    (promise,) = [promise for promise in archive.promises if promise.id == promise_id]
    return Ledger(archive).status(promise)


def as_of(day: str) -> dict[str, Any]:
    return {"site.yml": {**LISTS["site.yml"], "as_of": day}}


TOWN, VILLAGE = record(), record(unit="village")


@pytest.mark.parametrize(
    ("due", "later", "settings", "expected"),
    [
        # Until its due period is over, a commitment is open.
        ("2014-h2", {}, {}, "open"),
        ("2014-h2", {"2014/h2/a.md": TOWN}, {}, "open"),
        ("2014-h2", {"2014/h2/a.md": TOWN}, as_of("2014-12-30"), "open"),
        ("2015-h1", {"2014/h2/a.md": TOWN}, as_of("2020-01-01"), "open"),
        ("2014-h2", {}, as_of("2014-12-31"), "open"),
        ("undated-h2", {"undated/h2/a.md": TOWN, "2020/h1/a.md": TOWN}, {}, "open"),
        # Over is what the newest published period is later than, or what it equals and `as_of` has ended.
        ("2014-h2", {"2014/h2/a.md": TOWN}, as_of("2014-12-31"), "overdue"),
        ("2014-h2", {"2014/h2/a.md": TOWN}, as_of("2015-01"), "overdue"),
        ("2014-h2", {"2014/h2/a.md": TOWN, "2015/h1/a.md": VILLAGE}, {}, "overdue"),
        ("2014-h2", {"2015/h2/a.md": TOWN}, {}, "overdue"),
        # Who has published nothing of the due period or later is accused of nothing.
        ("2014-h2", {"2014/h2/a.md": VILLAGE}, as_of("2014-12-31"), "no-later-report"),
        ("2014-h2", {"2016/h1/a.md": VILLAGE}, {}, "no-later-report"),
        ("2014-h2", {"2016/h1/a.md": VILLAGE, "undated/h2/a.md": TOWN}, {}, "no-later-report"),
        # A whole year ends with its second half.
        ("2014-year", {"2014/h2/a.md": TOWN}, {}, "open"),
        ("2014-year", {"2014/h2/a.md": TOWN}, as_of("2014-12-30"), "open"),
        ("2014-year", {"2014/h2/a.md": TOWN}, as_of("2014-12-31"), "overdue"),
        ("2014-year", {"2014/h2/a.md": VILLAGE}, as_of("2014-12-31"), "no-later-report"),
        ("2014-year", {"2014/h2/a.md": TOWN, "2015/h1/a.md": VILLAGE}, {}, "overdue"),
        ("2014-year", {"2015/h1/a.md": VILLAGE}, {}, "no-later-report"),
        # A date is due in the half in which it ends.
        ("2014-08", {"2014/h2/a.md": TOWN, "2015/h1/a.md": TOWN}, {}, "overdue"),
        ("2014-05/2014-08", {"2014/h2/a.md": TOWN}, {}, "open"),
        ("2014-05/2014-08", {"2014/h2/a.md": TOWN}, as_of("2014-12-31"), "overdue"),
        ("20XX-08", {"2020/h1/a.md": TOWN}, {}, "open"),
    ],
)
def test_without_an_outcome(
    tmp_path: Path, due: str, later: dict[str, Any], settings: dict[str, Any], expected: str
) -> None:
    warned = {"plan.overdue"} if expected == "overdue" else ()
    assert status(archive(tmp_path, {"2014/h1/plan.md": plan(due), **later, **settings}, warned=warned)) == expected


@pytest.mark.parametrize("said", ["done", "partly", "carried", "dropped"])
def test_an_outcome_counts_at_any_time(tmp_path: Path, said: str) -> None:
    files = {"2014/h1/plan.md": plan(), "2014/h1/a.md": outcome(said), "2020/h1/b.md": TOWN}
    assert status(archive(tmp_path, files)) == said


def test_the_latest_outcome_counts_and_the_trail_is_kept(tmp_path: Path) -> None:
    files = {
        "2014/h1/plan.md": plan(),
        "2014/h2/a.md": outcome("carried", due="2015-h1"),
        "2015/h1/b.md": outcome("partly"),
        "2015/h2/c.md": outcome("done"),
    }
    built = archive(tmp_path, files)
    (promise,) = built.archive.promises
    assert [(record.id, one.status) for record, one in promise.outcomes] == [
        *(("2014-h2/a", "carried"), ("2015-h1/b", "partly"), ("2015-h2/c", "done"))
    ]
    assert status(built) == "done"
    page = built.read["2014/h1/records/plan/"]
    trail = [page.target(link) for link in page.links]
    assert {("2014/h2/records/a/", ""), ("2015/h1/records/b/", ""), ("2015/h2/records/c/", "")} <= set(trail)
    assert built.faults() == []


def test_carried_over_it_is_due_in_both_halves(tmp_path: Path) -> None:
    files = {"2014/h1/plan.md": plan(), "2014/h2/a.md": outcome("carried", due="2015-h1"), "2015/h1/b.md": TOWN}
    built = archive(tmp_path, files)
    ledger = Ledger(built.archive)
    (promise,) = built.archive.promises
    assert ledger.due(promise) == Period(2015, "h1")
    due = [period for period in built.archive.periods if ledger.due_in(period)]
    assert due == [Period(2014, "h2"), Period(2015, "h1")]
    for address in ("2014/h2/", "2015/h1/"):
        assert "应在本期完成 1 项，完成 0 项" in built.text(address)
        assert "结转 1" in built.text(address)


def test_a_bulletin_counts_what_was_due_in_it(tmp_path: Path) -> None:
    commitments = [{"id": f"c{at}", "text": f"第{at}件事", "due": "2014-h2"} for at in range(4)]
    outcomes = [
        {"commitment": f"2014-h1/plan#c{at}", "status": said} for at, said in enumerate(["done", "done", "dropped"])
    ]
    files = {
        "2014/h1/plan.md": record(
            kind="plan", commitments=[*commitments, {"id": "y", "text": "明年", "due": "2015-h1"}]
        ),
        "2014/h2/a.md": record(outcomes=outcomes),
        "2015/h1/b.md": TOWN,
    }
    built = archive(tmp_path, files, warned={"plan.overdue"})
    for address in ("2014/h2/", "units/town/2014-h2/"):
        page = built.text(address)
        assert "应在本期完成 4 项，完成 2 项" in page
        assert "完成 2取消 1逾期 1" in page
        assert "明年" not in page
    assert "应在本期完成 1 项，完成 0 项" in built.text("2015/h1/")


def test_an_outcome_finds_its_commitment_through_an_earlier_id(tmp_path: Path) -> None:
    renamed = plan(aliases=["2014-h1/old"])
    later = record(outcomes=[{"commitment": "2014-H1/Old#X", "status": "done", "note": "如期"}])
    built = archive(tmp_path, {"2014/h1/new.md": renamed, "2014/h2/a.md": later})
    assert status(built, "2014-h1/new#x") == "done"
    page = built.read["2014/h2/records/a/"]
    assert ("2014/h1/records/new/", "gb-c-x") in [page.target(link) for link in page.links]
    assert "如期" in page.text


def test_a_unit_answers_for_itself_alone(tmp_path: Path) -> None:
    files = {
        "2014/h1/plan.md": plan(),
        "2014/h1/v.md": plan(unit="village"),
        "2014/h2/a.md": VILLAGE,
        "2015/h1/a.md": VILLAGE,
    }
    built = archive(tmp_path, files, warned={"plan.overdue"})
    assert (status(built), status(built, "2014-h1/v#x")) == ("no-later-report", "overdue")
    assert "无后续材料" in built.text("2014/h1/records/plan/") and "逾期" in built.text("2014/h1/records/v/")
    assert "应在本期完成 1 项" in built.text("units/village/2014-h2/")
    assert "应在本期完成 2 项" in built.text("2014/h2/")


def test_undated_reports_never_end_a_period(tmp_path: Path) -> None:
    built = archive(tmp_path, {"undated/h1/plan.md": plan("undated-h2"), "undated/h2/a.md": TOWN})
    assert status(built, "undated-h1/plan#x") == "open"
    assert "上期计划落实得怎样" in built.text("undated/h2/")
