"""What a run leaves for the next one: never needed, never trusted, never in the way; and runs that are cut short."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Collection
from pathlib import Path

import pytest

from commands import BUILD, add_hook, environment, files_of, replace, run, succeed
from gongbao.output import Output, Put
from gongbao.site.folder import SiteFolder
from test_stages import until


@pytest.fixture(scope="module")
def clean(small_built: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site of a build from nothing once the page by hand was edited."""
    project = shutil.copytree(small_built, tmp_path_factory.mktemp("clean") / "project")
    edit(project)
    for kept in ("site", ".cache"):
        shutil.rmtree(project / kept)
    succeed(project, *BUILD)
    return files_of(project / "site")


def edit(project: Path) -> None:
    replace(project / "docs/about.md", "# 关于", "# 关于本站")


def as_file(path: Path) -> None:
    remove(path)
    path.write_text("none of ours", encoding="utf-8")


def as_folder(path: Path) -> None:
    remove(path)
    (path / "none of ours").mkdir(parents=True)


def as_dead_link(path: Path) -> None:
    remove(path)
    path.symlink_to("nowhere")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-30])


def garbled(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


TROUBLES: dict[str, tuple[str, Callable[[Path], None], str]] = {  # what, where, and of what one line tells
    "the folder is a file": ("", as_file, "缓存 .cache 写不进去"),
    "the folder leads nowhere": ("", as_dead_link, "缓存 .cache 写不进去"),
    "compiled templates are a folder": ("templates", as_folder, "缓存 templates 不能用"),
    "compiled templates are cut": ("templates", cut, "缓存 templates 不能用"),
    "compiled templates are garbled": ("templates", garbled, "缓存 templates 不能用"),
    "the frame is garbled": ("frame", garbled, "缓存 frame 不能用"),
    "readings are cut": ("readings", cut, "缓存 readings 不能用"),
    "the search is a file": ("search", as_file, ""),
    "the search's index is a file": ("search/site", as_file, ""),
    "the search's state is a folder": ("search/site/search-state", as_folder, "缓存 search-state 不能用"),
    "the search's state is garbled": ("search/site/search-state", garbled, "缓存 search-state 不能用"),
}


# Troubles that can come together; `make test-long` tries each alone.
TOGETHER = (
    ("the folder is a file",),
    ("the folder leads nowhere",),
    ("compiled templates are a folder", "the frame is garbled", "the search's state is a folder"),
    ("compiled templates are cut", "readings are cut", "the search is a file"),
    ("compiled templates are garbled", "the search's state is garbled"),
    ("the search's index is a file",),
)
ALONE = [pytest.param((what,), marks=pytest.mark.slow) for what in TROUBLES if (what,) not in TOGETHER]


@pytest.mark.parametrize("troubles", [*TOGETHER, *ALONE], ids=" and ".join)
def test_a_cache_that_can_not_be_used_is_told_in_a_line_and_makes_no_difference(
    troubles: tuple[str, ...], built: Path, clean: dict[str, bytes]
) -> None:
    for name, trouble, _ in map(TROUBLES.__getitem__, troubles):
        trouble(built / ".cache" / name)
    edit(built)
    said = succeed(built, *BUILD)
    assert "Traceback" not in said
    for told in filter(None, (TROUBLES[what][2] for what in troubles)):
        assert sum(told in line for line in said.splitlines()) == 1, said
    assert files_of(built / "site") == clean


def test_a_volume_that_is_a_file_is_made_again(built: Path) -> None:
    before = files_of(built / "site")
    for volume in [path for path in (built / ".cache/search/site").iterdir() if path.is_dir()]:
        as_file(volume)
    succeed(built, *BUILD)
    assert files_of(built / "site") == before


# ---- runs that are cut short ----


@pytest.mark.parametrize("times", [2, pytest.param(12, marks=pytest.mark.slow)])
def test_a_build_that_was_killed_costs_nobody_the_site(times: int, built: Path, clean: dict[str, bytes]) -> None:
    succeed(built, *BUILD)  # in this folder, so that most of it stays
    before = files_of(built / "site")
    chance = random.Random(7)
    for _ in range(times):
        edited = built / "content/2014/h1/good.md"
        replace(edited, "五一前，村", "五一前后，村")
        process = begin(built)
        time.sleep(chance.uniform(0.2, 2.5))
        process.kill()
        process.wait()
        left = files_of(built / "site")
        assert left == before or "五一前后" in left["2014/h1/records/good/index.html"].decode()
        replace(edited, "五一前后，村", "五一前，村")
        replace(edited, "title: ", "titel: ")
        assert run(built, *BUILD).returncode == 1
        assert files_of(built / "site") == left
        replace(edited, "titel: ", "title: ")
        succeed(built, *BUILD)
        assert files_of(built / "site") == before

    edit(built)
    succeed(built, *BUILD)
    assert files_of(built / "site") == clean


SLOW = "import time\ndef on_post_page(output, page, config):\n    time.sleep(20)\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_whoever_stops_a_build_has_the_last_site(number: signal.Signals, built: Path) -> None:
    before = files_of(built / "site")
    add_hook(built, "slow.py", SLOW)
    process = begin(built)
    until(lambda: any((built / ".site.next.host").rglob("*.css")))
    process.send_signal(number)
    assert process.wait(15) != 0
    assert files_of(built / "site") == before


@pytest.mark.parametrize("times", [1, pytest.param(4, marks=pytest.mark.slow)])
def test_two_builds_at_once_wait_for_each_other(times: int, built: Path, clean: dict[str, bytes]) -> None:
    chance = random.Random(5)
    edit(built)
    for _ in range(times):
        both = [begin(built)]
        time.sleep(chance.uniform(0.3, 1))
        both.append(begin(built))
        assert [process.wait(60) for process in both] == [0, 0]
        assert files_of(built / "site") == clean


ORPHANS = """
import os, signal, time
from gongbao.parallel import each
def task(number):
    if number == 0:
        print(os.getpid(), flush=True)
        os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(0.02)
each(task, range(10000), worth_it=1)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes are forked here")
def test_forked_work_ends_with_the_process_that_waits_for_it(built: Path) -> None:
    said = run(built, "-c", ORPHANS)
    worker = int(said.stdout.split()[0])
    until(lambda: not Path(f"/proc/{worker}").exists())


def test_two_renames_that_were_cut_short_are_put_in_order(tmp_path: Path) -> None:
    """Where a system can't exchange two folders in one step, the site may be away for a moment."""
    site, waiting = tmp_path / "site", tmp_path / ".site.next.aside"
    waiting.mkdir()
    (waiting / "index.html").write_text("1", encoding="utf-8")
    SiteFolder(site, tmp_path / "spare").begin()
    assert [path.name for path in site.iterdir()] == ["index.html"] and not waiting.exists()


def test_a_file_that_is_edited_while_a_site_is_made_is_made_again(tmp_path: Path) -> None:
    texts = {"a.html": b"first", "b.html": b"second"}

    def output() -> Output:
        def make(due: Collection[str], put: Put) -> None:
            for name in due:
                put(name, texts[name])

        return Output(lambda: {**texts}, make)

    def build(between: Callable[[], object] = lambda: None) -> dict[str, bytes]:
        folder = SiteFolder(tmp_path / "site", tmp_path / "spare", tmp_path / "record")
        folder.begin()
        between()
        folder.write([output()], None, lambda: None)
        return files_of(tmp_path / "site")

    assert build() == texts
    texts["a.html"] = b"changed"
    build(lambda: (tmp_path / "site/b.html").write_bytes(b"meddled with"))
    assert build() == texts
    texts["a.html"] = b"first"
    assert build() == texts


def begin(project: Path) -> subprocess.Popen[bytes]:
    """Begin a build, and go on. It heeds an interruption, even where these tests run in the background."""
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        [sys.executable, *BUILD],
        cwd=project,
        env=environment(),
        stdout=quiet,
        stderr=quiet,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
