"""Text that stands in two records: which runs of characters, and what share of a text they make up.

The comparison sees letters, digits and Chinese characters alone. Spaces, punctuation, addresses and code do not count,
and a wide sign equals its half-width form. Every function is linear in the length of the texts.
"""

from __future__ import annotations

from array import array
from zlib import crc32

from ..records.record import Record
from ..text.repeats import counted_characters, covered_spans, selected_grams, shingles
from .blocks import narrow_prose
from .passages import body_of

_GRAM = 5  # characters that a fingerprint is made of
LEAST = 80  # characters of a body, without spaces; a shorter body is not compared


def compared_characters(record: Record) -> str:
    """Return the characters of a body that count."""
    return counted_characters(narrow_prose(body_of(record)))


def fingerprints(record: Record) -> array[int] | None:
    """Return a body's fingerprints, ascending numbers of 32 bits, each once; None for one too short to compare.

    They are checksums of the grams that `repeats.selected_grams` returns.
    """
    if len(record.text) < LEAST or len("".join(record.text.split())) < LEAST:
        return None
    return array("I", sorted(set(map(crc32, map(str.encode, selected_grams(compared_characters(record), _GRAM))))))


def copied_share(text: str, other: str) -> float:
    """Return the share of a text's characters that it repeats from the other, 0 to 1."""
    return sum(end - start for start, end in covered_spans(text, shingles(other))) / len(text) if text else 0.0


def repeated_in_body(record: Record, other: Record) -> list[tuple[int, int]]:
    """Return the parts of a record's body, as offsets into it, that repeat the other's."""
    places = [at for at, sign in enumerate(narrow_prose(body_of(record))) if sign.isalnum()]
    return [
        (places[start], places[end - 1] + 1)
        for start, end in covered_spans(compared_characters(record), shingles(compared_characters(other)))
    ]
