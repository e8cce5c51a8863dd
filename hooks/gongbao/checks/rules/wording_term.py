"""``wording.term``: a word that the house does not use (``wording.yml``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...problems.problem import Problem
from ...records.vocabulary import Vocabulary
from ...records.wordlists import HouseWord
from ..blocks import narrow_prose
from ..passages import Hit, Passage, narrowed, problem_in

_FIELDS = ("title", "summary", "body")


def check(passage: Passage, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield a problem for every word in a title, summary or body that the house does not use."""
    if vocabulary.wording and passage.field in _FIELDS:
        for hit in find(passage, vocabulary.wording):
            yield problem_in(passage, "wording.term", hit)


def find(passage: Passage, words: Sequence[HouseWord]) -> Iterator[Hit]:
    """Find the wrong words. Of two that overlap, the longer counts. The right form may contain a wrong word."""
    text = _folded(narrow_prose(passage))
    taken = bytearray(len(text))
    hits = []
    forms = [(one.wrong, one.right, one.reason) for one in words if one.wrong and one.right]
    for not_used, used, reason in sorted(forms, key=lambda form: (-len(form[0]), form[0])):
        wrong, right = (_folded(narrowed(form)) for form in (not_used, used))
        within = _inside(text, wrong, right)
        for at in _places(text, wrong):
            end = at + len(wrong)
            if at not in within and not any(taken[at:end]) and not _part_of_latin(text, at, end):
                taken[at:end] = b"\1" * len(wrong)
                values = (("right", used), ("reason", reason or ""))
                hits.append(Hit(at, end, values=values, mended=used))
    yield from sorted(hits, key=lambda hit: hit.start)


def _folded(text: str) -> str:
    """Return a text in lower case, one sign for each sign. Offsets stay the same."""
    lower = text.lower()
    return (
        lower if len(lower) == len(text) else "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)
    )


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _inside(text: str, wrong: str, right: str) -> set[int]:
    """Return the places in a text where ``wrong`` is a part of ``right``."""
    offsets = list(_places(right, wrong))
    return {at + offset for at in _places(text, right) for offset in offsets} if offsets else set()


def _part_of_latin(text: str, at: int, end: int) -> bool:
    """Whether a match is a part of a longer Latin word: APP in APPLE is no match."""
    return (_latin(text[at]) and at > 0 and _latin(text[at - 1])) or (
        _latin(text[end - 1]) and end < len(text) and _latin(text[end])
    )


def _latin(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()
