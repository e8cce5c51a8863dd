"""``title.numbered``: a title with a number before it. ``text.title``: a body that begins with the title.

The number is of the report that the record was in; the title stands above the body on the record's page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..problems.problem import Problem
from ..records.record import Record
from ..records.vocabulary import Vocabulary
from ..records.yamltree import Text
from .case import problem_at
from .passages import Hit, Passage, body_of, problem_in

_NUMBER = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]"
    r"|\d{1,2}(?:、(?!\d)|[.．](?!\d)))[ \u3000]*(?=\S)"
)
_AROUND = re.compile(r"[\s#*_《》]+")
_FIRST_LINE = re.compile(r"[ \t\u3000\n]*([^\n]+)\n\s*(?=\S)")


def check(record: Record, _vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find a number at the beginning of the title, and a first line that is the title again."""
    found = _NUMBER.match(record.title)
    if found and isinstance(node := record.node("title"), Text):
        bare = record.title[found.end() :]
        problem = problem_at(record, "title.numbered", ("title",), record.title, suggestion=bare)
        yield replace(problem, fix=node.fix(bare))
    body = body_of(record)
    if found := repeated_title(body):
        yield problem_in(body, "text.title", Hit(*found.span(), found[1].strip(), mended="", safe=True))


def repeated_title(body: Passage) -> re.Match[str] | None:
    """Return the first line of a body, with the blank lines after it, if it is the title and more follows."""
    title = _AROUND.sub("", body.record.title)
    found = _FIRST_LINE.match(body.text) if title else None
    return found if found and _AROUND.sub("", found[1]) == title else None
