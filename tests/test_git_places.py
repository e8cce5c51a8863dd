"""The places where git itself stands in the way: its own reason is told, and no old problem is taken for a new one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from commands import copy_small_project
from gongbao.commands.gate import judge
from gongbao.git.history import read_history
from gongbao.git.revisions import UnknownRevision
from small_archives import LISTS, record, write
from test_gate import BLANK, append, check
from test_history import CHANGED, CREATED, commit, git

FILE = ("-c", "protocol.file.allow=always")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A repository with a problem in its second commit."""
    project = write(tmp_path / "old", {**LISTS, "2014/h1/visits.md": record()})
    git(project, "init", "--quiet", "--initial-branch", "main")
    commit(project, CREATED)
    append(project, "content/2014/h1/visits.md", BLANK)
    commit(project, CHANGED)
    return project


def test_before_the_first_commit_everything_is_new(tmp_path: Path) -> None:
    project = write(tmp_path, {**LISTS, "2014/h1/visits.md": record(BLANK)})
    git(project, "init", "--quiet")

    for revision in ("HEAD", "origin/main"):
        assert [one.rule for one in judge(project, since=revision).problems] == ["leftover.blank"]
    assert "does not have any commits yet" in read_history(project).reason


def test_zeros_are_no_commit(old: Path) -> None:
    assert len(judge(old, since="0" * 40).problems) == 1
    assert not judge(old, since="HEAD").problems


def test_what_a_shallow_clone_lacks(old: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{old}", "clone")

    assert not judge(tmp_path / "clone", since="HEAD").problems
    with pytest.raises(UnknownRevision, match="bad revision 'HEAD~1'") as unknown:
        judge(tmp_path / "clone", since="HEAD~1")
    assert unknown.value.missing == "revision-shallow"


@pytest.mark.parametrize("remote", ["gone", "forgotten"])
def test_what_a_clone_without_contents_lacks(remote: str, old: Path, tmp_path: Path) -> None:
    write(old, {"published.txt": "/2014/\n"})
    commit(old, CHANGED)
    git(old, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", f"file://{old}", "clone")
    assert [one.rule for one in judge(tmp_path / "clone", since="HEAD~2").problems if "leftover" in one.rule]
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", f"file://{old}", "without")
    old.rename(tmp_path / "elsewhere")
    if remote == "forgotten":
        git(tmp_path / "without", "remote", "remove", "origin")

    with pytest.raises(UnknownRevision) as unknown:
        judge(tmp_path / "without", since="HEAD~2")
    assert unknown.value.missing == "revision-partial"
    assert not judge(tmp_path / "without").content.past_missing.endswith("shallow")


def test_a_range_of_revisions_is_none(old: Path) -> None:
    with pytest.raises(UnknownRevision, match="single revision"):
        judge(old, since="HEAD~1..HEAD")


def test_a_repository_of_somebody_else(tmp_path: Path) -> None:
    project = copy_small_project(tmp_path / "project")
    git(project, "init", "--quiet")
    commit(project, CREATED)

    said = check(project, "--since", "HEAD", code=2, GIT_TEST_ASSUME_DIFFERENT_OWNER="1")

    assert "dubious ownership" in said and "safe.directory" in said


@pytest.mark.parametrize("place", ["content", "content/2014"])
def test_records_in_a_submodule(place: str, old: Path, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    shutil.copytree(old / place, inner)
    git(inner, "init", "--quiet", "--initial-branch", "main")
    commit(inner, CREATED)
    project = shutil.copytree(old, tmp_path / "project", symlinks=True)
    git(project, "rm", "--quiet", "-r", place)
    git(project, *FILE, "submodule", "add", "--quiet", f"file://{inner}", place)
    commit(project, CHANGED)

    assert not judge(project, since="HEAD").problems
    git(project / place, "mv", *((f"{'' if place[7:] else '2014/'}h1/{name}.md") for name in ("visits", "moved")))
    moved = judge(project, since="HEAD")
    assert not moved.problems and moved.old == 1
    append(project, "content/2014/h1/moved.md", "待补充。\n")
    assert [one.rule for one in judge(project, since="HEAD").problems] == ["leftover.todo"]


@pytest.mark.parametrize("place", ["content", "content/2014"])
def test_a_submodule_that_was_not_fetched(place: str, tmp_path: Path) -> None:
    project = write(tmp_path, {**LISTS, "2013/h1/visits.md": record()})
    if place == "content":
        shutil.rmtree(project / "content")
    (project / place).mkdir()
    modules = f'[submodule "a"]\n\tpath = {place}\n\turl = x\n[submodule "b"]\n\tpath = contents\n'
    (project / ".gitmodules").write_text(modules, encoding="utf-8")

    rules = {(one.path, one.rule) for one in judge(project).problems}
    assert (place, "content.submodule") in rules and "content.empty" not in {rule for _, rule in rules}

    (project / place / "README.md").touch()
    assert "content.submodule" not in {one.rule for one in judge(project).problems}


def test_dates_of_records_in_a_submodule(old: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "outer")
    (tmp_path / "outer" / "mkdocs.yml").touch()
    shutil.copytree(old / "content", tmp_path / "outer" / "content")
    git(tmp_path / "outer" / "content", "init", "--quiet")
    commit(tmp_path / "outer" / "content", CHANGED)

    history = read_history(tmp_path / "outer", "content")

    assert history.last["content/2014/h1/visits.md"] == CHANGED


def test_a_clone_inside_that_the_project_does_not_track(old: Path, tmp_path: Path) -> None:
    project = write(tmp_path / "outer", {})
    git(project, "init", "--quiet")
    (project / "notes.txt").touch()
    commit(project, CREATED)
    shutil.copytree(old / "content", project / "content")
    git(project / "content", "init", "--quiet")
    commit(project / "content", CHANGED)

    assert not judge(project, since="HEAD").problems


def test_names_that_are_no_utf_8(old: Path) -> None:
    place = bytes(old / "content/2014/h1") + "/附件".encode("gb18030")
    Path(place.decode("utf-8", "surrogateescape")).write_bytes(b"x")
    commit(old, CHANGED)

    assert len(read_history(old).last) > 1
    assert "file.name" not in [one.rule for one in judge(old, since="HEAD").problems]


def test_a_project_deep_in_a_repository(old: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    (whole / "sites").mkdir(parents=True)
    shutil.copytree(old, whole / "sites" / "one", ignore=shutil.ignore_patterns(".git"), symlinks=True)
    git(whole, "init", "--quiet")
    commit(whole, CREATED)

    assert not judge(whole / "sites" / "one", since="HEAD").problems
