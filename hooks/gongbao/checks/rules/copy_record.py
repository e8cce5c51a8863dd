"""``copy.record``: a record that repeats the text of another record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from ...problems.problem import Problem
from ...records.record import Record
from ..case import Case
from ..copies import compared_characters, copied_share, repeated_in_body
from ..passages import Hit, body_of, problem_in

SHARE = 0.5  # the least share of a body's compared characters that are repeated in a copy
# Only the first few records with a fingerprint (_HOLDERS) are remembered. So the time grows with the archive and not
# with its square, although some texts stand in hundreds of records. The few records that share the most fingerprints
# with a record (_TRIED) are compared with it.
_HOLDERS, _TRIED = 8, 3
_ASKED = 64  # how many fingerprints of a record are looked for: the lowest ones, which are as good as a random sample
_WORTH_TRYING = SHARE / 3  # the least share of common fingerprints: short copied runs have fewer than their characters
_SHOWN = 40


def check(case: Case) -> Iterator[Problem]:
    """Find each body that repeats one of the bodies before it in the archive's order, and name the most similar one."""
    before: dict[int, list[int]] = {}
    every = case.archive.records
    wanted = {one for prints in case.fingerprints.values() for one in prints[:_ASKED]}
    for at, record in enumerate(every):
        prints = case.fingerprints.get(record.path, ())
        if others := [every[other] for other in _candidates(prints[:_ASKED], before)]:
            yield from _copied(record, others)
        for one in wanted.intersection(prints):
            holders = before.setdefault(one, [])
            holders.append(at)
            if len(holders) == _HOLDERS:
                wanted.remove(one)


def _candidates(prints: Sequence[int], before: Mapping[int, Sequence[int]]) -> Sequence[int]:
    counts = Counter(chain.from_iterable(filter(None, map(before.get, prints))))
    least = _WORTH_TRYING * len(prints)
    if max(counts.values(), default=0) < least:
        return []  # the answer for nearly all records
    worth = [at for at, count in counts.items() if count >= least]
    return sorted(worth, key=lambda at: (-counts[at], at))[:_TRIED]


def _copied(record: Record, others: Sequence[Record]) -> Iterator[Problem]:
    text = compared_characters(record)
    shares = [(copied_share(text, compared_characters(other)), other) for other in others]
    much, other = max(shares, key=lambda pair: pair[0], default=(0.0, record))
    if much >= SHARE:
        start, end = max(repeated_in_body(record, other), key=lambda part: part[1] - part[0])
        values = (("share", f"{much * 100:.0f}"), ("other", other.path), ("title", other.title))
        shown = record.text[start : min(end, start + _SHOWN)]
        yield problem_in(body_of(record), "copy.record", Hit(start, end, shown, values))
