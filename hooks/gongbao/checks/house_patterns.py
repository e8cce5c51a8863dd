"""``wording.pattern``: what a pattern in ``wording.yml`` finds in a line of a title, a summary or a body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..problems.problem import Problem
from ..records.vocabulary import Vocabulary
from ..records.wordlists import HouseWord
from .blocks import narrow_prose
from .passages import Hit, Passage, problem_in

_FIELDS = ("title", "summary", "body")


def check(passage: Passage, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield a problem of the entry's own level and message for every match of its pattern."""
    if passage.field not in _FIELDS:
        return
    for entry in vocabulary.wording:
        for hit in find_pattern(passage, entry) if entry.pattern else ():
            yield replace(problem_in(passage, "wording.pattern", hit), level=entry.level)


def find_pattern(passage: Passage, entry: HouseWord) -> Iterator[Hit]:
    """Find the matches of an entry's pattern, line by line: a long text then takes no longer than its lines."""
    values = (("message", entry.message or ""), ("reason", entry.reason or ""))
    at = 0
    for line in narrow_prose(passage).splitlines(keepends=True):
        for found in re.finditer(entry.pattern or "", line):
            if found[0].strip():
                yield Hit(at + found.start(), at + found.end(), values=values)
        at += len(line)
