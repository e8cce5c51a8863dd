"""The pages of a parent: what its subordinates' sites have published, added up, and the way down to them."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from commands import copy_small_project, run_command
from federations import DAY, collect, parent_files, put, site_files, visit
from gongbao.archive.derived import Derived
from gongbao.archive.level_values import levels
from gongbao.archive.rollup import roll_up
from gongbao.collecting.found_texts import site_texts
from gongbao.collecting.kept_sites import COLLECTED
from gongbao.commands.collect import collect as gongbao_collect
from gongbao.host.site_build import indexing
from gongbao.search.index import Indexing
from gongbao.search.options import search_options
from small_archives import Built, archive, in_memory, pages_of, record

MEMBERS = (120, "about"), (30, "exact")
EAST, WEST = "https://east.example.org/", "https://west.example.org/"


def parent(folder: Path, *, own: dict[str, Any] | None = None, **sites: dict[str, bytes]) -> Built:
    """The site of a city that has collected from some sites."""
    for name, files in sites.items():
        put(folder / name, files)
    files = {**parent_files(*sites), **(own or {"2014/h1/own.md": record(unit="city")})}
    collect(folder / "city", files)
    return archive(folder / "city", files)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """East tells of 12, of about 120 members and of a promise; west of 30, of 30 members, and before of at least 10.
    South has never published. The city itself says 50.
    """
    own: dict[str, Any] = {"2014/h1/own.md": visit(50, unit="city", title="全市走访")}
    promise = [{"id": "hall", "text": "建好活动中心", "due": "2014-h1"}]
    members = [{"indicator": "members", "value": value, "unit": "人", "bound": bound} for value, bound in MEMBERS]
    plan = record(kind="plan", title="打算", commitments=promise, figures=members[:1])
    east = site_files("east", url=EAST, visit=visit(12, title="东镇走访"), plan=plan)
    folder = tmp_path_factory.mktemp("federation")
    units = [
        {"slug": name, "title": f"{name}工会", "parent": "city", "reports": {"from": "2014-h1"}}
        for name in ("east", "west", "south")
    ]
    own["units.yml"] = [{"slug": "city", "title": "某市总工会"}, *units]
    at_least = [{"indicator": "visited", "value": 10, "unit": "人", "bound": "at-least"}]
    before = {"2013/h2/old.md": record(unit="west", title="上一年走访", figures=at_least)}
    state = record(title="会员", figures=members[1:])
    west = site_files("west", lists=before, url=WEST, visit=visit(30, title="西镇走访"), state=state)
    return parent(folder, own=own, east=east, west=west, south={})


def test_who_is_in_the_sums_is_told_by_name(city: Built) -> None:
    page = city.text("sites/")
    assert "收不到" in page and "还没有收到过数据" in page
    assert {EAST, WEST} <= set(city.read["sites/"].links)
    assert city.texts_of("sites/figures/visited/", "td")[:2] == [
        "42人",
        "上报 2/3 家没有：south工会本级填报 50人，下级相加 42人： 全市走访",
    ]
    assert "2014年上半年 30人" in city.text("sites/figures/visited/")


def test_a_sum_of_what_is_not_exact_says_between_what_it_lies(city: Built) -> None:
    assert city.texts_of("sites/figures/members/", "td")[0] == "约150人在 140人 到 160人 之间"
    assert "2013年下半年 10人以上" in city.text("sites/figures/visited/")
    assert "east/members/2014-h1,east,members,2014-h1,120,1,1,110,130,0,0" in city.files["data/rollup.csv"]
    assert "west/visited/2013-h2,west,visited,2013-h2,10,1,1,10,10,0,1" in city.files["data/rollup.csv"]


def test_the_bulletin_has_the_main_points_of_subordinates(city: Built) -> None:
    for address in ("2014/h1/", "sites/2014-h1/"):
        assert "东镇走访" in city.text(address)
        assert f"{EAST}2014/h1/records/visit/" in city.read[address].links


def test_the_register_knows_what_was_published_elsewhere(city: Built) -> None:
    assert city.texts_of("register/", "td") == ["已报", "已报", "未报"]


def test_promises_are_counted_over_all_sites(city: Built) -> None:
    assert "打算" not in city.text("sites/") and city.text("sites/").count("未到期 1") == 2


def test_a_unit_leads_to_its_own_site(city: Built) -> None:
    assert EAST in city.read["units/east/"].links
    assert city.faults() == []


def test_a_total_since_january_is_held_against_the_sum_since_january(tmp_path: Path) -> None:
    def paid(unit: str, value: int) -> str:
        return record(unit=unit, figures=[{"indicator": "dues", "value": value, "unit": "元"}])

    lists = {
        **parent_files("east", "west"),
        "sites.yml": None,
        "indicators.yml": [
            {"slug": "dues", "title": "会费", "unit": "元", "basis": "year-to-date", "aggregate": "sum"}
        ],
    }
    halves = {"h1": {"east": 10, "west": 20, "city": 30}, "h2": {"east": 25, "west": 50, "city": 80}}
    told = {f"2014/{half}/{unit}.md": paid(unit, value) for half, of in halves.items() for unit, value in of.items()}
    derived = Derived(archive(tmp_path, {**lists, **told}, warned=["series.children"]).archive)
    indicator = derived.archive.vocabulary.indicators["dues"]
    first, second = levels(derived, indicator)[derived.archive.vocabulary.units["city"]]
    assert first.sum.value == 30 and first.typed is None
    assert second.sum.value == 45 and second.compared and second.compared.value == 75
    assert second.typed and second.typed.value == 80


def test_a_preview_reads_what_was_collected_once(city: Built, tmp_path: Path) -> None:
    of = city.archive
    first = indexing(of, city.build.project, "preview")
    assert first.below
    assert indexing(of, tmp_path, "preview", before=first).below == first.below, "there are no files to read"
    [east, *others] = of.collected.sites
    assert east.data
    newer = replace(east, data=replace(east.data, version="newer"))
    other = replace(of, collected=replace(of.collected, sites=(newer, *others)))
    assert not indexing(other, tmp_path, "preview", before=first).below, "they are read again"


def test_the_search_finds_what_subordinates_have_published(
    city: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, of = city.build.project / COLLECTED, city.archive
    every = site_texts(folder, of.collected, of.vocabulary)
    assert {one.address for one in every} == {
        *(f"{EAST}2014/h1/records/{slug}/" for slug in ("visit", "plan")),
        *(f"{WEST}2014/h1/records/{slug}/" for slug in ("visit", "state")),
        f"{WEST}2013/h2/records/old/",
    }
    job = Indexing(of, tmp_path, every)
    job.begin()
    pages = [json.loads(path.read_text(encoding="utf-8")) for path in tmp_path.glob("*.json")]
    assert f"/{EAST}2014/h1/records/visit/" in {address for volume in pages for address in volume}
    job.stop()
    assert "search/" not in {link.removeprefix(EAST) for link in city.read["search/"].links}
    monkeypatch.setattr("gongbao.archive.collected.MOST_SEARCHED", 4)
    few = site_texts(folder, of.collected, of.vocabulary)
    assert sum("公报" in one.title for one in few) == 3
    assert not any("正文" in text for one in few for text in one.texts)
    page = pages_of(of, "search/")["search/"]
    assert "下级网站的记录很多" in page and f'href="{EAST}search/"' in page


def test_the_search_filters_by_what_subordinates_tell(city: Built) -> None:
    values = {one["name"]: [value for value, _ in one["values"]] for one in search_options(city.archive)["filters"]}
    assert values["year"] == ["2014", "2013"] and values["half"] == ["h1", "h2"] and values["kind"] == ["done", "plan"]
    assert values["unit"] == ["city", "east", "west"]


def test_a_collection_leaves_the_sums_to_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = parent(tmp_path, east=site_files("east", url=EAST))
    project = built.build.project
    assert gongbao_collect(project, DAY) == 0
    archive_then = in_memory(project).archive
    assert archive_then.collected.rolled
    derived = Derived(archive_then)
    assert derived.rollup is archive_then.collected.rolled.rows
    assert [*derived.rollup] == roll_up(*derived.rollup_inputs)
    (project / "content/2014/h1/own.md").write_text(visit(7, unit="city"), encoding="utf-8")
    now = Derived(in_memory(project).archive)
    assert now.rollup_key != derived.rollup_key
    monkeypatch.setitem(sys.modules, "duckdb", None)  # as where it is not installed
    assert gongbao_collect(project, DAY) == 0
    assert gongbao_collect(project, DAY, "local[2]") == 1


def test_a_parent_without_records_publishes_the_sums_for_its_superior(tmp_path: Path) -> None:
    built = parent(tmp_path, own={"site.yml": {"name": "某市总工会"}}, east=site_files("east", url=EAST))
    assert built.files["data/rollup.csv"].splitlines()[1:] == [
        "city/visited/2014-h1,city,visited,2014-h1,12,1,0,12,12,0,0",
        "east/visited/2014-h1,east,visited,2014-h1,12,1,0,12,12,0,0",
    ]
    assert "data/" in built.pages and built.faults() == []


@pytest.mark.slow
def test_a_site_without_sites_loads_no_library_for_them(tmp_path: Path) -> None:
    project = copy_small_project(tmp_path)
    program = (
        "import sys; from mkdocs.__main__ import cli; cli(['build', '--quiet'], standalone_mode=False); "
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'duckdb', 'pyarrow', 'pyspark', 'gongbao'}))"
    )
    said = run_command(project, sys.executable, "-c", program)
    assert said.stdout.splitlines()[-1] == "['gongbao']" and (project / "site" / "index.html").is_file()


def test_a_site_without_sites_has_no_such_pages(tmp_path: Path) -> None:
    assert not [one for one in archive(tmp_path, {"2014/h1/a.md": record()}).pages if one.startswith("sites/")]
