"""What is still a sample's in a site of somebody's own is told; the samples themselves are left alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from commands import BUILD, PROJECT, replace, run, succeed
from gongbao.host.samples import ABOUT, NAMES, UNITS
from small_archives import load
from test_workflows import SKELETON

SAMPLES = (PROJECT, SKELETON)


def test_the_program_knows_its_samples() -> None:
    names = {
        name["zh"] if isinstance(name := load(one / "content/site.yml")["name"], dict) else name for one in SAMPLES
    }
    titles = [unit["title"] for one in SAMPLES for unit in load(one / "content/units.yml")]
    assert names == NAMES
    assert {title["zh"] if isinstance(title, dict) else title for title in titles} == UNITS
    for one, sentence in zip(SAMPLES, ABOUT, strict=True):
        assert sentence in (one / "docs/about.md").read_text(encoding="utf-8")


def test_each_thing_that_is_still_the_samples_is_told_once_and_stops_nothing(small: Path) -> None:
    replace(small / "content/site.yml", "工报", "李庄镇工会公报")
    (small / "docs/about.md").write_text(f"# 关于\n\n{ABOUT[1]}\n", encoding="utf-8")

    said = succeed(small, *BUILD)

    rules = re.findall(r"^WARNING .*?(\S+):(\d+):\d+: .*\[(sample\.\w+)\]$", said, re.MULTILINE)
    lines = (small / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    at = {line.partition(":")[0]: str(number) for number, line in enumerate(lines, start=1)}
    assert rules == [
        ("content/units.yml", "2", "sample.units"),
        ("docs/about.md", "3", "sample.about"),
        ("mkdocs.yml", at["site_url"], "sample.address"),
        ("mkdocs.yml", at["repo_url"], "sample.repository"),
    ]


@pytest.mark.slow
def test_a_site_that_is_all_ones_own_is_told_nothing_and_only_whole_domains_count(small: Path) -> None:
    assert "sample." not in succeed(small, *BUILD), "nothing is told of a sample"
    replace(small / "content/units.yml", "某镇总工会", "李庄镇总工会")
    replace(small / "content/units.yml", "某村工会", "李庄村工会")
    ours = {"GONGBAO_SITE_URL": "https://my-example.org/", "GONGBAO_REPO_URL": "https://code.li.cn/example.org"}
    assert re.findall(r"\[(sample\.\w+)\]", run(small, *BUILD, **ours).stdout) == ["sample.name"]
    replace(small / "content/site.yml", "工报", "李庄镇工会公报")
    assert "sample." not in succeed(small, *BUILD, **ours)
