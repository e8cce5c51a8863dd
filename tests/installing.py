"""The package as its wheel, built and installed for real, and how to run what is installed."""

from __future__ import annotations

import shutil
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from commands import PROJECT, run_command
from shared_folders import once


def must(folder: Path, *command: str | Path, **more: str) -> str:
    """Run a command that must not fail, and return what it said."""
    done = run_command(folder, *command, **more)
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy, since building leaves things beside the source."""

    def make(folder: Path) -> None:
        copy_source(folder)
        build_wheel(folder)

    (built,) = once(tmp_path_factory, "wheel", make).glob("*.whl")
    return built


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel installed; what it depends on comes from the one that runs the tests."""

    return once(tmp_path_factory, "installed", lambda folder: install(wheel, folder))


def install(wheel: Path, folder: Path) -> None:
    """Make a virtual environment with a wheel; what it depends on comes from the one that runs the tests."""
    venv.create(folder, symlinks=True)
    packages = sysconfig.get_path("purelib", "venv", {"base": str(folder)})
    (Path(packages) / "tested.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--python", folder / "bin" / "python")
    must(folder, *pip, "install", "--no-index", "--no-deps", wheel)


def build_wheel(folder: Path) -> Path:
    """Build the wheel of the program in a folder, which building leaves things in."""
    must(folder, sys.executable, "-m", "pip", "wheel", "--no-index", "--no-deps", "--no-build-isolation", ".")
    (built,) = folder.glob("*.whl")
    return built


def copy_source(folder: Path) -> None:
    """Copy what the wheel is built from."""
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copyfile(PROJECT / name, folder / name)
    shutil.copytree(PROJECT / "hooks", folder / "hooks", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))


def lend(installed: Path, site: Path) -> Path:
    """Give a new site a .venv with the packages of another one, as its Makefile would have left it."""
    (site / ".venv").mkdir(exist_ok=True)
    for part in (path for path in installed.iterdir() if path.name in ("bin", "lib", "pyvenv.cfg")):
        if not (site / ".venv" / part.name).exists():
            (site / ".venv" / part.name).symlink_to(part)
    said = must(site, "sh", "-c", 'echo "$(cksum requirements.txt *.whl) $(.venv/bin/python --version) $(pwd)"')
    (site / ".venv" / "ready").write_text(said, encoding="utf-8")
    return site
