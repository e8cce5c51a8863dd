"""A release: what stands in its way is told, and what it consists of is made of what is committed and tried."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from commands import PROJECT, run_command
from gongbao import __version__
from installing import must
from release import unready_changelog, unready_page, version_of
from test_workflows import clone as clone
from test_workflows import git

NEW = "## [1.2.0] - 2026-01-02\n\n- New.\n\n## [1.1.0] - 2025-01-02\n\n- Old.\n"


def test_the_version_stands_in_both_of_its_places_and_the_changelog_knows_it() -> None:
    assert version_of(PROJECT) == __version__
    assert f"\n## [{__version__}] - " in (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_a_page_of_the_guide_names_the_wheel_of_this_version() -> None:
    assert not unready_page("pip install ./gongbao-1.2.0-py3-none-any.whl", "1.2.0")
    assert "not 1.1.0" in unready_page("./gongbao-1.2.0-py3-none-any.whl ./gongbao-1.1.0-py3-none-any.whl", "1.2.0")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"# Changelog\n\n{NEW}", ""),
        (f"# Changelog\n\n## [Unreleased]\n\n{NEW}", ""),
        (f"## [Unreleased]\n\n- More.\n\n{NEW}", "what stands below [Unreleased]"),
        (NEW.replace(" - 2026-01-02", ""), "has no section"),
        (NEW.replace("1.2.0", "1.3.0"), "has no section"),
        ("# Changelog\n\n## [Unreleased]\n", "has no section"),
        ("", "has no section"),
    ],
)
def test_a_changelog_has_a_section_for_the_release_with_its_day(text: str, said: str) -> None:
    assert said in unready_changelog(text, "1.2.0")
    assert bool(said) == bool(unready_changelog(text, "1.2.0"))


@pytest.mark.slow
def test_changes_that_are_not_committed_and_a_version_that_was_released_stand_in_the_way(clone: Path) -> None:
    step = (sys.executable, "scripts/release.py", "check")
    git(clone, "tag", "--force", f"v{__version__}")
    assert "is released" in run_command(clone, *step).stdout
    git(clone, "tag", "--delete", f"v{__version__}")
    (clone / "more.txt").write_text("more", encoding="utf-8")
    done = run_command(clone, *step)
    assert (done.returncode, "not committed" in done.stdout) == (1, True)
    (clone / "more.txt").unlink()


@pytest.mark.slow
def test_a_release_is_built_and_its_wheel_works_in_an_empty_folder(clone: Path) -> None:
    must(clone, "sh", "scripts/setup.sh", "tools")
    editor = clone / "hooks/gongbao/editing/bundle"
    editor.mkdir()
    (editor / "cms.js").write_text("", encoding="utf-8")  # set-up makes it, from a registry
    (clone / "stray.py").write_text("raise SystemExit", encoding="utf-8")  # what is not committed is no part of it
    must(clone, sys.executable, "scripts/release.py", "build")
    for tag in git(clone, "tag", "--list").split():
        git(clone, "tag", "--delete", tag)
    made = {path.name: path for path in (clone / "dist").iterdir()}
    assert made.keys() == {f"gongbao-{__version__}{ending}" for ending in ("-py3-none-any.whl", ".tar.gz", ".cdx.json")}
    bill = json.loads(made[f"gongbao-{__version__}.cdx.json"].read_text(encoding="utf-8"))
    assert bill["bomFormat"] == "CycloneDX" and len(bill["components"]) > 20
    with ZipFile(made[f"gongbao-{__version__}-py3-none-any.whl"]) as wheel:
        assert {"gongbao/building.py", "gongbao/editing/bundle/cms.js"} <= {*wheel.namelist()}
        assert "stray.py" not in wheel.namelist()
    must(clone, sys.executable, "scripts/release.py", "tag", **COMMITTER)
    assert git(clone, "cat-file", "-t", f"v{__version__}") == "tag\n"


COMMITTER = {"GIT_COMMITTER_NAME": "Someone", "GIT_COMMITTER_EMAIL": "someone@example.org"}
