"""The versions of the records, made of what git tells of their files, and the changes that no correction tells of."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import PurePosixPath
from typing import NamedTuple

from ..archive import addresses
from ..git.past import Past
from ..problems.problem import Mark, Problem, errors
from ..records.periods import Period
from ..records.record import RECORD_ENDINGS, Record
from ..records.version import Unshown, Version
from ..records.vocabulary import Vocabulary, fold
from ..records.wordlists import PeriodEntry
from ..text.differences import Difference, MarkedAs, differences
from ..text.statements import Statement, statements
from .parsing import read_record, read_word_list
from .waivers import unwaived

_PERIODS = "periods.yml"
Judge = Callable[[Record], Iterable[Problem]]  # finds what is wrong in a record alone
FetchBlobs = Callable[[Collection[str]], Mapping[str, bytes]]  # gives the contents of blobs that there are, by name


class OldText(NamedTuple):
    """What was read of a record's file as it was at a commit: the record, or why it is not shown."""

    record: Record | None
    unshown: Unshown = ""


OldTexts = Mapping[bytes, OldText]  # by a digest of all that each depends on
Versions = Mapping[str, tuple[Version, ...]]  # the versions of each record, by its path


class _FileState(NamedTuple):
    """What a file was from a commit on: its path in ``content/``, and its content's name (empty: as on the disk)."""

    commit: int
    path: str
    blob: str


def read_versions(
    past: Past,
    records: Sequence[Record],
    files: Mapping[str, bytes],
    vocabulary: Vocabulary,
    fetch: FetchBlobs,
    known: OldTexts,
    judge: Judge,
) -> tuple[Versions, OldTexts]:
    """Return the versions of all records that are published, and the old texts for the next call (``known``).

    ``files`` are the bytes of the files in ``content/``. A text counts as published from the commit on at which its
    record was no draft and ``periods.yml``, as it was then, held nothing back. The list of published addresses may be
    kept or not, so that it never changes a version's number.
    """
    if past.missing or not vocabulary.usable:
        return {}, {}
    lives = _lives(past, records)
    holding = _Holding(past, vocabulary, fetch)
    states: dict[str, list[_FileState]] = {}
    for record in records:
        if record.draft or vocabulary.holds_back(record.period):
            continue
        data = files[record.content_path]
        life = lives.get(record.content_path, [])
        if not life or life[-1].blob != _blob_name(data, life[-1].blob):
            life = [*life, _FileState(len(past.days), record.content_path, "")]
        states[record.path] = life
    wanted = {state.blob for life in states.values() if len(life) > 1 for state in life[:-1] if state.blob}
    blobs = fetch(sorted(wanted))
    found: dict[str, tuple[Version, ...]] = {}
    kept: dict[bytes, OldText] = {}
    for record in records:
        if record.path in states:
            reader = _TextReader(record, vocabulary, blobs, known, judge)
            made = _versions(record, states[record.path], past, holding, reader)
            found[record.path] = tuple(map(_without_text, made) if record.withdrawn else made)
            if not record.is_purged:
                kept |= reader.texts
    return found, kept


def _lives(past: Past, records: Iterable[Record]) -> Mapping[str, list[_FileState]]:
    """Return what each file in ``content/`` has been, oldest first, under its earlier names too.

    git follows a renaming of a file that stays much the same. By its id or an alias, a record follows every other one.
    """
    lives: dict[str, list[_FileState]] = {}
    ended: dict[str, list[_FileState]] = {}
    for change in past.changes:
        life = lives.pop(change.before, []) if change.before else lives.setdefault(change.path, [])
        if change.blob:
            lives[change.path] = [*life, _FileState(change.commit, change.path, change.blob)]
        elif over := lives.pop(change.path, []):
            ended[_id_of(change.path)] = over
    for record in records if ended else ():
        for name in (record.id, *record.aliases):
            if before := ended.get(fold(name)):
                lives[record.content_path] = sorted([*before, *lives.get(record.content_path, [])])
    return lives


def _id_of(path: str) -> str:
    """Return the id of the record whose file lies at a path in ``content/``, folded."""
    *folders, name = PurePosixPath(path).parts
    slug = PurePosixPath(name).stem
    if slug.lower() == "index" and len(folders) > 2:
        slug = folders[2]
    return fold(f"{'-'.join(folders[:2])}/{slug}")


def _blob_name(data: bytes, like: str) -> str:
    """Return the name that git gives a content. Repositories have names of SHA-1 or of SHA-256."""
    digest = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    return digest(b"blob %d\0" % len(data) + data).hexdigest()


class _Holding:
    """Which periods ``periods.yml`` held back, from commit to commit."""

    def __init__(self, past: Past, vocabulary: Vocabulary, fetch: FetchBlobs) -> None:
        changes = [change for change in past.changes if change.path == _PERIODS]
        blobs = fetch(sorted({change.blob for change in changes if change.blob}))
        self._from: list[int] = [-1]
        self._held: list[Collection[Period]] = [()]
        self.announced: dict[Period, int] = {}  # the commit at which each period was first said to be published
        for change in changes:
            entries, _, _ = read_word_list(blobs.get(change.blob, b""), _PERIODS, tuple[PeriodEntry, ...])
            if entries is not None or not change.blob:  # a list that nobody could read published nothing
                self._note(change.commit, entries or ())
        self._note(len(past.days), vocabulary.periods)

    def _note(self, commit: int, entries: Iterable[PeriodEntry]) -> None:
        entries = [one for one in entries if one.unit is None]
        self._from.append(commit)
        for one in entries:
            if one.published:
                self.announced.setdefault(one.period, commit)
        self._held.append({one.period for one in entries if one.published is None})

    def published(self, period: Period, start: int, end: int) -> int | None:
        """Return the first commit in ``[start, end)`` at which a period was published, or None."""
        at = bisect_right(self._from, start) - 1
        if period not in self._held[at]:
            return start
        for commit, held in zip(self._from[at + 1 :], self._held[at + 1 :], strict=True):
            if commit >= end:
                break
            if period not in held:
                return commit
        return None


class _TextReader:
    """Reads what a record's file was, each text once."""

    def __init__(
        self,
        record: Record,
        vocabulary: Vocabulary,
        blobs: Mapping[str, bytes],
        known: OldTexts,
        judge: Judge,
    ) -> None:
        self._record, self.vocabulary, self._blobs = record, vocabulary, blobs
        self._known, self._judge = known, judge
        self.texts: dict[bytes, OldText] = {}

    def read(self, state: _FileState) -> OldText:
        """Return the text of a state. The present one has been read."""
        data = self._blobs.get(state.blob)
        if data is None:
            return OldText(None, "unreadable")
        path = PurePosixPath(self._record.path).with_suffix(PurePosixPath(state.path).suffix).as_posix()
        about = "\0".join([path, *self._record.attachments, ""]).encode()
        key = hashlib.sha256(self.vocabulary.digest + about + data).digest()
        self.texts[key] = self._known.get(key) or self._read(path, data)
        return self.texts[key]

    def _read(self, path: str, data: bytes) -> OldText:
        """Read a text by the rules of today, so that nothing is shown that could not be published today."""
        now = self._record
        if not path.endswith(RECORD_ENDINGS):
            return OldText(None, "unreadable")
        record, _, _, _ = read_record(data, path, now.period, now.slug, self.vocabulary, now.attachments)
        if record is None:
            return OldText(None, "unreadable")
        root = path.partition("/")[0]
        found = errors(unwaived(self._judge(record), [record], self.vocabulary, root, complete=False))
        if found:
            private = any(problem.rule.startswith("private.") for problem in found)
            return OldText(None, "private" if private else "refused")
        try:
            statements(record, self.vocabulary)
        except RecursionError:
            return OldText(None, "unreadable")
        return OldText(record)


def _versions(
    record: Record, life: Sequence[_FileState], past: Past, holding: _Holding, reader: _TextReader
) -> Iterator[Version]:
    """Yield the versions of a published record: each text that was published and says something else than the last."""
    number, said = 0, None
    ends = [*(state.commit for state in life[1:]), len(past.days) + 1]
    for state, end in zip(life, ends, strict=True):
        commit = holding.published(record.period, state.commit, end)
        last = state is life[-1]
        text = OldText(record) if last else reader.read(state)
        if not last and (commit is None or (text.record and text.record.draft)):
            continue
        says = _bare(statements(text.record, reader.vocabulary)) if len(life) > 1 and text.record else None
        if number and says is not None and says == said:
            continue
        number, said = number + 1, says
        at = state.commit if commit is None else commit
        yield Version(number, past.days[at] if at < len(past.days) else "", at, text.record, text.unshown)


def _bare(said: Iterable[Statement]) -> Sequence[tuple[str, str]]:
    """Return statements without white space, which is no part of what they say."""
    return [(one.field, "".join(one.text.split())) for one in said]


def _without_text(version: Version) -> Version:
    """Return a version of a withdrawn record: its number and day stay, its text is shown nowhere."""
    return replace(version, record=None, unshown="withdrawn")


def uncorrected(
    records: Iterable[Record], versions: Versions, vocabulary: Vocabulary, past: Past, fetch: FetchBlobs
) -> Iterator[Problem]:
    """Yield a problem for each record that says something else than when it was published, and no correction tells.

    It was published when ``periods.yml`` first had ``published`` for its period, or the list of published addresses its
    own. Where neither says so, its half may still be in the making. A correction tells of all changes up to the version
    in which it first stands.
    """
    holding: _Holding | None = None
    for record in records:
        every = [one for one in versions.get(record.path, ()) if one.record]
        if len(every) < 2 or record.withdrawn:
            continue
        holding = holding or _Holding(past, vocabulary, fetch)
        listed = (addresses.record(record), *map(addresses.former_record, record.aliases))
        known = (holding.announced.get(record.period), *(past.lines.get(f"/{address}") for address in listed))
        since = min((commit for commit in known if commit is not None), default=len(past.days))
        readable = [one for one, after in pairwise(every) if after.commit > since] + every[-1:]
        told = readable[0]
        for before, after in pairwise(readable):
            if before.record and after.record and len(after.record.corrections) > len(before.record.corrections):
                told = after
        if told.record is None:
            continue
        before_all, now = _claims(told.record, vocabulary), _claims(record, vocabulary)
        if _bare(before_all) != _bare(now):
            changed = differences(before_all, now)
            first = next(one for one in changed if _bare_of("gone", one) != _bare_of("new", one))
            field = "" if first.field == "body" else first.field
            mark = record.mark(field) if field else Mark(record.text_line)
            values = {"day": told.day, "was": _shown("gone", first), "now": _shown("new", first)}
            yield Problem(record.path, mark, "correction.missing", field, values["now"], values)


def _bare_of(kind: MarkedAs, difference: Difference) -> str:
    """Return what a later version no longer says, or says anew, without white space."""
    return "".join("".join(piece.text.split()) for piece in difference.texts if piece.kind == kind)


def _shown(kind: MarkedAs, difference: Difference) -> str:
    return "…".join(piece.text.strip() for piece in difference.texts if piece.kind == kind) or "—"


def _claims(record: Record, vocabulary: Vocabulary) -> Sequence[Statement]:
    """Return what a record says, without the notices of its corrections."""
    return [one for one in statements(record, vocabulary) if one.field != "corrections"]
