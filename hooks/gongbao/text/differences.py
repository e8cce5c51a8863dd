"""The differences of two versions of a record, word by word: a Chinese character counts as a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

from .statements import Statement

_UNITS = "人次|平方米|公里|公斤|[元人户家个名次场件项份期届天年月日时点岁间处所批套张只条位部辆%％‰]"
_WORD = re.compile(rf"\d+(?:[.,]\d+)*(?:[万亿]*(?:{_UNITS})|[万亿]+)?|[^\W\d_\u2e80-\U0003ffff]+|\s+|.", re.DOTALL)
_FEW = 2  # so short a text, alone between two changes, is taken for changed too: else a sentence falls into crumbs
# The largest product of two lengths that are compared: what is longer counts as changed whole.
_LARGEST = 1_000_000

MarkedAs = Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A part of a text: ``same`` in both versions, ``gone`` from the earlier one, or ``new`` in the later one."""

    kind: MarkedAs
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A statement that differs: the field, and its text in pieces."""

    field: str
    texts: tuple[MarkedText, ...]


def differences(before: Sequence[Statement], after: Sequence[Statement]) -> tuple[Difference, ...]:
    """Return what differs between two versions, in their order; nothing of what is the same in both."""
    found: list[Difference] = []
    for field in dict.fromkeys(one.field for one in (*before, *after)):
        old, new = ([one.text for one in every if one.field == field] for every in (before, after))
        for start, end, from_, to in _changed(old, new):
            pairs = zip_longest(old[start:end], new[from_:to], fillvalue="")
            found += [Difference(field, marked(earlier, later)) for earlier, later in pairs]
    return tuple(found)


def marked(before: str, after: str) -> tuple[MarkedText, ...]:
    """Return the pieces of two texts, from which either can be put together again."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    made: list[MarkedText] = []
    at = 0
    for start, end, from_, to in _joined([*_changed(old, new)], old):
        made += [
            MarkedText("same", "".join(old[at:start])),
            MarkedText("gone", "".join(old[start:end])),
            MarkedText("new", "".join(new[from_:to])),
        ]
        at = end
    made.append(MarkedText("same", "".join(old[at:])))
    return tuple(piece for piece in made if piece.text)


_ChangedRange = tuple[int, int, int, int]  # from and to in the earlier list, from and to in the later one


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[_ChangedRange]:
    """Yield the spans in which two lists differ."""
    limit = min(len(old), len(new))
    head = next((at for at in range(limit) if old[at] != new[at]), limit)
    limit -= head
    tail = next((at for at in range(limit) if old[-1 - at] != new[-1 - at]), limit)
    left, right = old[head : len(old) - tail], new[head : len(new) - tail]
    if left and right and len(left) * len(right) <= _LARGEST:
        for kind, start, end, from_, to in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
            if kind != "equal":
                yield head + start, head + end, head + from_, head + to
    elif left or right:
        yield head, len(old) - tail, head, len(new) - tail


def _joined(spans: Sequence[_ChangedRange], old: Sequence[str]) -> list[_ChangedRange]:
    """Join spans between which next to nothing is the same."""
    joined: list[_ChangedRange] = []
    for span in spans:
        if joined and len("".join(old[joined[-1][1] : span[0]])) < _FEW:
            joined[-1] = (joined[-1][0], span[1], joined[-1][2], span[3])
        else:
            joined.append(span)
    return joined
