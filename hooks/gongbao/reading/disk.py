"""``content/`` on disk: walked through, and handed over as bytes. Nothing else reads records from disk."""

from __future__ import annotations

import os
import posixpath
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..problems.problem import Mark, Problem
from ..records.record import RECORD_ENDINGS
from .decoding import SIZE_LIMIT


@dataclass(frozen=True, slots=True)
class Tree:
    """The files of ``content/``: paths relative to it, with ``/``; records and word lists with their bytes.

    ``others`` are all other files, pictures and attachments, each with its name as the disk has it. ``problems`` are
    those of the walk itself.
    """

    root: Path
    files: dict[str, bytes]
    others: dict[str, str]
    problems: tuple[Problem, ...]


def read_content(root: Path) -> Tree:
    """Read every record and word list under ``root``; links to folders or out of it are not followed.

    Order and names do not depend on the file system: paths are sorted, and names are in normal form C.
    """
    files: dict[str, bytes] = {}
    others: dict[str, str] = {}
    problems: list[Problem] = []
    real_root = os.path.realpath(root)

    def report(rule: str, path: Path, written: str) -> None:
        shown = f"{root.name}/{_printable(path.relative_to(root).as_posix())}"
        problems.append(Problem(shown, Mark(), rule, written=_printable(written)))

    def unreadable(error: OSError) -> None:
        report("file.unreadable", Path(error.filename), error.strerror or "")

    for raw, entry in sorted(_walk(str(root), "", unreadable), key=lambda found: found[0].split("/")):
        name = unicodedata.normalize("NFC", raw)
        if not raw.isprintable() and _printable(raw) != raw:
            report("file.name", Path(entry.path), raw)
        elif name in files or name in others:  # the same name twice, composed and decomposed
            problems.append(Problem(f"{root.name}/{name}", Mark(), "slug.case", "", raw, {"other": name}))
        elif entry.is_symlink() and not _leads_to_file_within(entry.path, real_root):
            report("file.symlink", Path(entry.path), str(Path(entry.path).readlink()))
        elif not entry.is_file():
            report("file.unreadable", Path(entry.path), raw)
        elif posixpath.splitext(name)[1].lower() in RECORD_ENDINGS:
            try:
                files[name] = _beginning(entry.path)
            except OSError as error:
                unreadable(error)
        else:
            others[name] = raw
    return Tree(root, files, others, tuple(problems))


def _beginning(path: str) -> bytes:
    """Read a file, or as much of a file that is too large as shows that it is."""
    with Path(path).open("rb") as file:
        size = os.fstat(file.fileno()).st_size  # room for more would cost more than the reading
        return file.read(min(size, SIZE_LIMIT) + 1)


def _leads_to_file_within(path: str, real_root: str) -> bool:
    real = Path(os.path.realpath(path))  # a loop of links gives one of its links
    return real.is_file() and real.is_relative_to(real_root)


def _printable(name: str) -> str:
    """Write a name with its bytes and signs that can't be shown as escapes."""
    decoded = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(c if unicodedata.category(c)[0] != "C" else f"\\u{ord(c):04x}" for c in decoded)


def _walk(folder: str, prefix: str, unreadable: Callable[[OSError], None]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield files and links by path; hidden names and editors' left-overs are skipped."""
    try:
        with os.scandir(folder) as found:
            entries = list(found)
    except OSError as error:
        unreadable(error)
        return
    for entry in entries:
        name, raw = entry.name, f"{prefix}{entry.name}"
        if name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, f"{raw}/", unreadable)
        elif not (name.startswith("~$") or name.endswith("~")):
            yield raw, entry
