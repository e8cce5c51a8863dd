"""What comes of each record's file alone. A file that has not changed is not read again; others are, on every core."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import localcontext
from functools import partial
from types import ModuleType

from ..archive.addresses import record_folder
from ..checks.copies import fingerprints
from ..parallel import Progress, each, progress_callback
from ..problems.problem import Problem, errors
from ..records.fields import PRECISION
from ..records.record import Record
from ..records.vocabulary import Vocabulary
from .beside import attachment_problems
from .disk import Tree
from .parsing import read_record
from .placing import RecordPlace, slug_problems


@dataclass(frozen=True)
class FileResult:
    """What came of one record's file: the record, or None after an error, and the problems of this file alone.

    ``fingerprints`` are those of the record's text (`copies.fingerprints`), as the bytes of an array.
    """

    record: Record | None
    problems: tuple[Problem, ...]
    fingerprints: bytes = b""
    references: tuple[Problem, ...] = ()  # of a file without a record, as are the two below: see `ReadRecord`
    sketch: Record | None = None
    as_written: bool = True


# The results by the digest of all that a result depends on (`result_key`).
FileResults = Mapping[bytes, FileResult]


@dataclass(frozen=True)
class RecordFile:
    """A record's file in its place, and the paths of the files beside it."""

    place: RecordPlace
    attachments: tuple[str, ...]


def files_of_records(places: Iterable[RecordPlace], tree: Tree) -> tuple[list[RecordFile], Iterable[list[str]]]:
    """Return each record's file with the files beside it, and the files that lie beside no record."""
    beside: dict[str, list[str]] = defaultdict(list)
    for name in tree.others:
        beside[record_folder(name)].append(name)
    files = [RecordFile(place, tuple(beside.pop(place.folder, ()) if place.folder else ())) for place in places]
    return files, beside.values()


def read_record_files(
    files: Sequence[RecordFile], tree: Tree, vocabulary: Vocabulary, cached: FileResults, progress: Progress | None
) -> FileResults:
    """Return the result of every file, in order. Files without a cached result are read on every core."""
    digests = [result_key(file, tree, vocabulary.digest) for file in files]
    missing = {digest: file for digest, file in zip(digests, files, strict=True) if digest not in cached}
    due = list(missing.values())
    if due:
        loaded_checks()  # imported once, before processes are forked, and not in each of them
    made = each(partial(_read_file, tree, vocabulary), due, progress_callback("checking", due, progress))
    read = dict(zip(missing, made, strict=True))
    return {digest: read.get(digest) or cached[digest] for digest in digests}


def result_key(file: RecordFile, tree: Tree, lists: bytes) -> bytes:
    """Return a digest of all that a file's result depends on: its place, its bytes, its neighbours, the word lists."""
    looks = (f"{name} {tree.sizes.get(name, 0)} {name in tree.placed}" for name in file.attachments)
    names = "\0".join([tree.root.name, file.place.path, *looks])
    heads = hashlib.sha256(b"\0".join(tree.heads.get(name, b"") for name in file.attachments)).digest()
    return hashlib.sha256(lists + f"{names}\0\0".encode() + heads + tree.files[file.place.path]).digest()


def _read_file(tree: Tree, vocabulary: Vocabulary, file: RecordFile) -> FileResult:
    root, place = tree.root.name, file.place
    allowed = vocabulary.site.attachments
    problems = [
        *slug_problems(place, vocabulary, tree.files, root),
        *attachment_problems(file.attachments, tree.heads, allowed, root),
    ]
    data, path = tree.files[place.path], f"{root}/{place.path}"
    with localcontext(prec=PRECISION):
        record, found, sketch, references, as_written = read_record(
            data, path, place.period, place.slug, vocabulary, file.attachments
        )
        problems += found
        if record and vocabulary.usable:
            problems += loaded_checks().of_record(record, vocabulary)
            problems += loaded_checks().of_attachments(record, vocabulary, tree.sizes, tree.placed)
        elif sketch and vocabulary.usable:
            wrong = {problem.field.partition(".")[0] for problem in errors(found) if problem.rule != "field.unknown"}
            sound = {f"figures[{at}]" for at in range(len(sketch.figures)) if as_written} - wrong
            problems += loaded_checks().of_sketch(sketch, vocabulary, sound)
    prints = fingerprints(record).tobytes() if record else b""
    return FileResult(record, tuple(problems), prints, references, sketch, as_written)


def loaded_checks() -> ModuleType:
    """Return the checks. They are dozens of modules full of patterns, and a build that reads nothing new needs none."""
    from ..checks import registry

    return registry
