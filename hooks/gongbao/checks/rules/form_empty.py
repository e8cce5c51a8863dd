"""``form.empty``: a record with nothing below its title."""

from __future__ import annotations

from collections.abc import Iterator

from ...problems.problem import Problem
from ...records.record import Record
from ...records.vocabulary import Vocabulary
from ..body import without_code
from ..case import problem_at
from ..open_notes import has_note


def check(record: Record, _vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find a record without a text, figures, commitments and outcomes. A draft with open notes is told by those."""
    if record.draft and has_note(record.text):
        return
    if record.withdrawn or record.figures or record.commitments or record.outcomes:
        return
    if not record.text.strip() or ("<!--" in record.text and not without_code(record.text).strip()):
        yield problem_at(record, "form.empty", ("body",), record.title)
