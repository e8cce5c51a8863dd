"""MkDocs and ProperDocs, which goes on where MkDocs has stopped: the same settings and hooks give the same site."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from commands import BUILD, STRICT, copy_project, files_of, replace, run, succeed
from commands import run_command as run_any
from installing import must
from previewing import Preview
from six_halves import six_project
from test_failures import told
from test_package import HOOKS, add_plugin, commit

MKDOCS, PROPERDOCS = BUILD, ("-m", "properdocs", "build")
# What a host writes of itself, and why it may differ: nothing else of the two sites does.
GENERATOR = (
    (rb'(<meta name="generator" content="mkdocs-)(?:ProperDocs )?[\d.]+', "Material's line that names its host"),
)


def without_generator(site: Path) -> dict[str, bytes]:
    files = files_of(site)
    del files["manifest.json"]  # it has the digests of the files that differ
    for pattern, why in GENERATOR:
        assert any(re.search(pattern, content) for content in files.values()), why
        files = {name: re.sub(pattern, rb"\1", content) for name, content in files.items()}
    return files


def different(one: Path, other: Path) -> list[str]:
    """The files that are not the same in two sites, and how many there are in all."""
    first, second = without_generator(one), without_generator(other)
    assert first.keys() == second.keys()
    assert "sitemap.xml.gz" in first
    return [name for name, content in first.items() if second[name] != content]


@pytest.mark.parametrize("make", [six_project, pytest.param(copy_project, marks=pytest.mark.slow)])
def test_the_site_is_the_same_under_both_hosts(make: Callable[[Path], Path], tmp_path: Path) -> None:
    project = commit(make(tmp_path / "project"))
    succeed(project, *MKDOCS, "--site-dir", str(tmp_path / "mkdocs"))
    succeed(project, *PROPERDOCS, "--site-dir", str(tmp_path / "properdocs"))

    assert different(tmp_path / "mkdocs", tmp_path / "properdocs") == []
    for path in (tmp_path / "properdocs").glob("*/*/records/*/index.html"):
        page = path.read_text(encoding="utf-8")
        assert "ProperDocs 1.6.7" in page
        assert "最后修改 2020-02-02" in page

    other = files_of(tmp_path / "properdocs")
    succeed(project, *PROPERDOCS, "--site-dir", str(tmp_path / "mkdocs"))
    assert files_of(tmp_path / "mkdocs") == other, "a page of the other host's was left"


def test_the_preview_shows_edits_under_the_other_host_too(small: Path, tmp_path: Path) -> None:
    preview = Preview(small, tmp_path / "surroundings", "properdocs")
    try:
        replace(small / "content/2014/h1/good.md", "五一前，村", "五一前后，村")
        preview.until(lambda: "五一前后，村" in preview.answers("2014/h1/records/good/"))
        preview.until(lambda: "五一前后，村" in preview.answers("data/records.json"))
        assert "Traceback" not in preview.said()
    finally:
        preview.stop()


@pytest.mark.slow  # tests/test_package.py holds plugin and hook together under MkDocs
def test_the_plugin_makes_that_site_too(installed: Path, small: Path, tmp_path: Path) -> None:
    python, settings = installed / "bin" / "python", small / "mkdocs.yml"
    succeed(small, *MKDOCS, STRICT, "--site-dir", str(tmp_path / "hook"))
    replace(settings, HOOKS, "")
    add_plugin(settings)
    must(small, python, *PROPERDOCS, STRICT, "--site-dir", str(tmp_path / "plugin"))

    assert different(tmp_path / "plugin", tmp_path / "hook") == []


@pytest.mark.slow  # tests/test_package.py has the error under MkDocs
def test_hook_and_plugin_together_are_the_same_error(installed: Path, small: Path) -> None:
    add_plugin(small / "mkdocs.yml")
    outcomes = [run_any(small, installed / "bin" / "python", *host) for host in (MKDOCS, PROPERDOCS)]
    assert [done.returncode for done in outcomes] == [1, 1]
    assert all("[settings.twice]" in done.stdout and "Traceback" not in done.stdout for done in outcomes)
    assert not (small / "site").exists()


def test_problems_and_notices_are_the_same_under_both_hosts(small: Path) -> None:
    (small / "docs/about.md").write_text("[甲](gone.md)\n", encoding="utf-8")
    replace(small / "content/2014/h1/good.md", "topics: [aid]", "topics: [aidd]")
    outcomes = [run(small, *host, STRICT, GONGBAO_SITE_URL="") for host in (MKDOCS, PROPERDOCS)]
    assert [done.returncode for done in outcomes] == [1, 1]
    assert told(outcomes[0].stdout) == told(outcomes[1].stdout) != []

    replace(small / "content/2014/h1/good.md", "topics: [aidd]", "topics: [aid]")
    (small / "docs/about.md").write_text("甲\n", encoding="utf-8")
    notices = [
        re.findall("^NOTICE.*", succeed(small, *host, STRICT, GONGBAO_SITE_URL=""), re.MULTILINE)
        for host in (MKDOCS, PROPERDOCS)
    ]
    assert notices[0] == notices[1]
    assert len(notices[0]) == 2
