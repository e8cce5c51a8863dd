"""Files of a folder: which there are and what they look like, which go, and how one is put at a second place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

Stamp = tuple[int, int]  # size in bytes, time of the last change in nanoseconds


def stamp_of(path: str) -> Stamp:
    """Return what a file looks like: whoever changes it changes that. Raises OSError where there is none."""
    about = os.stat(path)  # noqa: PTH116 (of every file of a site: a Path of each takes longer than looking)
    return about.st_size, about.st_mtime_ns


def files_in(folder: Path | str, within: str = "") -> dict[str, Stamp]:
    """Return all files of a folder by name, each with what it looks like; links to folders are files.

    Files are named by their way from the outermost folder (``within`` is that of this one). What is hidden in that
    folder itself is not ours, and left out.
    """
    found: dict[str, Stamp] = {}
    try:
        entries = os.scandir(folder)
    except FileNotFoundError:
        return found
    with entries:
        for entry in entries:
            name = f"{within}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if within or not entry.name.startswith("."):
                    found |= files_in(entry.path, f"{name}/")
            elif within or not entry.name.startswith("."):
                about = entry.stat(follow_symlinks=False)
                found[name] = about.st_size, about.st_mtime_ns
    return found


def thin_out(folder: Path | str, stays: Callable[[str], bool], within: str = "") -> bool:
    """Delete all files but those that stay, and folders that are then empty; tell whether anything is left.

    Files are named, and hidden ones left alone, as `files_in` does.
    """
    left = False
    with os.scandir(folder) as entries:
        for entry in entries:
            name = f"{within}{entry.name}"
            if not within and entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if thin_out(entry.path, stays, f"{name}/"):
                    left = True
                else:
                    Path(entry.path).rmdir()
            elif stays(name):
                left = True
            else:
                Path(entry.path).unlink()
    return left


def make_way(path: str) -> None:
    """Make room for a file at a path: its folder is there then, and nothing in its place."""
    try:
        os.unlink(path)  # noqa: PTH108
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
    except OSError:
        _clear(Path(path))


def _clear(path: Path) -> None:
    """Take away a folder that lies where a file shall be, or a file where one of its folders shall be."""
    if path.is_dir():
        shutil.rmtree(path)
    for above in path.parents:
        if above.is_file() or above.is_symlink():
            above.unlink()
            break
    path.parent.mkdir(parents=True, exist_ok=True)


def link(source: Path | str, target: str) -> None:
    """Put a file at a second place at no cost, or copy it where the disk can't."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target)
