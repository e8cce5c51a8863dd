"""``form.footnote``: a footnote's number without a note, which readers see as it is typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..body import without_code
from ..passages import Hit, Passage, in_passages

_NOTE = re.compile(r"^ {0,3}\[\^([^\[\]\n]{1,40})\]:", re.MULTILINE)
_NUMBER = re.compile(r"(?<!\\)\[\^([^\[\]\n]{1,40})\](?!:)")


def find(passage: Passage) -> Iterator[Hit]:
    """Find the numbers of footnotes in a body that no note belongs to."""
    if not passage.is_body or "[^" not in passage.text:
        return
    text = without_code(passage.text)
    notes = {found[1] for found in _NOTE.finditer(text)}
    for found in _NUMBER.finditer(text):
        if found[1] not in notes:
            yield Hit(*found.span())


check = in_passages("form.footnote", find)
