"""Folders put in order: what is not wanted in them is taken away."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path


def thin_out(folder: Path | str, stays: Callable[[str], bool], within: str = "") -> Mapping[str, int]:
    """Delete all files but those that stay, and folders that are then empty; links to folders are files.

    Files are named by their way from the outermost folder (``within`` is that of this one). Returns what is left, with
    the number that the disk has for each file: two names with the same number are one file.
    """
    left: dict[str, int] = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            name = f"{within}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                below = thin_out(entry.path, stays, f"{name}/")
                left |= below
                if not below:
                    Path(entry.path).rmdir()
            elif stays(name):
                left[name] = entry.inode()
            else:
                Path(entry.path).unlink()
    return left
