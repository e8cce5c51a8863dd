"""When a record last changed, as git tells it; where it cannot tell, that is said once and stops nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from commands import BUILD, STRICT, replace, succeed

CREATED, CHANGED = "2003-02-01", "2004-05-06"


@pytest.fixture(scope="module")
def repository(small_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with two commits; the later one touches one record."""
    project = shutil.copytree(small_built, tmp_path_factory.mktemp("history") / "project")
    (project / ".gitignore").write_text(".cache\nsite\n", encoding="utf-8")
    git(project, "init", "--quiet")
    commit(project, CREATED)
    replace(project / "content/2014/h1/plan.md", "title: ", "title: 新的")
    commit(project, CHANGED)
    return project


def git(folder: Path, *arguments: str, day: str = CREATED) -> None:
    author = ["-c", "user.name=Writer", "-c", "user.email=writer@example.org", "-c", "commit.gpgsign=false"]
    when = f"{day}T23:30:00+08:00"
    subprocess.run(
        ["git", *author, *arguments],
        cwd=folder,
        env={"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "HOME": str(folder), "PATH": "/usr/bin:/bin"},
        check=True,
    )


def commit(project: Path, day: str) -> None:
    git(project, "add", "--all")
    git(project, "rm", "--quiet", "-r", "--cached", "--ignore-unmatch", "--", ".cache", "*/.cache/*")
    git(project, "commit", "--quiet", "--message", "Write", day=day)


def shown(site: Path, address: str) -> list[str]:
    """The day of the last change that a page shows, if it does."""
    return re.findall("最后修改 ([^<]*)<", (site / address / "index.html").read_text(encoding="utf-8"))


def test_each_record_shows_the_day_of_its_last_commit(repository: Path, tmp_path: Path) -> None:
    said = succeed(repository, *BUILD, STRICT, "--site-dir", str(tmp_path))

    assert shown(tmp_path, "2014/h1/records/plan") == [CHANGED]
    assert shown(tmp_path, "2014/h1/records/good") == [CREATED]
    sitemap = re.findall("<loc>([^<]*)</loc>\\s*<lastmod>([^<]*)<", (tmp_path / "sitemap.xml").read_text("utf-8"))
    changed = {address.partition("example.org/")[2]: day for address, day in sitemap}
    assert changed["2014/h1/records/good/"] == CREATED
    assert changed["2014/h1/"] == changed["2014/h1/records/plan/"] == CHANGED
    assert "NOTICE" not in said


def test_a_shallow_clone_leaves_the_dates_out_and_says_so_once(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{repository}", "clone")

    said = succeed(tmp_path / "clone", *BUILD, STRICT, "--site-dir", str(tmp_path / "site"))

    assert re.findall("^NOTICE +-  gongbao: 这里只有一部分提交历史（浅克隆）", said, re.MULTILINE) == [
        "NOTICE  -  gongbao: 这里只有一部分提交历史（浅克隆）"
    ]
    for address in ("2014/h1/records/plan", "2014/h1/records/good"):
        assert shown(tmp_path / "site", address) == []
        assert "修改这一页" in (tmp_path / "site" / address / "index.html").read_text(encoding="utf-8")


def test_without_git_the_site_is_built_all_the_same(small: Path) -> None:
    replace(small / "content/site.yml", "language: zh", "language: en")

    said = succeed(small, *BUILD, STRICT, GIT_CEILING_DIRECTORIES=str(small.parent))

    assert said.count("NOTICE  -  gongbao: There is no git history here: pages do not say when they last changed.") == 1
    assert shown(small / "site", "2014/h1/records/plan") == []
