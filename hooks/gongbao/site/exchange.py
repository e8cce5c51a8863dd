"""Two folders exchanged in one step, where the system can; else as nearly so as it can."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path

_HERE = -100  # AT_FDCWD of fcntl.h: paths are as any other
_EXCHANGE = 2  # RENAME_EXCHANGE of linux/fs.h, and RENAME_SWAP of macOS


def exchange(new: Path, old: Path) -> None:
    """Put the folder ``new`` in the place of ``old``, and the old one, if there is one, in the place of the new.

    Linux (``renameat2``) and macOS (``renamex_np``) do so in one step: who opens a file by its path finds the old
    folder or the new one. Elsewhere, and on disks that can't, there are two renames, and between them for some
    microseconds no folder. Raises OSError where a folder can't be renamed at all: another disk, a mounted folder, no
    right to write beside it.
    """
    if not old.exists():
        new.rename(old)
    elif not _exchanged_at_once(new, old):
        aside = _aside(new)
        old.rename(aside)
        try:
            new.rename(old)
        except OSError:
            aside.rename(old)
            raise
        aside.rename(new)


def mend(new: Path, old: Path) -> None:
    """Put in order what an `exchange` in two renames has left that was killed between them."""
    aside = _aside(new)
    if aside.exists() and not old.exists():
        aside.rename(old)
    elif aside.exists():
        shutil.rmtree(aside)


def _aside(new: Path) -> Path:
    return new.with_name(f"{new.name}.aside")


def _exchanged_at_once(one: Path, other: Path) -> bool:
    """Exchange two folders if the system has a call for it; tell whether it had."""
    names = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(library.renamex_np(*names, _EXCHANGE) == 0)
        return bool(library.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0)
    except (AttributeError, OSError, TypeError):  # no such call; no library of that kind
        return False
