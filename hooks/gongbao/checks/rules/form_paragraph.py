"""``form.paragraph``: a paragraph that is too long to be read on a screen."""

from __future__ import annotations

from collections.abc import Iterator

from ...problems.problem import Problem
from ...records.vocabulary import Vocabulary
from ..blocks import lines
from ..passages import Hit, Passage, problem_in

_SHOWN = 20


def check(passage: Passage, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find long paragraphs and items of lists in a body. Addresses, code and repeated spaces do not count."""
    limit = vocabulary.site.limit("form.paragraph")
    if not passage.is_body or len(passage.text) <= limit:
        return
    for start, end, count in _measured(passage):
        if count > limit:
            shown = passage.text[start : start + _SHOWN]
            hit = Hit(start, end, f"{shown}…", (("count", str(count)), ("limit", f"{limit:f}")))
            yield problem_in(passage, "form.paragraph", hit)


def _measured(passage: Passage) -> Iterator[tuple[int, int, int]]:
    """Yield each paragraph's start, end and length in characters. An indented line begins a new paragraph."""
    start, end, count = 0, 0, 0
    for line in lines(passage):
        goes_on = line.kind == "plain" and not passage.text.startswith("\u3000", line.start)
        if not goes_on and count:
            yield start, end, count
            count = 0
        if line.kind in ("plain", "item", "quote"):
            start = start if count else line.start + line.at
            end = line.start + len(line.text.rstrip())
            count += len(" ".join(line.text[line.at :].split()))
    if count:
        yield start, end, count
