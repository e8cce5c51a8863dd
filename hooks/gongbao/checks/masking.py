"""Private data in problems: they are masked, because more people may read a report than the record."""

from __future__ import annotations

from .passages import Hit, Passage

_SHORT = 4  # signs; of a longer text, two signs at each end are shown


def masked(text: str) -> str:
    """Return a text with stars for all but one or two signs at each end: ``44**************71``, ``柳*风``."""
    shown = 1 if len(text) <= _SHORT else 2
    last = "" if len(text) <= shown + 1 else text[-shown:]
    return text[:shown] + "*" * (len(text) - shown - len(last)) + last


def masked_hit(passage: Passage, start: int, end: int) -> Hit:
    """Return a hit for ``[start, end)`` that shows the text masked."""
    return Hit(start, end, masked(passage.text[start:end]))
