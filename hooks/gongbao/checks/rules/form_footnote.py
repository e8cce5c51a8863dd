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
    text = without_code(passage.narrow)
    notes = {found[1] for found in _NOTE.finditer(text)}
    numbers = list(_NUMBER.finditer(text))
    without_note = {found[1] for found in numbers} - notes
    without_number = notes - {found[1] for found in numbers}
    for found in numbers:
        if found[1] not in notes and len(without_note) == len(without_number) == 1:
            meant = f"[^{next(iter(without_number))}]"
            yield Hit(*found.span(), values=(("suggestion", meant),), mended=meant)
        elif found[1] not in notes:
            yield Hit(*found.span())


check = in_passages("form.footnote", find)
