"""The real commands, run as a user runs them: on the project, or on a copy in which a test may break things."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
BUILD = ("-m", "mkdocs", "build")
# What .venv/bin/gongbao of a fork runs, for a copy without a .venv: the program that lies in the copy.
GONGBAO = ("-c", "import sys; sys.path.insert(0, 'hooks'); from gongbao.commands.group import main; main()")
CHECK = (*GONGBAO, "check")
STRICT = "--strict"

_PARTS = ("hooks", "scripts", "docs", "content", "mkdocs.yml")
_FRAME = ".cache/frame"  # the theme's templates, compiled
_UNFINISHED = shutil.ignore_patterns("*.pyc.*", "*.tmp")  # what is compiled, while another process is writing it


# What would lead a command to other code or settings, or have make talk of itself.
_NOT_KEPT = ("PYTHON", "GONGBAO", "COLUMNS", "MAKE", "MFLAGS")


def environment(**more: str) -> dict[str, str]:
    """The surroundings of a command: ours, without what would lead it to other code or settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_KEPT)}
    return kept | {"NO_MKDOCS_2_WARNING": "1"} | more


def run(project: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run Python with ``arguments`` in a project's folder; its messages are all in ``stdout``."""
    return run_command(project, sys.executable, *arguments, **more)


def run_command(folder: Path, *command: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run any command in a folder; its messages are all in ``stdout``."""
    return subprocess.run(
        command,
        cwd=folder,
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


def succeed(project: Path, *arguments: str, **more: str) -> str:
    """Run a command that must not fail, and return what it said."""
    done = run(project, *arguments, **more)
    assert done.returncode == 0, done.stdout
    return done.stdout


def copy_project(to: Path) -> Path:
    """Copy what a site is made of, and what is compiled of it already; the copy is no git repository."""
    for name in _PARTS:
        source, target = PROJECT / name, to / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=_UNFINISHED)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    if (PROJECT / _FRAME).is_file():
        (to / _FRAME).parent.mkdir(exist_ok=True)
        shutil.copyfile(PROJECT / _FRAME, to / _FRAME)
    return to


def copy_small_project(to: Path) -> Path:
    """Copy the project with two records and one page written by hand: quick to build, easy to break."""
    copy_project(to)
    shutil.rmtree(to / "content")
    shutil.copytree(PROJECT / "tests" / "cases" / "base", to / "content")
    shutil.rmtree(to / "docs")
    (to / "docs").mkdir()
    (to / "docs" / "about.md").write_text("# 关于\n", encoding="utf-8")
    return to


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def replace(path: Path, old: str, new: str) -> None:
    """Edit a file as a writer would: what stood there must have stood there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
