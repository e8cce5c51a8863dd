"""``form.summary``: a highlight without a summary."""

from __future__ import annotations

from collections.abc import Iterator

from ...problems.problem import Problem
from ...records.record import Record
from ...records.vocabulary import Vocabulary
from ..case import problem_at


def check(record: Record, _vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find a highlight without a summary."""
    if record.highlight and not record.withdrawn and not (record.summary or "").strip():
        yield problem_at(record, "form.summary", ("highlight",), record.title)
