"""A large archive as several sites: everything is there once, each site is sound, and the sums are the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from federations import DAY, INDICATORS
from gongbao.archive.derived import Derived
from gongbao.archive.filing import Archive, publish
from gongbao.collecting.collection import collect_all
from gongbao.commands.shards import shards
from gongbao.data.package import data_files
from gongbao.data.rows import open_data
from gongbao.problems.problem import errors
from gongbao.reading.content import read_all
from gongbao.reading.disk import read_content
from small_archives import PNG, record, write

UNITS = [
    {"slug": "city", "title": "某市总工会"},
    *({"代号": name, "title": f"{name}区总工会", "上级": "city", "short": name} for name in ("east", "west", "north")),
    {"slug": "mill", "title": "某厂工会", "parent": "east", "reports": {"from": "2014-h1"}},
    {"slug": "hall", "title": "文化宫", "parent": "city"},
]
FILES: dict[str, Any] = {
    "site.yml": {"name": "某市总工会", "id": "https://city.example.org/", "licence": "CC-BY-4.0"},
    "topics.yml": [{"slug": "aid", "title": "帮扶救助"}],
    "indicators.yml": INDICATORS,
    "units.yml": UNITS,
    "periods.yml": [{"period": "2014-h1", "due": "2014-07-15"}, {"period": "2014-h1", "unit": "mill", "number": "3"}],
    "2014/h1/plan.md": record(
        title="全市计划", unit="city", kind="plan", commitments=[{"id": "visit", "text": "走访", "due": "2014-h2"}]
    ),
}


def figures(unit: str, visited: int, members: int) -> str:
    values = {"visited": visited, "members": members}
    told = [{"indicator": slug, "value": value, "unit": "人"} for slug, value in values.items()]
    return record(f"{unit}的工作。\n", title=f"{unit}走访职工", unit=unit, figures=told)


RECORDS = {
    "2014/h1/city-visit.md": figures("city", 9, 90),
    "2014/h1/east.md": figures("east", 5, 50),
    "2014/h1/mill.md": figures("mill", 3, 30),
    "2014/h2/mill.md": figures("mill", 4, 40),
    "2014/h1/west/index.md": figures("west", 2, 20) + "![会场](a.png)\n",
    "2014/h1/west/a.png": PNG,
    "2014/h2/west.md": record("见[上期](../h1/west/index.md)。\n", title="再走访", unit="west"),
    "2014/h2/north.md": record(
        title="落实全市计划", unit="north", outcomes=[{"commitment": "2014-h1/plan#visit", "status": "done"}]
    ),
}


def archive_in(site: Path) -> Archive:
    content = read_all(read_content(site / "content", site))
    assert not errors(content.problems), [(one.path, one.rule, one.written) for one in content.problems]
    return publish(content.records, content.vocabulary, preview=False)


def sums(derived: Derived) -> dict[tuple[str, str, str], Any]:
    return {(one.unit, one.indicator, one.period.id): (one.amount, one.reported) for one in derived.rollup}


def test_the_parts_are_sound_and_sum_up_to_the_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project, folder = write(tmp_path / "whole", {**FILES, **RECORDS}), tmp_path / "parts"
    assert shards(project, folder) == 0
    assert "north" in capsys.readouterr().out, "it stays, because it tells of the city's plan"
    parts = {name: archive_in(folder / name) for name in ("city", "east", "west")}
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {*parts, "shared", ".github"}
    found = sorted(record.id for part in parts.values() for record in part.records)
    assert found == sorted(one.id for one in archive_in(project).records)
    assert (folder / "west/content/2014/h1/west/a.png").read_bytes() == PNG
    assert [unit.slug for unit in parts["east"].vocabulary.units] == ["east", "mill"]
    assert [unit.slug for unit in parts["city"].vocabulary.units] == ["city", "east", "west", "north", "hall"]
    east = parts["east"].vocabulary
    assert (east.site.id, east.site.parent) == ("https://city.example.org/east/", "https://city.example.org/")
    assert east.site.licence == "CC-BY-4.0" and [one.unit for one in east.periods] == [None, "mill"]
    for name in ("east", "west"):
        for address, text in data_files(open_data(Derived(parts[name]))).items():
            (folder / name / "site" / address).parent.mkdir(parents=True, exist_ok=True)
            (folder / name / "site" / address).write_bytes(text.encode())
    above = parts["city"]
    collected = collect_all(folder / "city" / "collected", folder / "city", above.vocabulary, DAY)
    assert [one.state for one in collected.sites] == ["fresh", "fresh"]
    whole, together = sums(Derived(archive_in(project))), sums(Derived(replace(above, collected=collected)))
    assert together == {key: value for key, value in whole.items() if key[0] != "mill"} and together


def test_hosts_build_the_sites_in_jobs_as_many_as_they_take(tmp_path: Path) -> None:
    names = [f"u{at}" for at in range(101)]
    units = [UNITS[0], *({"slug": name, "title": name, "parent": "city"} for name in names)]
    records = {f"2014/h1/{name}.md": record(f"{name}。\n", title=f"{name}走访", unit=name) for name in names}
    folder = tmp_path / "parts"
    assert shards(write(tmp_path / "whole", {**FILES, "units.yml": units, "periods.yml": None, **records}), folder) == 0
    github = yaml.safe_load((folder / ".github/workflows/publish.yml").read_text(encoding="utf-8"))
    gitlab = yaml.safe_load((folder / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    jobs = github["jobs"]["sites"]["strategy"]["matrix"]["sites"]
    assert jobs == gitlab["sites"]["parallel"]["matrix"][0]["SITES"] and len(jobs) == 100
    assert sorted(name for job in jobs for name in job.split()) == sorted(names)


def test_what_cant_be_split_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project, folder = write(tmp_path / "whole", {**FILES, **RECORDS}), tmp_path / "parts"
    folder.mkdir()
    (folder / "notes.txt").write_text("", encoding="utf-8")
    assert shards(project, folder) == 1 and "换一个空的文件夹" in capsys.readouterr().err
    flat = write(tmp_path / "flat", {**FILES, "units.yml": UNITS[:1], "periods.yml": None})
    assert shards(flat, tmp_path / "none") == 1 and not (tmp_path / "none").exists()
