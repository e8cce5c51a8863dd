"""``copy.record``: a record that repeats another's text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from ...problems import Problem
from ...records import Record
from ..case import Case
from ..copies import compared, fingerprints, repeated_in_body, share
from ..passages import Hit, body_of, problem_in

LEAST = 80  # characters of a body, without spaces
SHARE = 0.5  # of the body's characters that count
# The first so many records with a fingerprint are kept: what stands in hundreds of records is looked for in a few, so
# that time grows with the archive and not with its square. Of those the ones with the most in common are tried.
_KEPT, _TRIED = 8, 3
_WORTH_TRYING = SHARE / 3  # of the fingerprints: runs that are short and far between leave fewer than their share
_SHOWN = 40


def check(case: Case) -> Iterator[Problem]:
    """Compare each body with those before it in the archive's order, and tell the one that it repeats most."""
    before: dict[str, list[int]] = {}
    texts: list[tuple[Record, str]] = []
    for record in case.archive.records:
        if len(record.text) < LEAST or len("".join(record.text.split())) < LEAST:
            continue
        text = compared(record)
        prints = fingerprints(text)
        yield from _copied(record, text, [texts[at] for at in _candidates(prints, before)])
        for one in prints:
            kept = before.setdefault(one, [])
            if len(kept) < _KEPT:
                kept.append(len(texts))
        texts.append((record, text))


def _candidates(prints: frozenset[str], before: Mapping[str, Sequence[int]]) -> Sequence[int]:
    counts = Counter(chain.from_iterable(map(before.__getitem__, prints & before.keys())))
    worth = [at for at, count in counts.items() if count >= _WORTH_TRYING * len(prints)]
    return sorted(worth, key=lambda at: (-counts[at], at))[:_TRIED]


def _copied(record: Record, text: str, others: Sequence[tuple[Record, str]]) -> Iterator[Problem]:
    shares = [(share(text, other_text), other) for other, other_text in others]
    much, other = max(shares, key=lambda pair: pair[0], default=(0.0, record))
    if much >= SHARE:
        start, end = max(repeated_in_body(record, other), key=lambda part: part[1] - part[0])
        values = (("share", f"{much * 100:.0f}"), ("other", other.path), ("title", other.title))
        shown = record.text[start : min(end, start + _SHOWN)]
        yield problem_in(body_of(record), "copy.record", Hit(start, end, shown, values))
