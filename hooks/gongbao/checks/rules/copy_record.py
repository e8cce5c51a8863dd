"""``copy.record``: a record that repeats another's text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from ...problems.problem import Problem
from ...records.record import Record
from ..case import Case
from ..copies import compared_characters, copied_share, repeated_in_body
from ..passages import Hit, body_of, problem_in

SHARE = 0.5  # of the body's characters that count
# The first so many records with a fingerprint are kept: what stands in hundreds of records is looked for in a few, so
# that time grows with the archive and not with its square. Of those the ones with the most in common are tried.
_HOLDERS, _TRIED = 8, 3
_ASKED = 64  # fingerprints of a record that are looked for, the lowest: as good as drawn by lot
_WORTH_TRYING = SHARE / 3  # of the fingerprints: runs that are short and far between leave fewer than their share
_SHOWN = 40


def check(case: Case) -> Iterator[Problem]:
    """Compare each body with those before it in the archive's order, and tell the one that it repeats most."""
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
        return []  # as with nearly all records
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
