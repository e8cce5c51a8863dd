"""``form.title``: a title that is too long for lists and feeds, or that ends like a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...problems.problem import Problem
from ...records.record import Record
from ...records.vocabulary import Vocabulary
from ...records.yamltree import Text
from ..case import problem_at

_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]")  # a title in Latin letters needs more characters
_SENTENCE = re.compile(r"(?:[。．，、；：！？…—,;:!?]|(?<=[^\x00-\x7f])\.)\s*$")
_NOTHING_SAID = re.compile(r"[。．，、；：,;:. ]+$")  # signs without which a title says the same


def is_wide(title: str) -> bool:
    """Whether a title has Chinese characters, and counts for the limit."""
    return _WIDE.search(title) is not None


def check(record: Record, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find a title that is too long or that ends like a sentence."""
    title, limit = record.title.rstrip(), vocabulary.site.limit("form.title")
    too_long = len(title) > limit and is_wide(title)
    if not (too_long or _SENTENCE.search(title)):
        return
    problem = problem_at(
        record, "form.title", ("title",), title, count=str(len(title)), limit=f"{limit:f}", last=title[-1]
    )
    bare, node = _NOTHING_SAID.sub("", title), record.node("title")
    if (
        not too_long
        and bare
        and not _SENTENCE.search(bare)
        and isinstance(node, Text)
        and (fix := node.fix(bare, safe=True))
    ):
        problem = replace(problem, values={**problem.values, "suggestion": fix.text}, fix=fix)
    yield problem
