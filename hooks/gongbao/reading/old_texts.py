"""What records' files held at earlier commits, read by the rules of today. What was read once is not read again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from posixpath import splitext
from typing import NamedTuple

from ..problems.problem import Problem, errors
from ..records.record import RECORD_ENDINGS, Record
from ..records.version import Unshown
from ..records.vocabulary import Vocabulary
from ..text.statements import said_by, statements
from .file_lives import FileState
from .parsing import read_record
from .waivers import unwaived

Judge = Callable[[Record], Iterable[Problem]]  # finds what is wrong in a record alone


class OldText(NamedTuple):
    """What was read of a record's file as it was at a commit: the record, or why it is not shown."""

    record: Record | None
    unshown: Unshown = ""


@dataclass(frozen=True)
class OldTexts:
    """What was read of earlier commits, by a digest of all that it depends on (`text_key`).

    ``said`` has digests of what the texts say, and of what the present ones say that have changed.
    """

    texts: Mapping[bytes, OldText] = field(default_factory=dict)
    said: Mapping[bytes, bytes] = field(default_factory=dict)


def text_key(record: Record, state: FileState, vocabulary: Vocabulary) -> bytes:
    """Return a digest of all that the text of a record's file in a state depends on."""
    about = "\0".join([_path(record, state), *record.attachments, state.blob]).encode()
    return hashlib.sha256(vocabulary.digest + about).digest()


def _path(record: Record, state: FileState) -> str:
    """Return the path that a record's file had if it had always been where it is now."""
    return splitext(record.path)[0] + splitext(state.path)[1]


class TextReader:
    """Reads what a record's file was, each text once. ``blobs`` are those whose texts are not ``known``."""

    def __init__(
        self, record: Record, vocabulary: Vocabulary, blobs: Mapping[str, bytes], known: OldTexts, judge: Judge
    ) -> None:
        self._record, self._vocabulary, self._blobs = record, vocabulary, blobs
        self._known, self._judge = known, judge
        self.texts: dict[bytes, OldText] = {}
        self.said: dict[bytes, bytes] = {}

    def read(self, state: FileState) -> OldText:
        """Return the text of a state. The present one has been read."""
        key = text_key(self._record, state, self._vocabulary)
        text = self._known.texts.get(key)
        if text is None:
            data = self._blobs.get(state.blob)
            if data is None:
                return OldText(None, "unreadable")
            text = self._read(_path(self._record, state), data)
        self.texts[key] = text
        return text

    def says(self, state: FileState, record: Record) -> bytes:
        """Return a digest of what a record says in a state. Raises RecursionError as `statements` does."""
        key = text_key(self._record, state, self._vocabulary)
        said = self._known.said.get(key)
        if said is None:
            said = hashlib.sha256(repr(said_by(statements(record, self._vocabulary))).encode()).digest()
        self.said[key] = said
        return said

    def _read(self, path: str, data: bytes) -> OldText:
        """Read a text by the rules of today, so that nothing is shown that could not be published today."""
        now = self._record
        if not path.endswith(RECORD_ENDINGS):
            return OldText(None, "unreadable")
        record = read_record(data, path, now.period, now.slug, self._vocabulary, now.attachments).record
        if record is None:
            return OldText(None, "unreadable")
        root = path.partition("/")[0]
        found = errors(unwaived(self._judge(record), [record], self._vocabulary, root, complete=False))
        if found:
            private = any(problem.rule.startswith("private.") for problem in found)
            return OldText(None, "private" if private else "refused")
        try:
            statements(record, self._vocabulary)
        except RecursionError:
            return OldText(None, "unreadable")
        return OldText(record)
