"""``form.footnote``: a footnote's number without a note, or one as Word copies it ([1]): readers see what is typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...records.numerals import numeral_value
from ..body import without_code
from ..passages import Hit, Passage, in_passages

_NOTE = re.compile(r"^ {0,3}\[\^([^\[\]\n]{1,40})\]:", re.MULTILINE)
# As Word copies them: [1], [注1], 〔1〕, and ① at the end of a clause. A note's line begins with it.
_WORD_NOTE = re.compile(r"^ {0,3}(?:[\[〔](注?\d{1,2})[\]〕](?![(:\[])|([①-⑳]))[ \t:]*(?=\S)", re.MULTILINE)
_WORD_NUMBER = re.compile(
    r"(?<=[^\s\\\]!])[\[〔](注?\d{1,2})[\]〕](?![(:\[\d])|(?<=[\u4e00-\u9fff\d)”》])([①-⑳])(?=[,。;:、!)]|$)",
    re.MULTILINE,
)
_ANY = re.compile(r"[\[［〔①]")
_NUMBER = re.compile(r"(?<!\\)\[\^([^\[\]\n]{1,40})\](?!:)")


def find(passage: Passage) -> Iterator[Hit]:
    """Find the numbers of footnotes in a body that no note belongs to."""
    if not passage.is_body or not _ANY.search(passage.text):
        return
    text = without_code(passage.narrow)
    yield from _of_word(text)
    notes = {found[1] for found in _NOTE.finditer(text)}
    numbers = list(_NUMBER.finditer(text))
    without_note = {found[1] for found in numbers} - notes
    without_number = notes - {found[1] for found in numbers}
    for found in numbers:
        if found[1] not in notes and len(without_note) == len(without_number) == 1:
            meant = f"[^{next(iter(without_number))}]"
            yield Hit(*found.span(), values=(("leftover", "no-note"), ("suggestion", meant)), mended=meant)
        elif found[1] not in notes:
            yield Hit(*found.span(), values=(("leftover", "no-note"),))


def _of_word(text: str) -> Iterator[Hit]:
    """Find the numbers and the notes as Word copies them: each number has one line at the end that begins with it."""
    notes = [*_WORD_NOTE.finditer(text)]
    if not notes:
        return
    numbers = [*_WORD_NUMBER.finditer(text, 0, notes[0].start())]
    named = [found[1] or found[2] for found in notes]
    if len(set(named)) < len(named) or {found[1] or found[2] for found in numbers} != set(named):
        return
    for found in (*numbers, *notes):
        name = (found[1] or str(numeral_value(found[2]))).lstrip("注")
        right = f"[^{name}]{': ' if found in notes else ''}"
        yield Hit(*found.span(), values=(("leftover", "word-note"), ("suggestion", right)), mended=right, safe=True)


check = in_passages("form.footnote", find)
