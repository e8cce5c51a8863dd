"""The real commands, run as a user runs them: on the project, or on a copy in which a test may break things.

A copy has no program of its own: its settings name ours. `copy_program` gives it one, for tests that change it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from forked import run_forked

PROJECT = Path(__file__).resolve().parent.parent
BUILD = ("-m", "mkdocs", "build")
# What .venv/bin/gongbao of a fork runs, for a copy without a .venv: the program that lies in the copy.
GONGBAO = ("-c", "import sys; sys.path.insert(0, 'hooks'); from gongbao.commands.start import main; main()")
CHECK = (*GONGBAO, "check")
STRICT = "--strict"
# Functions that do what these commands do, if the program is ours.
_MAINS = {BUILD[:2]: "mkdocs.__main__:cli", GONGBAO: "gongbao.commands.start:main"}

OWN_HOOK = "  - hooks/gongbao_hook.py\n"  # in mkdocs.yml
HOOK = f"  - {PROJECT}/hooks/gongbao_hook.py\n"  # in that of a copy
_COMPILED = (".cache/frame", ".cache/templates")  # which take longer to make than a small site
_UNFINISHED = shutil.ignore_patterns("*.pyc.*", "*.tmp")  # what is compiled, while another process is writing it


# What would lead a command to other code or settings, or have make talk of itself.
_NOT_KEPT = ("PYTHON", "GONGBAO", "COLUMNS", "MAKE", "MFLAGS")


def environment(**more: str) -> dict[str, str]:
    """The surroundings of a command: ours, without what would lead it to other code or settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_KEPT)}
    return kept | {"NO_MKDOCS_2_WARNING": "1"} | more


def run(project: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run Python with ``arguments`` in a project's folder; its messages are all in ``stdout``.

    What our own program does is done in a forked process, which is as good and takes less time. A test of the process
    itself takes `run_command`.
    """
    is_ours = project == PROJECT or not (project / "hooks").exists()
    if is_ours and not any(name.startswith("PYTHON") for name in more):
        for start, main in _MAINS.items():
            if arguments[: len(start)] == start:
                return run_forked(main, arguments[len(start) :], project, environment(**more))
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
    """Copy what a site is made of; the copy is no git repository."""
    for name in ("content", "docs"):
        shutil.copytree(PROJECT / name, to / name)
    return _with_settings(to)


def copy_small_project(to: Path) -> Path:
    """Make a project with two records and one page written by hand: quick to build, easy to break."""
    shutil.copytree(PROJECT / "tests" / "cases" / "base", to / "content")
    (to / "docs").mkdir()
    (to / "docs" / "about.md").write_text("# 关于\n", encoding="utf-8")
    return _with_settings(to)


def _with_settings(project: Path) -> Path:
    for name in ("mkdocs.yml", ".gitignore"):
        shutil.copyfile(PROJECT / name, project / name)
    replace(project / "mkdocs.yml", OWN_HOOK, HOOK)
    (project / ".cache").mkdir()
    for name in _COMPILED:
        if (PROJECT / name).is_file():
            shutil.copyfile(PROJECT / name, project / name)
    return project


def copy_program(project: Path) -> Path:
    """Give a copy a program of its own, as a fork has it."""
    for name in ("hooks", "scripts"):
        shutil.copytree(PROJECT / name, project / name, ignore=_UNFINISHED)
    replace(project / "mkdocs.yml", HOOK, OWN_HOOK)
    return project


def mark_of(ours: Path) -> str:
    """Return the last line of one of our templates, which tells of which text a copy was made."""
    return ours.read_text(encoding="utf-8").splitlines()[-1] + "\n"


def add_hook(project: Path, name: str, text: str) -> None:
    """Give a copy a hook of its own, after ours."""
    (project / name).write_text(text, encoding="utf-8")
    replace(project / "mkdocs.yml", HOOK, f"{HOOK}  - {name}\n")


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
