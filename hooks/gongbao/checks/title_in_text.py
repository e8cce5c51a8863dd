"""``text.title``: a body that begins with the record's own title, which the page shows above it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..problems.problem import Problem
from ..records.record import Record
from ..records.vocabulary import Vocabulary
from .passages import Hit, Passage, body_of, problem_in

_AROUND = re.compile(r"[\s#*_《》]+")
_FIRST_LINE = re.compile(r"[ \t\u3000\n]*([^\n]+)\n\s*(?=\S)")


def check(record: Record, _vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find a first line that is the title again."""
    body = body_of(record)
    if found := repeated_title(body):
        yield problem_in(body, "text.title", Hit(*found.span(), found[1].strip(), mended="", safe=True))


def repeated_title(body: Passage) -> re.Match[str] | None:
    """Return the first line of a body, with the blank lines after it, if it is the title and more follows."""
    title = _AROUND.sub("", body.record.title)
    found = _FIRST_LINE.match(body.text) if title else None
    return found if found and _AROUND.sub("", found[1]) == title else None
