"""``form.empty``: a record that says nothing below its title."""

from __future__ import annotations

from collections.abc import Iterator

from ...problems import Problem
from ...records import Record
from ...vocabulary import Vocabulary
from ..case import problem_at
from ..markup import readable


def check(record: Record, _vocabulary: Vocabulary) -> Iterator[Problem]:
    """Look for a text, figures, commitments or outcomes."""
    if record.withdrawn or record.figures or record.commitments or record.outcomes:
        return
    if not record.text.strip() or ("<!--" in record.text and not readable(record.text).strip()):
        yield problem_at(record, "form.empty", ("body",), record.title)
