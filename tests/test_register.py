"""The register (报送情况): who is expected, and who has reported in time, late, or not."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from commands import BUILD, copy_small_project, succeed
from gongbao.archive.register import register
from gongbao.git.history import read_history
from gongbao.pages.navigation import navigation
from gongbao.records.dates import parse_date
from gongbao.records.periods import parse_period
from six_halves import HALVES, files
from small_archives import LISTS, Built, Files, archive, in_memory, record, write

Expected = dict[str, dict[str, str]]  # by half and unit: what the register says


def units(**reports: Any) -> Files:
    """A town, and below it the units named, each with what it says of its reports."""
    below = [{"slug": slug, "title": slug, "parent": "town", "reports": span} for slug, span in reports.items()]
    return {"units.yml": [{"slug": "town", "title": "某镇总工会"}, *below]}


def states(built: Built, first_seen: dict[str, str] | None = None) -> Expected:
    halves = register(built.archive, first_seen)
    return {half.period.id: {one.unit.slug: one.state for one in half.reports} for half in halves}


def test_only_units_that_say_so_are_expected_and_only_while_they_report(tmp_path: Path) -> None:
    lists = units(a={"from": "2013-h2"}, b={"from": "2013-year", "to": "2014-h1"}, c={"from": "2015-h1"}, d={})
    works = {f"{half}/work.md": record() for half in ("2013/h1", "2014/h2", "2014/year", "undated/h1")}
    built = archive(tmp_path, {**lists, **works, "2014/h1/b.md": record(unit="b")})
    assert states(built) == {
        "2013-h1": {"b": "missing", "d": "missing"},
        "2013-h2": {"a": "missing", "b": "missing", "d": "missing"},
        "2014-h1": {"a": "missing", "b": "reported", "d": "missing"},
        "2014-h2": {"a": "missing", "d": "missing"},
    }


DUE = {"period": "2014-h1", "due": "2014-07-10", "published": "2014-08-01"}
SUBMITTED = {"period": "2014-h1", "unit": "a"}


@pytest.mark.parametrize(
    ("entries", "seen", "state", "day"),
    [
        # Without a day nobody is late; without a due day neither.
        ([DUE], None, "reported", None),
        ([], "2020-01-01", "reported", "2020-01-01"),
        # The first commit; on the due day is in time.
        ([DUE], "2014-07-10", "reported", "2014-07-10"),
        ([DUE], "2014-07-11", "late", "2014-07-11"),
        # What periods.yml says goes before the history: of the unit, else of the period.
        ([{**DUE, "submitted": "2014-07-10"}], "2014-07-11", "reported", "2014-07-10"),
        ([{**DUE, "submitted": "2014-07-12"}], "2014-07-01", "late", "2014-07-12"),
        (
            [{**DUE, "submitted": "2014-07-12"}, {**SUBMITTED, "submitted": "2014-07-09"}],
            None,
            "reported",
            "2014-07-09",
        ),
        # A unit's own due day goes before the period's.
        ([DUE, {**SUBMITTED, "due": "2014-07-20"}], "2014-07-11", "reported", "2014-07-11"),
        ([DUE, {**SUBMITTED, "due": "2014-07-01"}], "2014-07-09", "late", "2014-07-09"),
    ],
)
def test_reported_or_late(
    tmp_path: Path, entries: list[dict[str, str]], seen: str | None, state: str, day: str | None
) -> None:
    works = {"2014/h1/one.md": record(unit="a"), "2014/h1/two.md": record(unit="a")}
    built = archive(tmp_path, {**units(a={"from": "2014-h1"}), **works, "periods.yml": entries})
    seen_first = {"content/2014/h1/one.md": "2030-12-31", "content/2014/h1/two.md": seen} if seen else {}
    ((one,),) = [half.reports for half in register(built.archive, seen_first)]
    assert (one.state, one.day) == (state, parse_date(day) if day else None)


def test_who_published_nothing_has_not_reported_unless_periods_yml_says_so(tmp_path: Path) -> None:
    lists = units(a={"from": "2014-h1"}, b={"from": "2014-h1"}, c={"from": "2014-h1"}, d={"from": "2014-h1"})
    withdrawn = {"date": "2014-09-01", "reason": "有误"}
    works = {
        "2014/h1/a.md": record(unit="a", draft="true"),
        "2014/h1/b.md": record(unit="b", withdrawn=withdrawn),
        "2014/h1/town.md": record(),
    }
    entries = [{**DUE, "submitted": "2014-07-01"}, {"period": "2014-h1", "unit": "c", "submitted": "2014-07-30"}]
    built = archive(tmp_path, {**lists, **works, "periods.yml": entries})
    assert states(built) == {"2014-h1": {"a": "missing", "b": "missing", "c": "late", "d": "missing"}}
    assert "本期未报送的单位：a、b、d。" in built.text("2014/h1/")
    assert "register/" in built.leads_from("2014/h1/")


def test_coverage_counts_direct_children_that_are_expected(tmp_path: Path) -> None:
    lists = [
        {"slug": "district", "title": "区"},
        *({"slug": name, "title": name, "parent": "district", "reports": {"from": "2014-h1"}} for name in "ab"),
        {"slug": "c", "title": "c", "parent": "district"},
        *({"slug": name, "title": name, "parent": "a", "reports": {"from": "2014-h1"}} for name in "xyz"),
    ]
    works = {f"2014/h1/{name}.md": record(unit=name) for name in "bxz"}
    built = archive(tmp_path, {"units.yml": lists, **works})
    (half,) = register(built.archive)
    assert [(one.parent.slug, one.reported, one.expected) for one in half.below] == [("district", 1, 2), ("a", 2, 3)]
    assert "区的所属单位：上报 1/2 家" in built.text("register/")


def test_six_halves_with_a_late_unit_and_two_gaps(tmp_path: Path) -> None:
    built = archive(tmp_path, files(), warned={"plan.overdue"})
    told = states(built)
    assert list(told) == list(HALVES)
    others = {(half, unit): state for half, row in told.items() for unit, state in row.items() if state != "reported"}
    assert others == {("2013-h2", "west"): "missing", ("2014-h1", "south"): "late", ("2014-h2", "west"): "missing"}
    page = built.text("register/")
    assert "南镇工会 迟报 2014年7月21日报送期限 2014年7月10日" in page
    gaps = [address for address in built.pages if "本期未报送的单位：西镇工会。" in built.text(address)]
    assert gaps == ["latest/", "2013/h2/", "2014/h2/"]
    assert built.faults() == []


def test_a_site_that_states_no_reports_has_no_register_in_its_way(tmp_path: Path) -> None:
    without = archive(tmp_path / "without", {"2014/h1/a.md": record()})
    assert "register/" not in without.pages
    assert not [address for address, html in without.pages.items() if "报送" in html and address != "data/"]
    assert "报送情况" not in [item.title for item in navigation(without.archive)]
    stated = archive(tmp_path / "with", {**units(a={"from": "2014-h1"}), "2014/h1/a.md": record()})
    assert "报送情况" in [item.title for item in navigation(stated.archive)]


@pytest.mark.parametrize("path", ["2014/h1/a.md", "2015/year/a.md", "undated/h1/a.md"])
def test_where_nobody_is_expected_yet_there_is_no_register(tmp_path: Path, path: str) -> None:
    lists = units(a={"from": "2015-h1"}, b={"from": "undated-h1"})
    built = archive(tmp_path, {**lists, path: record(unit="a")})
    assert "register/" not in built.pages and built.faults() == []


def test_a_published_period_without_any_record_is_a_gap(tmp_path: Path) -> None:
    entries = [{"period": "2014-h2", "due": "2015-01-10", "published": "2015-02-01"}]
    lists = units(a={"from": "2014-h1"})
    built = archive(tmp_path, {**lists, "2014/h1/a.md": record(unit="a"), "periods.yml": entries})
    assert states(built) == {"2014-h1": {"a": "reported"}, "2014-h2": {"a": "missing"}}
    assert built.faults() == []


def test_a_mistyped_year_makes_no_pages_of_all_the_years_between(tmp_path: Path) -> None:
    entries = [{"period": "0214-h1", "published": "2014-08-01"}, {"period": "2012-h2", "published": "2013-02-01"}]
    lists = units(a={"from": "0001-h1"})
    built = archive(tmp_path, {**lists, "2014/h1/a.md": record(unit="a"), "periods.yml": entries})
    missing = {"a": "missing"}
    assert states(built) == {
        **{"0214-h1": missing, "2012-h2": missing, "2013-h1": missing, "2013-h2": missing},
        "2014-h1": {"a": "reported"},
    }


def git(folder: Path, *arguments: str, day: str) -> None:
    when = f"{day}T12:00:00+08:00"
    who = ["-c", "user.name=Writer", "-c", "user.email=writer@example.org", "-c", "commit.gpgsign=false"]
    surroundings = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "HOME": str(folder), "PATH": "/usr/bin:/bin"}
    subprocess.run(["git", *who, *arguments], cwd=folder, env=surroundings, check=True)


def commit(folder: Path, day: str) -> None:
    git(folder, "add", "--all", day=day)
    git(folder, "commit", "--quiet", "--message", "Write", day=day)


def test_the_first_commit_counts_through_later_changes_and_new_names(tmp_path: Path) -> None:
    lists = {**LISTS, **units(a={"from": "2014-h1"}, b={"from": "2014-h1"}), "periods.yml": [DUE]}
    project = copy_small_project(tmp_path / "project")
    write(project, {**lists, "2014/h1/甲.md": record(unit="a"), "2014/h1/plan.md": record(unit="town")})
    (project / "content" / "2014" / "h1" / "good.md").unlink()
    git(project, "init", "--quiet", day="2014-07-01")
    (project / ".gitignore").write_text(".cache\n", encoding="utf-8")
    commit(project, "2014-07-01")
    write(project, {"2014/h1/甲.md": record("改过。\n", unit="a"), "2014/h1/b.md": record("别的事。\n", unit="b")})
    commit(project, "2014-07-20")
    (project / "content/2014/h1/甲").mkdir()
    (project / "content/2014/h1/甲.md").rename(project / "content/2014/h1/甲/index.md")
    commit(project, "2014-08-20")

    history = read_history(project)
    built = in_memory(project, first_seen=history.first)
    period = parse_period("2014-h1")
    (half,) = [half for half in register(built.archive, history.first) if half.period == period]
    assert [(one.unit.slug, one.state, one.day and one.day.text) for one in half.reports] == [
        *(("a", "reported", "2014-07-01"), ("b", "late", "2014-07-20"))
    ]
    assert history.last["content/2014/h1/甲/index.md"] == "2014-08-20"

    succeed(project, *BUILD)
    page = (project / "site/register/index.html").read_text(encoding="utf-8")
    assert "2014年7月20日报送" in page and "迟报" in page
