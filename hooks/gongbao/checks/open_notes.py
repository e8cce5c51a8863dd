"""An importer's notes, ``<!-- 待核: … -->``: counted in a draft (``note.open``), and not published (``note.kept``)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..problems.problem import Problem
from ..records.record import Record
from ..records.vocabulary import Vocabulary
from .passages import Hit, body_of, problem_in

_NOTE = re.compile(r"<!--\s*待核\s*[:：]?\s*(?P<note>.*?)\s*-->", re.DOTALL)


def has_note(text: str) -> bool:
    """Whether a text has an open note."""
    return "<!--" in text and _NOTE.search(text) is not None


def check(record: Record, _vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find the first open note of a record, and say how many there are."""
    body = body_of(record)
    notes = [*_NOTE.finditer(body.text)]
    if notes and not record.withdrawn:
        values = (("count", str(len(notes))),)
        rule = "note.open" if record.draft else "note.kept"
        yield problem_in(body, rule, Hit(notes[0].start(), notes[0].end(), notes[0]["note"], values))
