"""The thin sibling of `reading`: walks ``content/`` and hands over bytes. Nothing else reads records from disk."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from .problems import Mark, Problem
from .reading import SIZE_LIMIT

WORD_LISTS = ("site", "topics", "units", "indicators", "sources", "periods", "wording")
_RECORD_ENDINGS = (".md", ".yml", ".yaml")


@dataclass(frozen=True, slots=True)
class Tree:
    """The files of ``content/``: paths relative to it, with ``/``; records and word lists with their bytes.

    ``others`` are all other files: pictures and attachments. ``problems`` are those of the walk itself.
    """

    root: Path
    files: dict[str, bytes]
    others: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_content(root: Path) -> Tree:
    """Read every record and word list under ``root``; links to folders or out of it are not followed.

    Order and names do not depend on the file system: paths are sorted, and names are in normal form C.
    """
    files: dict[str, bytes] = {}
    others: list[str] = []
    problems: list[Problem] = []
    real_root = root.resolve()
    for path in sorted(_walk(root)):
        name = unicodedata.normalize("NFC", path.relative_to(root).as_posix())
        shown = f"{root.name}/{name}"
        if not path.resolve().is_relative_to(real_root) or not path.is_file():
            written = str(path.readlink()) if path.is_symlink() else name
            problems.append(Problem(shown, Mark(), "file.symlink", written=written))
        elif PurePosixPath(name).suffix.lower() in _RECORD_ENDINGS:
            try:
                with path.open("rb") as file:
                    files[name] = file.read(SIZE_LIMIT + 1)  # one byte more tells that it is too large
            except OSError as error:
                problems.append(Problem(shown, Mark(), "file.unreadable", written=error.strerror or ""))
        else:
            others.append(name)
    return Tree(root, files, tuple(others), tuple(problems))


def _walk(root: Path) -> Iterator[Path]:
    """Yield files, and links to folders; hidden names and editors' left-overs are skipped."""
    for folder, folders, names in os.walk(root):
        here = Path(folder)
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (here / name for name in folders if (here / name).is_symlink())
        yield from (here / name for name in names if not name.startswith((".", "~$")) and not name.endswith("~"))
