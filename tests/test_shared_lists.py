"""Many sites from one installation: what they share by ``extends``, a path or a package, and what each has itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from commands import run_command
from gongbao.problems import packaged_rules
from gongbao.problems.problem import Problem
from gongbao.problems.text_report import describe
from gongbao.reading.content import Content, read_all
from gongbao.reading.disk import read_content
from gongbao.records.vocabulary import Lexicon
from installing import must
from small_archives import LISTS, bytes_of, record, write

COUNTY: dict[str, Any] = {
    "site.yml": {
        "name": "某县总工会公报",
        "licence": "CC-BY-4.0",
        "rules": [{"rule": "form.title", "level": "error", "reason": "县里要严", "limit": 10}],
    },
    "topics.yml": [{"slug": "aid", "title": "帮扶"}, {"slug": "rights", "title": "维权"}],
    "indicators.yml": [{"slug": "visited", "title": "走访", "unit": "户", "topic": "aid"}],
    "wording.yml": [{"wrong": "法人代表", "right": "法定代表人"}],
}
TOWN: dict[str, Any] = {
    "site.yml": {"name": "某镇工会公报", "extends": "../county"},
    "topics.yml": None,
    "2014/h1/a.md": record(
        "法人代表来了。\n",
        title="走访职工走访职工走访职工",
        figures=[{"indicator": "visited", "value": 3, "unit": "户"}],
    ),
}


def lay_out(folder: Path, county: dict[str, Any] = COUNTY, **town: Any) -> Content:
    """Read a town's site beside the county's folder."""
    (folder / "county").mkdir(exist_ok=True)
    for name, value in county.items():
        (folder / "county" / name).write_bytes(bytes_of(value))
    files = {**LISTS, **TOWN, **{name.replace("_", "."): value for name, value in town.items()}}
    return read_all(read_content(write(folder / "town", files) / "content"))


def said(problems: tuple[Problem, ...]) -> list[str]:
    return [f"{one.path} {one.rule} {one.severity}" for one in problems]


def test_a_town_takes_the_countys_lists_levels_limits_and_words(tmp_path: Path) -> None:
    content = lay_out(tmp_path)
    a = "content/2014/h1/a.md"
    assert said(content.problems) == [f"{a} form.title error", f"{a} wording.term warning"]
    assert "不超过 10 个字" in describe(content.problems[0], "zh")
    vocabulary = content.vocabulary
    assert [topic.slug for topic in vocabulary.topics] == ["aid", "rights"] and vocabulary.site.licence == "CC-BY-4.0"
    assert vocabulary.site.name.text("zh") == "某镇工会公报", "the name is its own"


def test_its_own_entries_and_settings_go_before_and_a_change_of_the_countys_counts(tmp_path: Path) -> None:
    rules = [{"rule": "form.*", "level": "off", "reason": "旧材料"}]
    topics = [{"slug": "aid", "title": "帮困"}, {"slug": "sports", "title": "文体"}]
    site = {**TOWN["site.yml"], "rules": rules, "licence": "自有"}
    content = lay_out(tmp_path, site_yml=site, topics_yml=topics)
    assert said(content.problems) == ["content/2014/h1/a.md wording.term warning"]
    assert [topic.title.zh for topic in content.vocabulary.topics] == ["维权", "帮困", "文体"]
    assert content.vocabulary.site.licence == "自有"
    (tmp_path / "county" / "wording.yml").unlink()
    again = read_all(read_content(tmp_path / "town" / "content"), content.cache)
    assert said(again.problems) == []


@pytest.mark.parametrize("name", ["../nowhere", "no_such_package", "../town/docs", "."])
def test_what_can_not_be_found_is_told_at_its_line(name: str, tmp_path: Path) -> None:
    content = lay_out(tmp_path, site_yml=f"name: 某镇工会公报\nextends: {name} # 县里的\n")
    (problem,) = [one for one in content.problems if one.rule == "extends.missing"]
    assert (problem.path, problem.mark.line, problem.written) == ("content/site.yml", 2, name)


def test_faults_of_the_countys_files_are_told_where_they_stand_and_never_mended_from_a_town(tmp_path: Path) -> None:
    county = {
        **COUNTY,
        "topics.yml": [*COUNTY["topics.yml"], {"slug": "rights", "title": "又一次"}],
        "indicators.yml": "- slug：visited\n",
        "site.yml": {"rules": [{"rule": "form.title", "level": "none", "reason": "县里要严"}]},
    }
    content = lay_out(tmp_path, county)
    told = {(one.path, one.rule) for one in content.problems if one.path.startswith("../county/")}
    assert told >= {
        ("../county/topics.yml", "list.duplicate"),
        ("../county/indicators.yml", "yaml.colon"),
        ("../county/site.yml", "field.value"),
    }
    assert not [one for one in content.problems if one.fix and not one.path.startswith("content/")]


def test_a_package_is_named_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "packages" / "county_policy").mkdir(parents=True)
    (tmp_path / "packages" / "county_policy" / "__init__.py").write_text("raise SystemExit", encoding="utf-8")
    for name, value in COUNTY.items():
        (tmp_path / "packages" / "county_policy" / name).write_bytes(bytes_of(value))
    monkeypatch.syspath_prepend(tmp_path / "packages")
    assert packaged_rules.folder_of_package("county_policy") == tmp_path / "packages" / "county_policy"
    content = lay_out(tmp_path, site_yml={"name": "某镇工会公报", "沿用": "county_policy"})
    assert {one.rule for one in content.problems} == {"form.title", "wording.term"}


@pytest.mark.slow
def test_one_installation_checks_and_builds_many_sites(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "county").mkdir()
    (tmp_path / "county" / "site.yml").write_bytes(bytes_of({"rules": COUNTY["site.yml"]["rules"]}))
    command = installed / "bin" / "gongbao"
    for number in range(5):
        site = tmp_path / f"第 {number} 镇"
        must(tmp_path, command, "new-site", site)
        settings = {"name": f"第{number}镇公报", "extends": "../county"}
        (site / "content" / "site.yml").write_bytes(bytes_of(settings))
        done = run_command(site, command, "check")
        assert done.returncode == 1 and "[form.title]" in done.stdout
        (tmp_path / "county" / "site.yml").write_bytes(bytes_of({"licence": "CC-BY-4.0"}))
        must(site, command, "build")
        assert f"第{number}镇公报" in (site / "site" / "index.html").read_text(encoding="utf-8")
        (tmp_path / "county" / "site.yml").write_bytes(bytes_of({"rules": COUNTY["site.yml"]["rules"]}))


def listed(**fields: str) -> dict[str, Any]:
    """The county's topics and its indicator with other fields."""
    return {"topics.yml": COUNTY["topics.yml"], "indicators.yml": [{**COUNTY["indicators.yml"][0], **fields}]}


def test_a_site_is_warned_when_the_lists_that_it_extends_mean_something_else(tmp_path: Path) -> None:
    own = {"name": "某镇工会公报", "extends": "../county"}
    agreed = lay_out(tmp_path, listed(), site_yml=own).vocabulary
    meaning = replace(agreed, units=Lexicon()).meaning
    pinned = {**own, "vocabulary": meaning}
    assert said(lay_out(tmp_path, listed(title="走访职工"), site_yml=pinned).problems) == []
    [problem] = lay_out(tmp_path, listed(basis="year-to-date"), site_yml=pinned).problems
    assert (problem.path, problem.rule, problem.severity) == ("content/site.yml", "extends.changed", "warning")
    assert problem.mark.line == 3 and problem.values["suggestion"].startswith("sha256:")
