"""Files in folders: listed, deleted, and linked to a second place."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

MODE, UMASK = 0o644, 0o022  # of published files, and of a process that makes them
Stamp = tuple[int, int]  # size in bytes, time of the last change in nanoseconds


def stamp_of(path: str) -> Stamp:
    """Return the stamp of a file, which changes when the file does. Raises OSError if there is no such file."""
    about = os.stat(path)  # noqa: PTH116 (asked for every file of a site: making a Path takes longer than this call)
    return about.st_size, about.st_mtime_ns


def files_in(folder: Path | str, within: str = "") -> dict[str, Stamp]:
    """Return the stamps of all files below a folder, by name; a link to a folder counts as a file.

    A file's name is its path from the outermost folder; ``within`` is the path from there to this folder, and ends in
    ``/``. Hidden files and folders directly in the outermost folder are not the program's, and are left out. The
    mapping is empty if there is no such folder.
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
    """Delete the files for whose names ``stays`` is false, and the folders that are then empty.

    Names and hidden files are as in `files_in`. Returns whether anything is left.
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
    """Make room for a file at a path: make its folder, and delete what stands at the path.

    Raises OSError where something stands there that can't be deleted.
    """
    try:
        os.unlink(path)  # noqa: PTH108
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
    except OSError:
        _clear(Path(path))
        if os.path.lexists(path):
            raise


def _clear(path: Path) -> None:
    """Delete a folder at a file's path, or a file at the path of one of its folders."""
    if path.is_dir():
        shutil.rmtree(path)
    for above in path.parents:
        if above.is_file() or above.is_symlink():
            above.unlink()
            break
    path.parent.mkdir(parents=True, exist_ok=True)


def link(source: Path | str, target: str) -> None:
    """Put a file at a second place as a hard link, or as a copy if the disk has no such links.

    A file that not everybody may read, or that may be executed, is copied: in a site, no file may differ in this.
    """
    if stat.S_IMODE(os.stat(source).st_mode) == MODE:  # noqa: PTH116 (see `stamp_of`)
        with suppress(OSError):
            os.link(source, target)
            return
    shutil.copy2(source, target)
    os.chmod(target, MODE)  # noqa: PTH101
