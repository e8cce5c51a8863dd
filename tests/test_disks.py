"""Disks that are full, read-only or another's: one clear line, exit code 1, and the last site whole.

Those that need a disk of their own mount one in memory, which only root may; a user without rights over others' files
is then root without any capability.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from commands import GONGBAO, copy_small_project, environment, files_of, replace, run, succeed
from gongbao.problems.disk_errors import disk_line
from test_exchange import edit, read_meanwhile

PLAIN_USER = ("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--")
SOMEBODY = 65534  # nobody's number: not that of who runs this
RECORD = "content/2014/h1/good.md"
ROOM, FILES = 64 << 20, 2_000  # bytes and inodes of a disk
COMMANDS = (("build",), ("word",), ("published",), ("pages", "out"), ("new-site", "new"))


@pytest.mark.parametrize(
    ("code", "said"),
    {
        errno.ENOSPC: "磁盘满了",
        errno.EDQUOT: "磁盘满了",
        errno.EROFS: "x 在只读的磁盘上",
        errno.EACCES: "x 不让这个用户读写",
        errno.EBUSY: f"x 读写不了（{os.strerror(errno.EBUSY)}）",
    }.items(),
)
def test_a_fault_of_the_disk_is_one_line_in_the_languages_asked_for(code: int, said: str) -> None:
    error = OSError(code, os.strerror(code), "x")
    assert said in disk_line(error, "zh") and "\n" not in disk_line(error, "zh")
    assert disk_line(error) == f"{disk_line(error, 'zh')} / {disk_line(error, 'en')}"


def test_the_place_that_took_nothing_is_named_and_what_is_no_fault_of_the_disk_is_not_told() -> None:
    assert "to" in disk_line(OSError(errno.EROFS, "", "from", None, "to"), "zh")
    assert disk_line(ConnectionRefusedError(errno.ECONNREFUSED, "")) == ""


# ---- real disks ----


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, with a small project that has a site."""
    place = tmp_path / "disk"
    place.mkdir()
    options = f"size={ROOM},nr_inodes={FILES}"
    mount = ["mount", "-t", "tmpfs", "-o", options, "none", str(place)]
    if not shutil.which("setpriv") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("A disk can't be mounted here.")
    project = copy_small_project(place / "project")
    for _ in range(2):  # then the one before the last stands beside the site
        replace(project / RECORD, "title: ", "title: 再")
        succeed(project, *GONGBAO, "build")
    yield place
    while subprocess.run(["umount", "-l", str(place)], capture_output=True, check=False).returncode == 0:
        pass


def read_only(path: Path) -> None:
    for options in (["--bind"], ["-o", "remount,bind,ro"]):
        subprocess.run(["mount", *options, str(path), str(path)], check=True)


def fill(project: Path, left: int = 0) -> None:
    ballast = project.parent / "ballast"
    ballast.unlink(missing_ok=True)
    room = os.statvfs(project)
    with suppress(OSError):
        ballast.write_bytes(bytes(max(0, room.f_bavail * room.f_frsize - left)))


def use_up_files(project: Path) -> None:
    with suppress(OSError):
        for number in range(FILES):
            (project.parent / str(number)).touch()


def somebodys(*names: str, mode: int = 0) -> Callable[[Path], None]:
    """Give files, and what is in folders, to somebody else; with a mode, keep all others from reading them."""

    def give(project: Path) -> None:
        for name in names:
            for path in [project / name, *(project / name).rglob("*")]:
                os.chown(path, SOMEBODY, SOMEBODY)
            if mode:
                (project / name).chmod(mode)

    return give


def somebodys_folder(project: Path) -> None:
    os.chown(project, SOMEBODY, SOMEBODY)


Harm = Callable[[Path], object]
# What is done to the project, and which commands then fail with which words; all others succeed.
HARMS: dict[str, tuple[Harm, dict[str, str]]] = {
    "full": (fill, dict.fromkeys(("build", "published", "pages", "new-site"), "磁盘满了")),
    "no inodes": (use_up_files, dict.fromkeys(("build", "word", "published", "pages", "new-site"), "磁盘满了")),
    "read-only checkout": (read_only, dict.fromkeys(("build", "word", "published", "pages", "new-site"), "只读")),
    "read-only site": (lambda project: read_only(project / "site"), {"build": "site/"}),
    "read-only cache": (lambda project: read_only(project / ".cache"), {"word": ".cache/word 在只读的磁盘上"}),
    "somebody's site": (somebodys("site", ".site.next"), {"build": ".site.next"}),
    "somebody's site, unreadable": (somebodys("site", mode=0o700), {"build": "site 不让这个用户读写"}),
    "somebody's cache": (somebodys(".cache"), {"word": ".cache/word 不让这个用户读写"}),
    "somebody's folder": (somebodys_folder, dict.fromkeys(("word", "pages", "new-site"), "不让这个用户读写")),
    "somebody's records": (somebodys("content"), {"published": "content/published.txt 不让这个用户读写"}),
    "unreadable settings": (somebodys("mkdocs.yml", mode=0o600), dict.fromkeys(("build", "word"), "mkdocs.yml")),
    "unreadable page": (somebodys("docs/about.md", mode=0o600), {"build": "docs/about.md", "pages": "docs/about.md"}),
}


def as_plain_user(project: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PLAIN_USER, sys.executable, *GONGBAO, *command],
        cwd=project,
        env=environment(**more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize("harm", HARMS)
def test_a_fault_of_the_disk_costs_a_line_and_nobody_the_site(harm: str, disk: Path) -> None:
    project = disk / "project"
    replace(project / RECORD, "title: ", "title: 又")
    do, failing = HARMS[harm]
    do(project)
    for command in COMMANDS:
        if (harm, *command) == ("full", "word"):
            continue  # takes the room of the documents that it replaces, which may do
        if do in (fill, use_up_files):
            do(project)  # what a command could not finish it has taken away again
        before = files_of(project / "site")
        done = as_plain_user(project, *command)
        assert "Traceback" not in done.stdout, done.stdout
        assert done.returncode == (command[0] in failing), (command, done.stdout)
        assert failing.get(command[0], "") in done.stdout.splitlines()[-1], (command, done.stdout)
        if command[0] in failing:
            assert files_of(project / "site") == before


@pytest.mark.slow
def test_a_fix_that_cannot_be_written_names_its_record(disk: Path) -> None:
    project = disk / "project"
    replace(project / RECORD, "title: ", "title：")
    read_only(project)
    done = as_plain_user(project, "check", "--fix")
    assert (done.returncode, f"{RECORD} 在只读的磁盘上" in done.stdout) == (1, True), done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(("variable", "place"), [("HOME", "somebodys"), ("HOME", "none"), ("TMPDIR", "full")])
def test_without_a_home_or_a_place_for_temporary_files_everything_is_made(
    variable: str, place: str, disk: Path, tmp_path: Path
) -> None:
    project = disk / "project"
    folder = tmp_path / place
    if place != "none":
        folder.mkdir()
        os.chown(folder, SOMEBODY, SOMEBODY)
    replace(project / RECORD, "title: ", "title: 又")
    for command in COMMANDS:
        done = as_plain_user(project, *command, **{variable: str(folder), "XDG_CACHE_HOME": ""})
        assert done.returncode == 0 and "Traceback" not in done.stdout, done.stdout
    assert "又" in (project / "site/2014/h1/index.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_full_disk_costs_nobody_the_site(disk: Path) -> None:
    project = disk / "project"
    with read_meanwhile(project) as (site, _):
        for left in (0, 40_000, 200_000, 1_000_000):
            site.number += 1
            edit(project, site.number)
            before, last = files_of(project / "site"), site.published()
            fill(project, left)
            done = run(project, *GONGBAO, "build")
            assert done.returncode != 0 or left
            assert (site.published() == last) == (done.returncode != 0)
            site.is_old_or_new(before, last)
            (disk / "ballast").unlink()
            site.good()
