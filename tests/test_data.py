"""The open data: what a validator, a spreadsheet and a program find in it."""

from __future__ import annotations

import csv
import json
import re
from decimal import Decimal
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import duckdb
import pytest
from frictionless import Package
from hypothesis import given, settings
from hypothesis import strategies as st

from commands import PROJECT
from gongbao.archive.derived import Derived
from gongbao.archive.filing import publish
from gongbao.archive.point_views import point_quantity
from gongbao.data.cells import as_cell
from gongbao.data.package import data_files
from gongbao.data.parquet import LEAST
from gongbao.data.rows import open_data
from gongbao.data.table_columns import NUMBERS, TABLES, VERSIONS
from gongbao.git.history import read_history
from gongbao.reading.content import read_all
from gongbao.reading.disk import Tree, read_content
from six_halves import files
from small_archives import LISTS, PNG, Built, archive, in_memory, record, tree_of, write
from speed.parents import INDICATORS as INDICATORS_OF_SITES
from speed.parents import YEARS, lay_out_parent

URL = "https://site.example.org/below/"
INDICATORS: list[dict[str, Any]] = [
    {"slug": "dues", "title": "收缴经费", "unit": "元", "basis": "year-to-date"},
    {"slug": "formed", "title": "新建工会", "unit": "家", "also": ["个"]},
]
FIGURES: list[dict[str, Any]] = [
    {"indicator": "dues", "value": "1317.10", "unit": "万元", "bound": "about", "target": "1000.0", "for": "2013-year"},
    {"indicator": "formed", "value": 58, "unit": "家", "of": 64, "previous": -1}
    | {"percent": {"value": "90.00", "bound": "at-least"}},
    {
        "label": '信访，"来访"',
        "value": "0.0000001",
        "unit": "件",
        "parts": [{"label": "甲", "value": "0.0000001"}],
        "among": [{"label": "乙", "value": "0", "unit": "宗", "bound": "at-most"}],
        "doubt": "两行\n存疑",
    },
    {"label": "名次", "rank": 6},
]


def rows(text: str) -> list[dict[str, str]]:
    """Read CSV as Python's own reader does; Excel takes the mark before it for the sign of UTF-8."""
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


def faults(folder: Path, written: dict[str, str]) -> list[str]:
    """What the Frictionless validator says of the files."""
    for address, text in written.items():
        path = folder / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    report = Package(str(folder / "data" / "datapackage.json")).validate()
    names = [task.name for task in report.tasks]
    assert names == ["records", *(one.name for one in TABLES)] or report.errors
    return [*(error.message for error in report.errors), *(e.message for task in report.tasks for e in task.errors)]


@pytest.fixture
def small_site(tmp_path: Path) -> Built:
    lists = {"indicators.yml": INDICATORS, "site.yml": {"name": "工报", "licence": "注明出处即可转载"}}
    plan = record(
        kind="plan",
        commitments=[
            {"id": "x", "text": "办比赛", "due": "2014-08", "target": {"label": "场次", "value": "2.0", "unit": "场"}},
            {"id": "y", "text": "全年的事", "due": "2014-year", "topic": "activities"},
        ],
    )
    later = record(outcomes=[{"commitment": "2014-h1/plan#x", "status": "carried", "due": "2015-h1", "value": "1.50"}])
    undated = record(figures=[{"label": "天数", "value": "03", "unit": "天"}])
    return archive(
        tmp_path / "small",
        {
            **lists,
            "2014/h1/figures/index.md": record("新建{{ formed }}。![会场](图.png)", figures=FIGURES, date="2014-05-09"),
            "2014/h1/figures/图.png": PNG,
            "2014/h1/plan.md": plan,
            "2014/h2/later.md": later,
            "undated/year/old.md": undated,
        },
    )


def of(built: Built, name: str, site_url: str = URL) -> str:
    return data_files(open_data(Derived(built.archive), site_url))[f"data/{name}"]


@pytest.mark.parametrize(
    ("licence", "site_url"),
    [(None, ""), ("CC-BY-4.0", URL), ("https://licence.example.org/", ""), ("注明出处即可转载", URL)],
)
def test_the_validator_accepts_any_archive(tmp_path: Path, licence: str | None, site_url: str) -> None:
    site = {"name": "工报"} | ({"licence": licence} if licence else {})
    six = archive(tmp_path / "six", {**files(), "site.yml": {**files()["site.yml"], **site}}, warned={"plan.overdue"})
    bare = archive(tmp_path / "bare", {"site.yml": site, "2014/h1/a.md": record()})
    for built in (six, bare):
        written = dict(data_files(open_data(Derived(built.archive), site_url)))
        assert faults(tmp_path / "written" / str(len(written)), written) == []
        package = json.loads(written["data/datapackage.json"])
        assert ("licenses" in package) is (licence is not None)
        shown = built.text("data/")
        assert licence in shown if licence else "没有写明许可" in shown


def test_the_validator_accepts_the_project_and_would_find_a_fault(tmp_path: Path) -> None:
    written = in_memory(PROJECT, URL).files
    assert faults(tmp_path / "whole", written) == []
    key = rows(written["data/figures.csv"])[0]["key"]
    written["data/figures.csv"] += written["data/figures.csv"].partition("\r\n")[2].replace(key, "", 1)
    assert faults(tmp_path / "broken", written) != []


def test_the_built_site_has_the_files_byte_by_byte(site: Path) -> None:
    changes = read_history(PROJECT).last
    content = in_memory(PROJECT, "https://gongbao.example.org/", changes=changes)
    for address, text in content.files.items():
        assert (site / address).read_bytes() == text.encode()
    assert (site / "data/figures.csv").read_bytes().startswith(b"\xef\xbb\xbfkey,role,")
    assert Package(str(site / "data" / "datapackage.json")).validate().valid


def test_small_archive_is_accepted(small_site: Built, tmp_path: Path) -> None:
    assert faults(tmp_path, small_site.files) == []
    assert small_site.faults() == []


def test_numbers_are_exact_as_written(small_site: Built) -> None:
    table = {row["key"].removeprefix("2014-h1/figures#"): row for row in rows(of(small_site, "figures.csv"))}
    dues, formed, visits, place = (table[f"figures[{at}]"] for at in range(4))
    assert (dues["value"], dues["bound"], dues["measure"]) == ("1317.10", "about", "万元")
    assert (dues["target"], dues["target_bound"]) == ("1000.0", "exact")
    assert (formed["value"], formed["bound"], formed["measure"], formed["indicator"]) == ("58", "exact", "家", "formed")
    assert (formed["percent"], formed["percent_bound"]) == ("90.00", "at-least")
    assert (formed["of"], formed["of_measure"], formed["previous"]) == ("64", "家", "-1")
    assert (visits["value"], visits["name"], visits["doubt"]) == ("0.0000001", '信访，"来访"', "两行\n存疑")
    assert (place["rank"], place["value"], place["bound"]) == ("6", "", "")
    stated = json.loads(of(small_site, "records.json"))["records"]
    by_id = {one["id"]: one for one in stated}
    assert by_id["2014-h1/figures"]["figures"][0] == FIGURES[0] | {"target": {"value": "1000.0", "bound": "exact"}}
    assert by_id["undated-year/old"]["figures"][0]["value"] == "3"


def test_parts_are_rows_of_their_own(small_site: Built) -> None:
    table = [row for row in rows(of(small_site, "figures.csv")) if row["role"] != "figure"]
    columns = ("role", "name", "value", "measure", "bound", "indicator")
    assert [tuple(row[column] for column in columns) for row in table] == [
        ("part", "甲", "0.0000001", "件", "exact", ""),
        ("among", "乙", "0", "宗", "at-most", ""),
    ]
    assert {row["parent"] for row in table} == {"2014-h1/figures#figures[2]"}
    assert [row["key"] for row in table] == [f"2014-h1/figures#figures[2].{end}" for end in ("parts[0]", "among[0]")]


def test_each_figure_can_be_had_back_from_the_tables_alone(tmp_path: Path) -> None:
    """Only parts, other units, instalments, an undated and a whole year, a total and what it is a total of."""
    dues: dict[str, Any] = {"indicator": "dues", "unit": "元"}
    figures = [
        {
            "indicator": "formed",
            "parts": [{"label": "甲", "value": 3, "unit": "个"}, {"label": "乙", "value": 4, "unit": "家"}],
        },
        dues | {"value": "12.20", "unit": "万元", "bound": "over"},
        dues | {"value": "90000", "for": "2013-year", "bound": "at-most"},
        dues | {"value": "5", "for": "undated-h1", "bound": "about"},
        {"label": "锦旗", "value": 2, "unit": "面"},
    ]
    paid = [{"indicator": "paid", "value": v, "unit": "元", "instalment": "true"} for v in ("1.5", "2.25")]
    also: dict[str, Any] = {"slug": "paid", "title": "发放补助", "unit": "元", "aggregate": "sum"}
    lists = {"indicators.yml": [*({**one, "aggregate": "sum"} for one in INDICATORS), also]}
    top = record(figures=[{"indicator": "formed", "value": 9, "unit": "家"}])
    branch = record(unit="village", figures=[*figures, *paid])
    built = archive(tmp_path, {**lists, "2014/h1/a.md": branch, "2014/h1/b.md": top}, warned={"series.children"})

    found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for row in rows(built.files["data/figures.csv"]):
        if row["amount"] and row["role"] == "figure":
            place = (row["unit"], row["scope"], row["indicator"], row["period_id"])
            found.setdefault(place, []).append((row["amount"], row["amount_low"], row["amount_high"]))
    assert found == {
        ("village", "own", "formed", "2014-h1"): [("7", "7", "7")],
        ("village", "own", "dues", "2014-h1"): [("122000", "122000", "123000")],
        ("village", "own", "dues", "2013-year"): [("90000", "", "90000")],
        ("village", "own", "dues", "undated-h1"): [("5", "4", "6")],
        ("village", "own", "paid", "2014-h1"): [("1.5", "1.5", "1.5"), ("2.25", "2.25", "2.25")],
        ("town", "total", "formed", "2014-h1"): [("9", "9", "9")],
    }
    for (unit, _, slug, period), amounts in found.items():
        (point,) = [one for one in Derived(built.archive).series[slug, unit] if one.period.id == period]
        assert point.value == sum(Decimal(amount) for amount, _, _ in amounts)
        assert str(point_quantity(point, "zh")) in built.text(f"figures/{slug}/")
    rolled = {row["key"]: (row["amount"], row["reported"]) for row in rows(built.files["data/rollup.csv"])}
    assert rolled["town/formed/2014-h1"] == ("7", "1")  # the total is not counted beside what it is a total of
    assert rolled["town/paid/2014-h1"] == ("3.75", "1") and rolled["town/dues/2013-year"] == ("90000", "1")
    assert faults(tmp_path, built.files) == []


def test_the_package_says_what_it_is(tmp_path: Path) -> None:
    site = {"name": "工报", "id": "town-site", "parent": "https://above.example.org/", "as_of": "2014-06-30"}
    files = {"site.yml": site, "2014/h1/a.md": record(date="2014-05-09")}
    gone = {"date": "2014-06-01", "reason": "有误"}
    built = archive(tmp_path, {**files, "2014/h1/b.md": record(withdrawn=gone)})
    package = json.loads(built.files["data/datapackage.json"])
    about = package["gongbao"]
    assert (about["site"], about["parent"], about["as_of"]) == ("town-site", "https://above.example.org/", "2014-06-30")
    assert (package["id"], package["created"]) == ("town-site", "2014-06-30T00:00:00Z")
    assert package["version"].startswith("2014-h1+") and all(len(one["hash"]) == 71 for one in package["resources"])
    (stone,) = rows(built.files["data/tombstones.csv"])
    assert (stone["record"], stone["withdrawn_on"], stone["purged"]) == ("2014-h1/b", "2014-06-01", "false")

    renamed = {
        "units.yml": [{"slug": "town", "title": "另一个名字"}, {"slug": "village", "title": "村", "parent": "town"}]
    }
    other = json.loads(archive(tmp_path / "other", {**files, **renamed}).files["data/datapackage.json"])
    assert other["gongbao"]["vocabulary"] == about["vocabulary"] and other["version"] != package["version"]


def test_periods_are_readable_and_in_edtf(small_site: Built) -> None:
    told = {(row["period"], row["period_edtf"]) for row in rows(of(small_site, "figures.csv"))}
    assert told == {("2013年全年", "2013"), ("2014年上半年", "2014-40"), ("年份不详 · 全年", "")}
    moved, whole = rows(of(small_site, "commitments.csv"))
    assert (moved["due"], moved["due_edtf"], moved["due_now_edtf"]) == ("2014年8月", "2014-08", "2015-40")
    assert (whole["due"], whole["due_edtf"], whole["topic_title"]) == ("2014年全年", "2014", "文体活动")
    assert (moved["status"], moved["outcomes"], moved["carried"]) == ("carried", "1", "1")
    assert (moved["latest_record"], moved["latest_value"], moved["latest_measure"]) == ("2014-h2/later", "1.50", "场")
    assert (whole["status"], whole["outcomes"], whole["latest_record"], whole["target"]) == ("open", "0", "", "")


def test_addresses_lead_to_the_pages(small_site: Built) -> None:
    here, away = (of(small_site, "commitments.csv", site_url) for site_url in ("", URL))
    assert rows(here)[0]["url"] == "../2014/h1/records/plan/#gb-c-x"
    assert rows(away)[0]["url"] == f"{URL}2014/h1/records/plan/#gb-c-x"
    (one,) = [one for one in json.loads(of(small_site, "records.json"))["records"] if one["attachments"]]
    assert one["attachments"] == [f"{URL}2014/h1/records/figures/%E5%9B%BE.png"]
    assert "新建58家。" in one["text"]
    assert {"data/figures.csv", "data/records.json"} <= small_site.leads_from("data/")
    assert [address for address in ("2014/h1/", "latest/") if "data/" not in small_site.leads_from(address)] == []


def test_columns_are_described_on_the_page_and_in_the_package(small_site: Built) -> None:
    resources = {one["name"]: one for one in json.loads(of(small_site, "datapackage.json"))["resources"]}
    page = small_site.text("data/")
    assert [one["name"] for one in resources["versions"]["schema"]["fields"]] == [*VERSIONS]
    for name in ("figures", "commitments"):
        fields = resources[name]["schema"]["fields"]
        text = of(small_site, f"{name}.csv")
        assert [field["name"] for field in fields] == list(rows(text)[0])
        assert [field["name"] for field in fields if f"{field['name']}{field['title']}" not in page] == []
        numbers = {field["name"] for field in fields if field["type"] == "number"}
        assert numbers == {field["name"] for field in fields if field["name"] in NUMBERS}
        assert [
            value for row in rows(text) for column in numbers if (value := row[column]) and Decimal(value).is_nan()
        ] == []


@pytest.mark.parametrize("preview", [False, True])
def test_drafts_withdrawn_records_and_unpublished_periods_are_absent(tmp_path: Path, preview: bool) -> None:
    secret: dict[str, Any] = {"title": "不可见", "figures": [{"label": "不可见", "value": 1, "unit": "家"}]}
    secret["commitments"] = [{"id": "x", "text": "不可见", "due": "2014-h2"}]
    hidden = {
        "2014/h1/draft.md": record("不可见", draft="true", **secret),
        "2014/h1/gone.md": record("不可见", withdrawn={"date": "2014-09-01", "reason": "不可见"}, **secret),
        "2014/h2/early.md": record("不可见", **secret),
        "periods.yml": [{"period": "2014-h2", "due": "2015-01-10"}],
    }
    answer = record(outcomes=[{"commitment": "2014-h1/seen#y", "status": "done", "note": "不可见"}], draft="true")
    seen = record(kind="plan", commitments=[{"id": "y", "text": "可见的事", "due": "2015-h1"}])
    built = archive(
        tmp_path,
        {**hidden, "2014/h1/seen.md": seen, "2014/h1/answer.md": answer},
        preview=preview,
        warned={"plan.repeated"},
    )
    assert len(built.files) == 14
    assert [name for name, text in built.files.items() if "不可见" in text] == []
    (row,) = rows(built.files["data/commitments.csv"])
    assert (row["text"], row["status"], row["outcomes"]) == ("可见的事", "open", "0")


_SIGNS = st.sampled_from([*"=+-@\t\r\n＝＋－＠'", "-5", "+3.5", "1", "甲", ","])


@given(st.lists(_SIGNS, max_size=5).map("".join))
def test_no_cell_is_a_formula_and_every_text_can_be_had_back(text: str) -> None:
    cell = as_cell(text)

    number = re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?%?", cell)
    assert number or not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    # What the page of the data has programs do.
    assert (cell[1:] if re.match(r"''*[=+\-@\t\r\n＝＋－＠]", cell) else cell) == text


def test_formulas_are_harmless_and_numbers_stay_numbers(tmp_path: Path) -> None:
    figures = [
        {"label": "=1+2", "value": "-5", "unit": "本", "note": "=cmd|' /C calc'!A0"},
        {"label": "－减名目", "value": "-1.5", "unit": "本", "note": "@SUM(1)"},
    ]
    built = archive(tmp_path, {"2014/h1/a.md": record(figures=figures)})

    table = rows(built.files["data/figures.csv"])
    assert [(row["name"], row["value"], row["note"]) for row in table] == [
        ("'=1+2", "-5", "'=cmd|' /C calc'!A0"),
        ("'－减名目", "-1.5", "'@SUM(1)"),
    ]
    told = json.loads(built.files["data/records.json"])["records"][0]["figures"]
    assert [one["note"] for one in told] == [one["note"] for one in figures]
    assert "去掉一个撇号" in built.text("data/")


def test_nothing_published_gives_no_data(tmp_path: Path) -> None:
    gone = {"date": "2014-09-01", "reason": "有误"}
    built = archive(tmp_path, {"2014/h1/a.md": record(withdrawn=gone)})
    assert built.files == {} and "data/" not in built.pages


@settings(deadline=None, max_examples=15)
@given(st.data())
def test_a_reordered_content_folder_changes_no_byte(data: st.DataObject) -> None:
    tree, expected = six_as_read()
    order = data.draw(st.permutations(list(tree.files)))
    others = data.draw(st.permutations(list(tree.others)))
    changed = Tree(
        tree.root, {name: tree.files[name] for name in order}, {name: tree.others[name] for name in others}, ()
    )
    assert written(changed) == expected


@cache
def six_as_read() -> tuple[Tree, dict[str, str]]:
    """The content of six halves, and what is written of it."""
    tree = tree_of({**LISTS, **files()})
    return tree, written(tree)


def written(tree: Tree) -> dict[str, str]:
    content = read_all(tree)
    return dict(data_files(open_data(Derived(publish(content.records, content.vocabulary, preview=False)), URL)))


_DUES = st.sampled_from(["2014-h1", "2014-year", "2013-08", "undated-h2", "2014-07/2014-09", "20XX-03"])
_PLANS = st.dictionaries(
    st.tuples(st.sampled_from(["2013/h1", "2014/h2", "undated/year"]), st.sampled_from("abc")),
    st.lists(_DUES, max_size=4),
    min_size=1,
)


@settings(deadline=None, max_examples=40)
@given(_PLANS)
def test_no_commitment_of_any_record_is_missing(plans: dict[tuple[str, str], list[str]]) -> None:
    made = {
        f"{folder}/{slug}.md": record(
            title=slug,
            commitments=[{"id": f"c{at}", "text": f"第{at}件，要紧", "due": due} for at, due in enumerate(dues)]
            or None,
        )
        for (folder, slug), dues in plans.items()
    }
    promised = {
        f"{folder.replace('/', '-')}/{slug}#c{at}" for (folder, slug), dues in plans.items() for at in range(len(dues))
    }
    assert {row["key"] for row in rows(written(tree_of({**LISTS, **made}))["data/commitments.csv"])} == promised


def test_every_commitment_of_the_project_is_there(site: Path) -> None:
    content = read_all(read_content(PROJECT / "content"))
    promised = {f"{one.id}#{commitment.id}" for one in content.records for commitment in one.commitments}
    assert len(promised) > 30
    table = rows((site / "data/commitments.csv").read_text(encoding="utf-8"))
    assert {row["key"] for row in table} == promised and len(table) == len(promised)


def test_the_order_in_which_files_are_made_changes_no_byte(tmp_path: Path) -> None:
    every = {**LISTS, **files()}
    one = in_memory(write(tmp_path / "one", every))
    other = in_memory(write(tmp_path / "other", dict(reversed(every.items()))))
    assert one.files == other.files and len(one.files) == 27


@pytest.mark.slow
def test_from_a_hundred_thousand_rows_on_the_roll_up_is_there_as_parquet(tmp_path: Path) -> None:
    rows = INDICATORS_OF_SITES * YEARS * 2  # of a site, and of their superior
    fewer, more = LEAST // rows - 1, LEAST // rows
    built = {}
    for count in (fewer, more):
        (tmp_path / str(count)).mkdir()
        lay_out_parent(tmp_path / str(count), count)
        built[count] = in_memory(tmp_path / str(count))
    assert "data/rollup.parquet" not in built[fewer].outputs["data"].names
    (tmp_path / "rollup.parquet").write_bytes(built[more].made("data")["data/rollup.parquet"])
    told = "count(*), count(DISTINCT unit), sum(amount) FILTER (unit = 'top') * 2 = sum(amount)"
    found = duckdb.connect().execute(f"SELECT {told} FROM '{tmp_path}/rollup.parquet'").fetchall()
    assert found == [(rows * (more + 1), more + 1, True)]


def test_a_large_roll_up_is_there_as_parquet_too_with_exact_decimals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    units = [{"slug": "city", "title": "市"}, {"slug": "east", "title": "东镇", "parent": "city"}]
    lists = {"units.yml": units, "indicators.yml": [{**one, "aggregate": "sum"} for one in INDICATORS]}
    sites = {"sites.yml": [{"id": "east", "unit": "east", "where": "../east"}]}
    dues = record(unit="city", figures=[{"indicator": "dues", "value": "12345678901234567890.123456789", "unit": "元"}])
    monkeypatch.setattr("gongbao.data.package.LEAST", 1)
    alone, built = (archive(tmp_path / str(len(one)), {**lists, **one, "2014/h1/a.md": dues}) for one in ({}, sites))
    assert "data/rollup.parquet" not in alone.outputs["data"].names, "a site without sites.yml needs no library"
    assert "data/rollup.parquet" in built.outputs["data"].names
    for file, content in built.made("data").items():
        (tmp_path / "written" / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "written" / file).write_bytes(content)
    assert Package(str(tmp_path / "written/data/datapackage.json")).validate().valid
    query = f"SELECT amount, reported FROM '{tmp_path}/written/data/rollup.parquet'"
    found = duckdb.connect().execute(query).fetchall()
    assert found == [(Decimal("12345678901234567890.123456789"), 1)]
    assert built.made("data") == built.made("data")
