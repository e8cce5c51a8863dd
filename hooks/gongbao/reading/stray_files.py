"""Files that lie beside no record and were not read, but were meant to be: documents, pictures, attachments."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote

from ..archive.addresses import record_folder
from ..problems.names import english_field
from ..problems.problem import Mark, Problem
from .placing import RecordPlace

_DOCUMENTS = frozenset(
    {
        *(".doc", ".docx", ".docm", ".dot", ".dotx", ".wps", ".wpt", ".rtf", ".odt", ".pages", ".ofd", ".uof"),
        *(".xls", ".xlsx", ".xlsm", ".xlsb", ".et", ".ett", ".ods", ".numbers"),
        *(".ppt", ".pptx", ".pps", ".ppsx", ".dps", ".odp", ".key"),
    }
)
_PACKED = frozenset({".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".cab", ".iso"})
_DOUBLE = re.compile(r"\.(?:md|ya?ml)\.[A-Za-z]{1,5}$")  # of an editor that hides endings: visit.md.txt
_OF_SYSTEMS = frozenset({"thumbs.db", "desktop.ini"})  # what Windows leaves in folders
_LEFTOVERS = frozenset({".tmp", ".bak", ".swp", ".lnk", ".log"})


def stray_problems(
    names: Iterable[str],
    places: Iterable[RecordPlace],
    texts: Mapping[str, bytes],
    misplaced: Collection[str],
    heads: Mapping[str, bytes],
    root: str,
) -> Iterator[Problem]:
    """Yield a problem for each file that was not read, but was meant to be.

    ``texts`` are the bytes of all records' files, ``heads`` the first bytes of all others, ``misplaced`` the paths of
    files of which another problem tells: what lies in their folders goes with them. Outside of periods' folders only
    documents and packed files were meant: notes may lie there.
    """
    places = list(places)
    told = {record_folder(name) for name in misplaced if name.count("/") > 2}
    for name in names:
        path = PurePosixPath(name)
        ending = path.suffix.lower()
        left = ending in _LEFTOVERS or path.name.lower() in _OF_SYSTEMS
        if record_folder(name) in told:
            continue
        if len(path.parts) > 2 and not left and (owner := _owner(name, places, texts)):
            yield _to_owner(name, owner, root)
        elif ending in _DOCUMENTS:
            yield Problem(f"{root}/{name}", Mark(), "file.document", written=path.name)
        elif ending in _PACKED:
            yield Problem(f"{root}/{name}", Mark(), "file.packed", written=path.name)
        elif len(path.parts) > 2 and not left:
            values, rule = {}, "file.ignored"
            if _DOUBLE.search(path.name):
                values, rule = {"expected": f"{root}/{path.with_suffix('')}"}, "file.renamed"
            elif ending == ".txt" and _is_record(heads.get(name, b"")):
                values, rule = {"expected": f"{root}/{path.with_suffix('.md')}"}, "file.text"
            yield Problem(f"{root}/{name}", Mark(), rule, written=path.name, values=values)


def _owner(name: str, places: Iterable[RecordPlace], texts: Mapping[str, bytes]) -> RecordPlace | None:
    """Return the record to which a file belongs: it has the name of the file's folder, or alone names the file."""
    period, base = name.split("/")[:2], posixpath.basename(name)
    near = [place for place in places if place.path.split("/")[:2] == period]
    folder = record_folder(name)
    if named := [place for place in near if not place.folder and posixpath.splitext(place.path)[0] == folder]:
        return named[0]
    naming = [place for place in near if _names(texts[place.path], base)]
    return naming[0] if len(naming) == 1 else None


def _is_record(head: bytes) -> bool:
    """Whether the first bytes of a text, in UTF-8 or as Windows has it, are a record's fields."""
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError:
        text = head.decode("gb18030", "ignore")
    names = (line.partition(":")[0].strip() for line in text.replace("：", ":").splitlines())
    return len({english_field(name, ("title", "unit", "topics")) for name in names} - {None}) > 1


def _names(text: bytes, base: str) -> bool:
    return base.encode() in text or (b"%" in text and base in unquote(text.decode("utf-8", "ignore")))


def _to_owner(name: str, owner: RecordPlace, root: str) -> Problem:
    """Return the problem of a file that belongs to a record, with where both must lie."""
    folder = f"{root}/{owner.folder or posixpath.splitext(owner.path)[0]}"
    record = f"{root}/{owner.path}"
    base = posixpath.basename(name)
    index = f"index{posixpath.splitext(owner.path)[1]}"
    values = {"folder": folder, "record": record, "index": index, "expected": f"{folder}/{base}"}
    rule = "file.ignored" if owner.folder else "file.beside"
    return Problem(f"{root}/{name}", Mark(), rule, written=base, values=values)


def without_their_links(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems without those of links to files that were not read: the files' own problems tell it."""
    problems = list(problems)
    strays = {(problem.values["record"], problem.written) for problem in problems if "record" in problem.values}
    return [p for p in problems if p.rule != "form.link" or (p.path, _base(p.written)) not in strays]


def _base(address: str) -> str:
    return posixpath.basename(unquote(address))
