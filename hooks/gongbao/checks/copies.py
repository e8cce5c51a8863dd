"""Copied text: the runs of characters that two records share, and the share of a text that they make up.

Only letters, digits and Chinese characters are compared. Spaces, punctuation, addresses and code do not count, and a
wide sign equals its half-width form. Every function takes time linear in the length of the texts.
"""

from __future__ import annotations

from array import array
from zlib import crc32

from ..records.record import Record
from ..text.repeats import counted_characters, covered_spans, selected_grams, shingles
from .blocks import narrow_prose
from .passages import body_of

_GRAM = 5  # characters behind each fingerprint
LEAST = 80  # characters without spaces that texts must have to be called a copy


def compared_characters(record: Record) -> str:
    """Return the characters of a record's body that are compared."""
    return counted_characters(narrow_prose(body_of(record)))


def is_long(record: Record) -> bool:
    """Whether a body alone can be a copy. Short ones are looked at together."""
    return len(record.text) >= LEAST and len("".join(record.text.split())) >= LEAST


def fingerprints(record: Record) -> array[int]:
    """Return a body's fingerprints: different numbers of 32 bits, ascending; none for a body of a few characters.

    They are the checksums (CRC-32) of the grams that `repeats.selected_grams` returns.
    """
    return array("I", sorted(set(map(crc32, map(str.encode, selected_grams(compared_characters(record), _GRAM))))))


def copied_share(text: str, other: str) -> float:
    """Return the share, 0 to 1, of a text's characters that it repeats from another text."""
    if text == other:  # also of fewer characters than a run has
        return 1.0
    return sum(end - start for start, end in covered_spans(text, shingles(other))) / len(text) if text else 0.0


def repeated_in_body(record: Record, other: Record) -> list[tuple[int, int]]:
    """Return the parts ``[start, end)`` of a record's body that repeat the body of another record."""
    places = [at for at, sign in enumerate(narrow_prose(body_of(record))) if sign.isalnum()]
    return [
        (places[start], places[end - 1] + 1)
        for start, end in covered_spans(compared_characters(record), shingles(compared_characters(other)))
    ]
