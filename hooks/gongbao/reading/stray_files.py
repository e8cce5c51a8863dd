"""Files that lie beside no record and were not read, but were meant to be: documents, pictures, attachments."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote

from ..archive.addresses import record_folder
from ..problems.problem import Mark, Problem
from .loose_pictures import line_for, owner_of, shows_picture
from .placing import RecordPlace

_DOCUMENTS = frozenset(
    {
        *(".doc", ".docx", ".docm", ".dot", ".dotx", ".wps", ".wpt", ".rtf", ".odt", ".pages", ".ofd", ".uof"),
        *(".xls", ".xlsx", ".xlsm", ".xlsb", ".et", ".ett", ".ods", ".numbers"),
        *(".ppt", ".pptx", ".pps", ".ppsx", ".dps", ".odp", ".key"),
    }
)
_PACKED = frozenset({".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".cab", ".iso"})
_OF_SYSTEMS = frozenset({"thumbs.db", "desktop.ini"})  # what Windows leaves in folders
_NOTES = ("leftover.todo", "leftover.word")  # the rules that tell of a place kept for a picture
_UNFIT = ("file.active", "file.ending", "file.empty", "file.content")
_LEFTOVERS = frozenset({".tmp", ".bak", ".swp", ".lnk", ".log"})


def stray_problems(
    names: Iterable[str],
    places: Iterable[RecordPlace],
    texts: Mapping[str, bytes],
    misplaced: Collection[str],
    root: str,
) -> Iterator[Problem]:
    """Yield a problem for each file that was not read, but was meant to be.

    ``texts`` are the bytes of all records' files, ``misplaced`` the paths of files of which another problem tells: what
    lies in their folders goes with them. Outside of periods' folders only documents and packed files were meant: notes
    may lie there.
    """
    places = list(places)
    told = {record_folder(name) for name in misplaced if name.count("/") > 2}
    taken: dict[str, list[str]] = defaultdict(list)  # the markers in each record's text that pictures belong to
    for name in names:
        path = PurePosixPath(name)
        ending = path.suffix.lower()
        left = ending in _LEFTOVERS or path.name.lower() in _OF_SYSTEMS
        if record_folder(name) in told:
            continue
        if len(path.parts) > 2 and not left and (owner := _owner(name, places, texts)):
            problem = _to_owner(name, owner, root)
            if shows_picture(name) and not _names(texts[owner.path], path.name):
                line, spot = line_for(name, owner, texts, taken[owner.path])
                taken[owner.path].append(spot.marker)
                where = "above" if spot.caption else "instead" if spot.marker else "below"
                values = {**problem.values, "spot": where, "line": line, "marker": spot.marker}
                problem = replace(problem, values=values)
            yield problem
        elif ending in _DOCUMENTS:
            yield Problem(f"{root}/{name}", Mark(), "file.document", written=path.name)
        elif ending in _PACKED:
            yield Problem(f"{root}/{name}", Mark(), "file.packed", written=path.name)
        elif len(path.parts) > 2 and not left:
            yield Problem(f"{root}/{name}", Mark(), "file.ignored", written=path.name)


def _owner(name: str, places: Iterable[RecordPlace], texts: Mapping[str, bytes]) -> RecordPlace | None:
    """Return the record to which a file belongs: it has the name of the file's folder, or alone names the file.

    A picture may belong to one that does not name it.
    """
    period, base = name.split("/")[:2], posixpath.basename(name)
    near = [place for place in places if place.path.split("/")[:2] == period]
    folder = record_folder(name)
    if named := [place for place in near if not place.folder and posixpath.splitext(place.path)[0] == folder]:
        return named[0]
    naming = [place for place in near if _names(texts[place.path], base)]
    if not naming and shows_picture(name):
        return owner_of(name, near, texts)
    return naming[0] if len(naming) == 1 else None


def _names(text: bytes, base: str) -> bool:
    return base.encode() in text or (b"%" in text and base in unquote(text.decode("utf-8", "ignore")))


def _to_owner(name: str, owner: RecordPlace, root: str) -> Problem:
    """Return the problem of a file that belongs to a record, with where both must lie."""
    folder = f"{root}/{owner.folder or posixpath.splitext(owner.path)[0]}"
    record = f"{root}/{owner.path}"
    base = posixpath.basename(name)
    index = f"index{posixpath.splitext(owner.path)[1]}"
    values = {"folder": folder, "record": record, "index": index, "expected": f"{folder}/{base}"}
    values |= {"into": "its-folder" if owner.folder else "new-folder"}
    return Problem(f"{root}/{name}", Mark(), "file.beside", written=base, values=values)


def without_their_links(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems without those that the problems of files tell.

    These are of links to them, of notes to put them in, and that no text leads to what can't be published.
    """
    problems = list(problems)
    strays = [problem for problem in problems if problem.rule == "file.beside"]
    files = {(stray.values["record"], stray.written) for stray in strays}
    notes = {(stray.values["record"], stray.values.get("marker", "")) for stray in strays}
    unfit = {problem.path for problem in problems if problem.rule in _UNFIT}
    return [
        problem
        for problem in problems
        if (problem.rule != "form.link" or (problem.path, _base(problem.written)) not in files)
        and (problem.rule != "form.attachment" or _beside(problem.path, problem.written) not in unfit)
        and (problem.rule not in _NOTES or (problem.path, problem.written) not in notes)
    ]


def _beside(record: str, name: str) -> str:
    return posixpath.join(posixpath.dirname(record), name)


def _base(address: str) -> str:
    return posixpath.basename(unquote(address))
