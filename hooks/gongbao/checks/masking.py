"""Problems name private data without repeating them: more people may read a report than the record."""

from __future__ import annotations

from .passages import Hit, Passage

_SHORT = 4  # signs; a longer text shows two at either end


def masked(text: str) -> str:
    """Return a text with its first and last sign or two, the others starred: ``44**************71``, ``柳*风``."""
    shown = 1 if len(text) <= _SHORT else 2
    last = "" if len(text) <= shown + 1 else text[-shown:]
    return text[:shown] + "*" * (len(text) - shown - len(last)) + last


def masked_hit(passage: Passage, start: int, end: int) -> Hit:
    """Make a hit whose text is not repeated."""
    return Hit(start, end, masked(passage.text[start:end]))
