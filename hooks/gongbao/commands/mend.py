"""``gongbao check --fix`` and ``--diff``: files of ``content/`` with their safe fixes."""

from __future__ import annotations

import difflib
import os
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from ..project import CONTENT, read
from ..reading.disk import read_content
from ..reading.repairs import Repair, repairs
from .gate import lies_in


def due_repairs(project: Path, places: Collection[str]) -> list[Repair]:
    """Return the repairs of a project's files in ``places`` (none means all), as `judge` has them."""
    cache = read(project).cache  # only what has changed since the last check takes time
    return repairs(read_content(project / CONTENT), lambda problem: lies_in(problem.path, places), cache)


def write_repair(project: Path, repair: Repair) -> bool:
    """Write a mended file in one step. Returns false if the file has changed since it was read: then it stays so.

    Raises OSError, which names the file, if it cannot be written.
    """
    path = Path(os.path.realpath(project / CONTENT / repair.name))
    if path.read_bytes() != repair.before:
        return False
    try:
        _replace(path, repair.after)
    except OSError as error:
        raise OSError(error.errno, error.strerror, f"{CONTENT}/{repair.name}") from error
    return True


def _replace(path: Path, content: bytes) -> None:
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        unfinished = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            shutil.copymode(path, unfinished)
            unfinished.replace(path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise


def difference(repair: Repair) -> Iterator[str]:
    """Yield the lines of a unified diff, without the line ends."""
    name = f"{CONTENT}/{repair.name}"
    before, after = (data.decode("utf-8").splitlines() for data in (repair.before, repair.after))
    return difflib.unified_diff(before, after, name, name, lineterm="")
