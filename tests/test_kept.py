"""What is kept from run to run: equal when it comes back, never code, and passed over where others have made it."""

from __future__ import annotations

import os
import pickle
import random
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from commands import PROJECT
from gongbao.cache import store
from gongbao.cache.coding import packed, unpacked
from gongbao.cache.key import VARIABLE
from gongbao.commands.group import group
from gongbao.project import read
from gongbao.publishing.feed_content import KeptContents
from gongbao.reading.content import ReadCache, read_all
from gongbao.reading.disk import read_content
from gongbao.reading.file_results import FileResult
from gongbao.rendering.compiled import KeptCode
from gongbao.site.folder import KeptSite
from six_halves import files
from small_archives import LISTS, record, write

VALUE = KeptContents({b"\x00\xff": "内容", b"": "a\u2028b\n\x00"})


class Bomb:
    """As a pickle, it runs a command when it is read."""

    def __reduce__(self) -> Any:
        return os.system, ("touch exploded",)


# ---- values come back ----


@pytest.mark.parametrize("root", ["seed", "six", "faults"])
def test_what_was_read_comes_back_equal(root: str, tmp_path: Path) -> None:
    if root == "six":
        write(tmp_path, {**LISTS, **files()})
    elif root == "faults":
        faults = {
            "2014/h1/a.md": "title：x\n",
            "2014/h1/b.md": record(figures=[{"label": "x", "value": "1.50"}], date="x"),
        }
        write(tmp_path, {**LISTS, **faults})
    tree = read_content((PROJECT if root == "seed" else tmp_path) / "content")
    kept = read_all(tree).cache
    back = unpacked(packed(kept), ReadCache)
    assert back == kept
    assert [type(one.record) for one in back.results.values()] == [type(one.record) for one in kept.results.values()]
    assert repr(back) == repr(kept), "1.50 is not 1.5"
    assert read_all(tree, back).cache is back, "nothing is read anew"


@pytest.mark.parametrize(
    "value",
    [
        VALUE,
        KeptCode({"a": bytes(range(256))}),
        KeptSite(Path("/some/where"), {"名.html": {(1, 10**18): b"key", (2, 3): b""}}),
        FileResult(None, ()),
    ],
)
def test_other_values_come_back_equal(value: Any) -> None:
    back = unpacked(packed(value), type(value))
    assert back == value and type(back) is type(value)


def test_what_is_no_value_of_the_type_is_a_value_error() -> None:
    chance = random.Random(1)
    data = packed(read_all(read_content(PROJECT / "content")).cache)[:20_000]
    others = [b"", b"{", b"[" * 10**6, b"null", b"7", b'{"results":7}', b'{"results":{"":{}}}', b'{"none":1}', data]
    for _ in range(100):
        changed = bytearray(data)
        for _ in range(chance.randrange(1, 5)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        others.append(bytes(changed))
    for other in others:
        with pytest.raises(ValueError):
            unpacked(other, ReadCache)


# ---- files that others have made ----


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A file that this program has kept on this machine."""
    path = tmp_path / "feeds"
    store.save(path, VALUE)
    assert store.load(path, KeptContents) == VALUE
    return path


def of_another_machine(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "another key")
    store.save(path, VALUE)
    monkeypatch.delenv(VARIABLE)


def of_another_name(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.save(path.with_name("other"), VALUE)
    path.with_name("other").replace(path)


def a_pickle(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(pickle.dumps(Bomb()))


def a_pickle_behind_a_good_head(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(path.read_bytes()[:64] + pickle.dumps(Bomb()))


def a_pipe(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.unlink()
    os.mkfifo(path)


def a_device(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def a_circle(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.unlink()
    path.symlink_to(path.name)


FOREIGN = (
    *(of_another_machine, of_another_name, a_pickle, a_pickle_behind_a_good_head),
    *((a_pipe, a_device) if os.name == "posix" else ()),
    a_circle,
)


@pytest.mark.parametrize("make", FOREIGN)
def test_a_file_that_others_have_made_is_passed_over(
    make: Callable[[Path, pytest.MonkeyPatch], None], kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(kept.parent)
    make(kept, monkeypatch)
    assert store.load(kept, KeptContents) is None
    store.save(kept, VALUE)
    assert store.load(kept, KeptContents) == VALUE and not kept.is_symlink()
    assert not Path("exploded").exists()


def test_a_file_that_is_cut_or_changed_anywhere_is_passed_over(kept: Path) -> None:
    whole = kept.read_bytes()
    damaged = [whole[:at] for at in range(len(whole))]
    damaged += [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(len(whole))]
    for data in [*damaged, whole + b" "]:
        kept.write_bytes(data)
        assert store.load(kept, KeptContents) is None


def test_a_link_in_the_place_of_a_file_is_not_followed(kept: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("somebody's own", encoding="utf-8")
    kept.unlink()
    kept.symlink_to(other)
    store.save(kept, VALUE)
    assert other.read_text(encoding="utf-8") == "somebody's own" and not kept.is_symlink()


def test_nothing_is_kept_where_the_project_holds_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    write(tmp_path, {**LISTS, "2014/h1/a.md": record()})
    read(tmp_path)
    assert not (tmp_path / ".cache/readings").exists()
    monkeypatch.setenv(VARIABLE, "given")
    store.folder_of.cache_clear()
    read(tmp_path)
    assert (tmp_path / ".cache/readings").exists()


# ---- a cache that git keeps ----


def check(project: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> Result:
    monkeypatch.chdir(project)
    store.folder_of.cache_clear()  # the project of another test was "." too
    write(project, {"site.yml": {"name": "工报", "language": language}})
    return CliRunner().invoke(group, ["check"])


@pytest.mark.parametrize(("language", "said"), [("zh", "git rm -r --cached .cache"), ("en", "is kept by git")])
def test_a_cache_that_git_keeps_is_an_error_and_is_not_read(
    language: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = write(tmp_path / "project", {**LISTS, "2014/h1/a.md": record()})
    (project / ".cache/readings").write_bytes(pickle.dumps(Bomb()))
    for command in (["init", "--quiet"], ["add", "--force", ".cache/readings"]):
        subprocess.run(["git", *command], cwd=project, check=True)
    done = check(project, monkeypatch, language)
    assert done.exit_code == 1 and done.output.count("[cache.tracked]") == 1, done.output
    assert ".cache/readings" in done.output and said in done.output
    assert not (project / "exploded").exists()
    assert (project / ".cache/readings").read_bytes() == pickle.dumps(Bomb())
