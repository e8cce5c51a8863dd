"""``content/`` as a whole: reads every file, and resolves every reference between records."""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import localcontext
from functools import partial
from types import ModuleType

from ..archive.addresses import record_folder
from ..archive.filing import publish
from ..checks.case import Case
from ..checks.copies import fingerprints
from ..parallel import Progress, each, progress_callback
from ..problems.catalogue import is_judged
from ..problems.problem import Mark, Problem, errors, in_order
from ..records.fields import PRECISION
from ..records.record import Record
from ..records.vocabulary import Vocabulary
from .disk import Tree
from .lists import read_lists
from .parsing import read_record
from .placing import RecordPlace, active_problems, clash_problems, find_places, ignored_problems, slug_problems
from .relations import relation_problems
from .waivers import unwaived

_FEW = 5  # records that somebody edits at a time


@dataclass(frozen=True)
class Reading:
    """What came of reading one file: its record, unless an error stands in the way, and the problems of it alone.

    ``fingerprints`` are of its text, as `copies` compares texts.
    """

    record: Record | None
    problems: tuple[Problem, ...]
    fingerprints: array[int] | None = None


# Earlier readings by the digest of all that a reading depends on (`_digest`).
Readings = Mapping[bytes, Reading]


@dataclass(frozen=True)
class Known:
    """What one reading of everything leaves for the next: what came of each file; the problems that all had together.

    ``inputs`` is a digest of all that these problems depend on.
    """

    readings: Readings = field(default_factory=dict)
    inputs: bytes = b""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Content:
    """What was read: word lists, all readable records (drafts and withdrawn ones too), and every problem.

    ``on_disk`` gives an attachment's name as the disk has it; what is ``known`` now is for the next time.
    """

    vocabulary: Vocabulary
    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    on_disk: Mapping[str, str]
    known: Known = field(repr=False, compare=False)


def read_all(tree: Tree, known: Known | None = None, progress: Progress | None = None) -> Content:
    """Read all files of ``content/``; the problems come in order of path and place.

    Files that are ``known``, with the word lists as they are now, are not read again.
    """
    with localcontext(prec=PRECISION):
        return _read_all(tree, known or Known(), progress)


def _read_all(tree: Tree, known: Known, progress: Progress | None) -> Content:
    root = tree.root.name
    vocabulary, problems = read_lists(tree.files, root)
    problems += tree.problems
    places, misplaced = find_places(tree.files, root)
    problems += misplaced
    files, left = _files(places, tree)
    problems += ignored_problems(left, root)
    problems += clash_problems(places, root)
    if not places and not misplaced:
        problems.append(Problem(root, Mark(), "content.empty", values={"root": root}))
    readings = _read_files(files, tree, vocabulary, known.readings, progress)
    inputs = hashlib.sha256(repr((vocabulary.digest, [*readings], problems)).encode()).digest()
    if inputs != known.inputs:
        known = Known(readings, inputs, _judged(tree, vocabulary, readings, problems))
    records = tuple(reading.record for reading in readings.values() if reading.record)
    return Content(vocabulary, records, known.problems, tree.others, known)


def edited_records(tree: Tree, known: Known, last: Vocabulary) -> tuple[Sequence[Record], Sequence[Record]] | None:
    """Return all records as they are now, and the few of them that were edited since they became known.

    ``last`` are the word lists as they were then. None where anything else has changed, where nothing has, or where
    there is an error in an edited one.
    """
    with localcontext(prec=PRECISION):
        vocabulary, problems = read_lists(tree.files, tree.root.name)
        places, misplaced = find_places(tree.files, tree.root.name)
        files, _ = _files(places, tree)
        new = {_digest(file, tree, vocabulary.digest) for file in files} - known.readings.keys()
        changed = vocabulary.digest != last.digest or errors(problems) or misplaced or tree.problems
        if changed or not 0 < len(new) <= _FEW:
            return None
        readings = _read_files(files, tree, vocabulary, known.readings, None)
    now = {digest: reading.record for digest, reading in readings.items() if reading.record}
    before = [reading.record.path for reading in known.readings.values() if reading.record]
    if any(errors(readings[digest].problems) for digest in new) or [record.path for record in now.values()] != before:
        return None
    return [*now.values()], [record for digest, record in now.items() if digest in new]


def _judged(tree: Tree, vocabulary: Vocabulary, readings: Readings, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems of every file and between files, in order, without the waived ones."""
    problems = [*problems, *(problem for reading in readings.values() for problem in reading.problems)]
    records = [reading.record for reading in readings.values() if reading.record]
    if "indicators.yml" not in tree.files and any(problem.rule == "ref.indicator" for problem in problems):
        problems = [problem for problem in problems if problem.rule != "ref.indicator"]
        values = {"name": "indicators.yml"}
        problems.append(Problem(f"{tree.root.name}/indicators.yml", Mark(), "list.missing", values=values))
    complete = len(records) == len(readings)
    problems += relation_problems(records, complete=complete)
    # A record that breaks a rule can still be read.
    complete = complete and all(is_judged(problem.rule) for problem in errors(problems))
    if vocabulary.usable:
        archive = publish(records, vocabulary, preview=True)
        prints = {one.record.path: one.fingerprints for one in readings.values() if one.record and one.fingerprints}
        problems += _registry().of_archive(Case(archive, complete, prints))
    return in_order(unwaived(problems, records, vocabulary, tree.root.name, complete=complete and vocabulary.usable))


@dataclass(frozen=True)
class _File:
    """A record's file in its place, and what lies beside it."""

    place: RecordPlace
    attachments: tuple[str, ...]


def _files(places: Iterable[RecordPlace], tree: Tree) -> tuple[list[_File], Iterable[list[str]]]:
    """Return each record's file with the files beside it, and the files that lie beside no record."""
    beside: dict[str, list[str]] = defaultdict(list)
    for name in tree.others:
        beside[record_folder(name)].append(name)
    files = [_File(place, tuple(beside.pop(place.folder, ()) if place.folder else ())) for place in places]
    return files, beside.values()


def _read_files(
    files: Sequence[_File], tree: Tree, vocabulary: Vocabulary, known: Readings, progress: Progress | None
) -> Readings:
    """Return the reading of every file, in order. Files that are not known are read on every core."""
    digests = [_digest(file, tree, vocabulary.digest) for file in files]
    missing = {digest: file for digest, file in zip(digests, files, strict=True) if digest not in known}
    due = list(missing.values())
    if due:
        _registry()  # before processes are forked, not in each of them
    made = each(partial(_read, tree, vocabulary), due, progress_callback("checking", due, progress))
    read = dict(zip(missing, made, strict=True))
    return {digest: read.get(digest) or known[digest] for digest in digests}


def _digest(file: _File, tree: Tree, lists: bytes) -> bytes:
    """Return a digest of all that the reading of a file depends on: where it lies, what it says, the word lists."""
    names = "\0".join([tree.root.name, file.place.path, *file.attachments])
    return hashlib.sha256(lists + f"{names}\0\0".encode() + tree.files[file.place.path]).digest()


def _read(tree: Tree, vocabulary: Vocabulary, file: _File) -> Reading:
    root, place = tree.root.name, file.place
    problems = [*slug_problems(place, vocabulary, root), *active_problems(file.attachments, root)]
    data, path = tree.files[place.path], f"{root}/{place.path}"
    with localcontext(prec=PRECISION):
        record, found = read_record(data, path, place.period, place.slug, vocabulary, file.attachments)
        problems += found
        if record and vocabulary.usable:
            problems += _registry().of_record(record, vocabulary)
    return Reading(record, tuple(problems), fingerprints(record) if record else None)


def _registry() -> ModuleType:
    """Return the checks: dozens of modules full of patterns, which a build with nothing new to read does without."""
    from ..checks import registry

    return registry
