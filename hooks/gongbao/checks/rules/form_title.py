"""``form.title``: a title that is too long for lists and feeds, or that ends like a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...problems.problem import Problem
from ...records.record import Record
from ...records.vocabulary import Vocabulary
from ..case import problem_at

LIMIT = 30  # characters of a title
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]")  # a title in Latin letters needs more characters
_SENTENCE = re.compile(r"(?:[。．，、；：！？…—,;:!?]|(?<=[^\x00-\x7f])\.)\s*$")


def check(record: Record, _vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find a title that is too long or that ends like a sentence."""
    title = record.title.rstrip()
    length = len(title) if _WIDE.search(title) else 0
    if length > LIMIT or _SENTENCE.search(title):
        yield problem_at(record, "form.title", ("title",), title, count=str(len(title)), limit=str(LIMIT))
