"""Repetitions: the runs of characters that one text shares with another.

Only letters, digits and Chinese characters count. Spaces and punctuation do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache
from itertools import compress

RUN = 12  # characters in a row that two texts must share; shorter runs are common phrases
_NOT_COUNTED = re.compile(r"[\W_]+")
_GRAM = 8  # characters of a run that are looked for first; most texts share runs of fewer
# Whether a byte is a multiple of four. Each character is tested by the last byte of its number in Unicode, because
# Python is fast at bytes.
_ONE_IN_FOUR = bytes(number % 4 == 0 for number in range(256))


def counted_characters(text: str) -> str:
    """Return the characters of a text that count."""
    return _NOT_COUNTED.sub("", text)


def shingles(text: str) -> set[str]:
    """Return the shingles of a text: every run of `RUN` characters in it."""
    return {text[at : at + RUN] for at in range(len(text) - RUN + 1)}


def covered_spans(text: str, known: Set[str]) -> Iterator[tuple[int, int]]:
    """Yield the parts ``[start, end)`` of a text that ``known`` shingles cover, in time linear in its length."""
    start = end = -1
    for at in range(len(text) - RUN + 1):
        if text[at : at + RUN] in known:
            if at > end:
                if end > start:
                    yield start, end
                start = at
            end = at + RUN
    if end > start:
        yield start, end


def repeated_as_written(text: str, other: str) -> list[tuple[int, int]]:
    """Return the parts ``[start, end)`` of a text that repeat another text. Offsets count all characters."""
    places = [at for at, sign in enumerate(text) if sign.isalnum()]
    return [
        (places[start], places[end - 1] + 1)
        for start, end in covered_spans(counted_characters(text), shingles(counted_characters(other)))
    ]


def repeated_share(texts: Iterable[str], others: Iterable[str], least: float) -> float:
    """Return the share, 0 to 1, of the characters of some texts that repeat others. A share below ``least`` gives 0.

    A run lies within one text.
    """
    mine, theirs = [*map(_counted_once, texts)], [*map(_counted_once, others)]
    length = sum(map(len, mine))
    if not theirs or _hints(mine, theirs) < least * length / (2 * RUN):
        return 0.0
    known = set().union(*map(shingles, theirs))
    much = sum(end - start for text in mine for start, end in covered_spans(text, known)) / length if length else 0.0
    return much if much >= least else 0.0


def _hints(texts: Iterable[str], others: Iterable[str]) -> int:
    """Count the selected grams that some texts share with others.

    Each shared shingle has at least one such gram, and two overlapping shingles may have the same one. So a shared run
    has at least one gram for every two shingles' length.
    """
    known = set().union(*(_grams_once(text, _GRAM) for text in others))
    return sum(sum(map(known.__contains__, _grams_once(text, _GRAM))) for text in texts)


def selected_grams(text: str, length: int) -> Sequence[str]:
    """Return some grams of a text, each of ``length`` characters.

    Two texts that share a shingle share at least one of these grams. A gram is selected if the number of its first
    character in Unicode is a multiple of four, or if none of the characters before it has such a number, as far as a
    shingle is longer than a gram. Like in winnowing (Schleimer, Wilkerson and Aiken, 2003), the selection depends on
    the few characters around a gram and on nothing else.
    """
    window = RUN - length
    is_sign = text.encode("utf-32-le", "surrogatepass")[::4].translate(_ONE_IN_FOUR)
    places = [*compress(range(len(text)), is_sign)]
    for found in re.finditer(rb"\x00{%d,}" % (window + 1), is_sign):
        places += range(found.start() + window, found.end())
    return [text[at : at + length] for at in places if at + length <= len(text)]


# Results are cached because a bulletin is compared twice: with the last bulletin, and then with the next.
_counted_once = lru_cache(maxsize=1 << 9)(counted_characters)
_grams_once = lru_cache(maxsize=1 << 9)(selected_grams)
