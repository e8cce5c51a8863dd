"""The files of ``content/`` as bytes. No other module reads records from the disk."""

from __future__ import annotations

import os
import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, field
from mmap import ACCESS_READ, mmap
from pathlib import Path

from ..archive import addresses
from ..metadata.cleaning import tells_place
from ..problems.packaged_rules import folder_of_package
from ..problems.problem import Mark, Problem
from ..records.file_kinds import HEAD
from ..records.record import RECORD_ENDINGS
from .decoding import SIZE_LIMIT
from .disguises import is_misnamed_record
from .shared_lists import NOTHING_SHARED, SHAREABLE, Shared, extends_of

PUBLISHED = "published.txt"  # the list of published addresses
BASELINE = "baseline.txt"  # the list of problems that count no more
KEPT = addresses.VERSIONS  # the folder of kept pages, see `publishing.kept`
_KEPT_LIMIT = 16_000_000  # bytes of a kept page


@dataclass(frozen=True, slots=True)
class Tree:
    """The files of ``content/``, by path relative to it, with ``/``.

    ``files`` are the bytes of records and word lists, also of records with a wrong ending. ``others`` are all other
    files (pictures, attachments), each with its path as the disk spells it; ``heads`` are their first bytes, ``sizes``
    theirs in bytes, ``placed`` the pictures that tell where they were taken. ``published`` is the list of published
    addresses, ``baseline`` that of known problems, if there are such lists. ``shared`` are the word lists that the site
    shares with others. ``kept`` are the bytes of the files below ``versions/``, by their paths there. ``problems`` are
    those of the walk through the folders.
    """

    root: Path
    files: dict[str, bytes]
    others: dict[str, str]
    problems: tuple[Problem, ...]
    published: bytes = b""
    baseline: bytes = b""
    kept: Mapping[str, bytes] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)
    placed: Set[str] = frozenset()
    heads: Mapping[str, bytes] = field(default_factory=dict)
    shared: Shared = NOTHING_SHARED


def read_content(root: Path, project: Path | None = None) -> Tree:
    """Read every record and word list below ``root``. Links to folders, or out of ``root``, are not followed.

    What ``site.yml`` extends is looked for from the ``project``, the folder above ``root`` unless said.

    The result does not depend on the file system: paths are sorted, and names are in Unicode's normal form C.
    """
    if not root.is_dir():
        return Tree(root, {}, {}, (Problem(root.name, Mark(), "content.missing", values={"root": root.name}),))
    files: dict[str, bytes] = {}
    others: dict[str, str] = {}
    heads: dict[str, bytes] = {}
    problems: list[Problem] = []
    sizes: dict[str, int] = {}
    placed: set[str] = set()
    kept: dict[str, bytes] = {}
    real_root = os.path.realpath(root)

    def report(rule: str, path: Path, written: str) -> None:
        shown = f"{root.name}/{_printable(path.relative_to(root).as_posix())}"
        problems.append(Problem(shown, Mark(), rule, written=_printable(written)))

    def unreadable(error: OSError) -> None:
        report("file.unreadable", Path(error.filename), error.strerror or "")

    for raw, entry in sorted(_walk(str(root), unreadable), key=lambda found: found[0].split("/")):
        name = unicodedata.normalize("NFC", raw)
        if not raw.isprintable() and _printable(raw) != raw:
            report("file.name", Path(entry.path), raw)
        elif name in files or name in others:  # two spellings of one name, composed and decomposed
            problems.append(Problem(f"{root.name}/{name}", Mark(), "slug.case", "", raw, {"other": name}))
        elif entry.is_symlink() and not _leads_to_file_within(entry.path, real_root):
            report("file.symlink", Path(entry.path), str(Path(entry.path).readlink()))
        elif not entry.is_file():
            report("file.special", Path(entry.path), "")
        elif name.startswith(KEPT):
            try:
                kept[name.removeprefix(KEPT)] = _read_limited(entry.path, _KEPT_LIMIT)
            except OSError as error:
                unreadable(error)
        elif name in (PUBLISHED, BASELINE) or posixpath.splitext(name)[1].lower() in RECORD_ENDINGS:
            try:
                whole = name in (PUBLISHED, BASELINE)
                files[name] = Path(entry.path).read_bytes() if whole else _read_limited(entry.path, SIZE_LIMIT + 1)
            except OSError as error:
                unreadable(error)
        else:
            try:
                head = _read_limited(entry.path, HEAD)
                if name.count("/") == 2 and is_misnamed_record(name, head):
                    files[name] = _read_limited(entry.path, SIZE_LIMIT + 1)
                    continue
            except OSError as error:
                unreadable(error)
                continue
            heads[name] = head
            others[name] = raw
            sizes[name], has_place = _look_at(entry.path)
            placed |= {name} if has_place else set()
    problems += _absent_submodules(root)
    lists = files.pop(PUBLISHED, b""), files.pop(BASELINE, b"")
    shared = NOTHING_SHARED
    if extends := extends_of(files.get("site.yml", b"")):
        shared = _read_shared(extends.name, project or root.parent)
        if not shared.files:
            problems.append(Problem(f"{root.name}/site.yml", extends.mark, "extends.missing", "extends", extends.name))
    return Tree(root, files, others, tuple(problems), *lists, kept, sizes, placed, heads, shared)


def _read_shared(name: str, project: Path) -> Shared:
    """Return the word lists in a folder, a path from the project with a slash, or in an installed package."""
    folder = project / name if "/" in name or name.startswith(".") else folder_of_package(name)
    files: dict[str, bytes] = {}
    for one in SHAREABLE if folder is not None else ():
        with suppress(OSError):
            if Path(path := f"{folder}/{one}.yml").is_file():
                files[f"{one}.yml"] = _read_limited(path, SIZE_LIMIT + 1)
    return Shared(name, files)


def _absent_submodules(root: Path) -> Iterator[Problem]:
    """Yield a problem for each submodule of git in ``content/`` that was not fetched: its records would be missing."""
    try:
        listed = (root.parent / ".gitmodules").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    for name in re.findall(r"^\s*path\s*=\s*(\S.*?)/?\s*$", listed, re.MULTILINE):
        folder = root.parent / name
        if folder.is_relative_to(root) and not (folder.is_dir() and any(folder.iterdir())):
            yield Problem(name, Mark(), "content.submodule", written=name)


def _look_at(path: str) -> tuple[int, bool]:
    """Return a file's size in bytes, and whether it is a picture that tells a place. Only those parts are read."""
    try:
        with Path(path).open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
            return len(data), tells_place(data)
    except (OSError, ValueError):  # of an empty file there is no map
        return 0, False


def _read_limited(path: str, limit: int) -> bytes:
    """Return a file's bytes, ``limit`` of them at most."""
    with Path(path).open("rb") as file:
        size = os.fstat(file.fileno()).st_size  # to make room for the whole limit would take longer than to read
        return file.read(min(size + 1, limit))


def _leads_to_file_within(path: str, real_root: str) -> bool:
    real = Path(os.path.realpath(path))  # of a loop of links, this is one of the links
    return real.is_file() and real.is_relative_to(real_root)


def _printable(name: str) -> str:
    """Return a name with escapes for bytes and signs that can't be shown."""
    decoded = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    hidden = ("Zl", "Zp")
    kinds = ((c, unicodedata.category(c)) for c in decoded)
    return "".join(f"\\u{ord(c):04x}" if kind[0] == "C" or kind in hidden else c for c, kind in kinds)


def _walk(folder: str, unreadable: Callable[[OSError], None]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield files and links with their paths, without hidden files and editors' temporary files."""
    folders = [(folder, "")]
    while folders:
        folder, prefix = folders.pop()
        try:
            with os.scandir(folder) as found:
                entries = list(found)
        except OSError as error:
            unreadable(error)
            continue
        for entry in entries:
            name, raw = entry.name, f"{prefix}{entry.name}"
            if name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append((entry.path, f"{raw}/"))
            elif not (name.startswith("~$") or name.endswith("~")):
                yield raw, entry
