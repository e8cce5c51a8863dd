"""What a repository may hold besides texts: folders without end, and links to places that are not the project's."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from commands import BUILD, copy_small_project, replace, run
from gongbao.project import read
from gongbao.reading.disk import read_content
from gongbao.site.folder import SiteFolder
from gongbao.site.manifest import listed_files
from small_archives import LISTS, record, write


def test_folders_within_folders_are_no_end_of_the_program(tmp_path: Path) -> None:
    """Git can hold a thousand of them."""
    content = write(tmp_path, {**LISTS, "2014/h1/a.md": record()}) / "content"
    folder = os.open(content / "2014/h1", os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("b", dir_fd=folder)
        deeper = os.open("b", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = deeper
    os.close(folder)
    try:
        assert read_content(content).files.keys() == {*LISTS, "2014/h1/a.md"}
    finally:
        subprocess.run(["rm", "-rf", content], check=True)  # Python's own way calls itself for each


def test_a_site_that_git_keeps_as_a_link_is_an_error(tmp_path: Path) -> None:
    project = write(tmp_path / "project", {**LISTS, "2014/h1/a.md": record()})
    (tmp_path / "others").mkdir()
    (project / "site").symlink_to(tmp_path / "others")
    assert read(project).problems == (), "somebody's own link is their own affair"
    for command in (("init", "--quiet"), ("add", "site")):
        subprocess.run(["git", *command], cwd=project, check=True)
    assert [problem.rule for problem in read(project).problems] == ["site.tracked"]


def test_no_link_beside_the_site_leads_its_files_elsewhere(tmp_path: Path) -> None:
    others = tmp_path / "others"
    others.mkdir()
    (others / "own.txt").write_text("somebody's own", encoding="utf-8")
    for name in (".site.next", ".site.next.host"):
        (tmp_path / name).symlink_to(others)
    SiteFolder(tmp_path / "site", tmp_path / "spare").begin()
    assert [path.name for path in others.iterdir()] == ["own.txt"]
    assert not any(path.is_symlink() for path in tmp_path.iterdir())


def test_a_link_in_docs_publishes_nothing_of_the_machine(tmp_path: Path) -> None:
    project = copy_small_project(tmp_path / "project")
    (project / "docs/inside.md").symlink_to(project / "docs/about.md")
    (project / "docs/name.txt").symlink_to("/etc/hostname")
    (project / "docs/folder").symlink_to("/etc")
    replace(project / "mkdocs.yml", "theme:\n", "theme:\n  custom_dir: overrides\n")
    (project / "overrides").mkdir()
    (project / "overrides/name.txt").symlink_to("/etc/hostname")
    for name in ("docs/pipe.txt", "overrides/pipe.css", "docs/.pipe"):
        os.mkfifo(project / name)
    (project / "docs/circle").symlink_to("circle")
    (project / "docs/.#about.md").symlink_to("somebody@host.1")  # as Emacs locks a file
    done = run(project, *BUILD)
    told = dict(re.findall(r"(\S+):1:1: 错误: .* \[(\S+)\]$", done.stdout, re.MULTILINE))
    assert done.returncode == 1 and told == {
        **dict.fromkeys(("docs/folder", "docs/name.txt", "overrides/name.txt"), "page.symlink"),
        **dict.fromkeys(("docs/circle", "docs/pipe.txt", "overrides/pipe.css"), "file.special"),
    }


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    lists = {**LISTS, "site.yml": {"name": "工报", "extends": "../shared"}}
    project = write(tmp_path / "project", {**lists, "2014/h1/a.md": record()})
    os.mkfifo(project / "content/2014/h1/b.md")
    (tmp_path / "shared").mkdir()
    os.mkfifo(tmp_path / "shared/topics.yml")
    told = {(problem.path, problem.rule) for problem in read(project).problems}
    assert told == {("content/2014/h1/b.md", "file.special"), ("content/site.yml", "extends.missing")}


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"files": ' + "[" * 100_000, '{"files": [{"path": "a", "sha256": "", "bytes": 1e999}]}']
)
def test_what_is_no_manifest_is_told_as_such(text: str) -> None:
    with pytest.raises(ValueError):
        listed_files(text.encode())
