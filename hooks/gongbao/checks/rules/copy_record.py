"""``copy.record``: a record that repeats the text of another record."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from ...problems.problem import Problem
from ...records.numerals import NUMERAL
from ...records.record import Record
from ..case import Case
from ..copies import LEAST, compared_characters, copied_share, is_long, repeated_in_body
from ..passages import Hit, body_of, problem_in

# Only the first few records with a fingerprint (_HOLDERS) are remembered. So the time grows with the archive and not
# with its square, although some texts stand in hundreds of records. The few records that share the most fingerprints
# with a record (_TRIED) are compared with it.
_HOLDERS, _TRIED = 8, 3
_ASKED = 64  # how many fingerprints of a record are looked for: the lowest ones, which are as good as a random sample
_WORTH_TRYING = 1 / 3  # of the share: the least share of common fingerprints; short copied runs have fewer
_SENTENCE = 15  # characters that two records would hardly have in common by chance
_NUMBER = re.compile(rf"\d|{NUMERAL}月")
_SHOWN = 40
_SEVERAL = 3  # short bodies that are copies together, however short they are


@dataclass(frozen=True, slots=True)
class _Body:
    """The compared characters of a body, how many there are, and the record that they repeat most of."""

    record: Record
    size: int
    share: float
    other: Record


def check(case: Case) -> Iterator[Problem]:
    """Find each body that repeats one of the bodies before it in the archive's order, and name the most similar one.

    A short body is told of where its unit's bodies of that period, together, are copies of others.
    """
    share = float(case.archive.vocabulary.site.limit("copy.record")) / 100  # the least share that makes a copy
    halves: dict[tuple[str, str], list[_Body]] = defaultdict(list)
    for record, others in _with_candidates(case, share):
        body = _compared(record, others)
        halves[record.unit, record.period.id].append(body)
    for bodies in halves.values():
        copies = [body for body in bodies if body.share >= share]
        together = _are_copies(copies, bodies, share)
        yield from (_problem(body) for body in copies if together or is_long(body.record) or _is_repeated(body))


def _is_repeated(body: _Body) -> bool:
    """Whether a short body is that of another record of its unit, word for word.

    Of another period, it has to tell a number: of what is done alike in each half, units may write alike.
    """
    record, other = body.record, body.other
    if record.unit != other.unit or body.share < 1.0 or compared_characters(record) != compared_characters(other):
        return False
    if record.period == other.period:
        return body.size >= _SENTENCE
    return body.size >= 2 * _SENTENCE and _NUMBER.search(record.text) is not None


def _are_copies(copies: Sequence[_Body], bodies: Sequence[_Body], share: float) -> bool:
    """Whether most of what a unit wrote for a period is copied, and enough of it to call that a copy."""
    size, copied = sum(body.size for body in bodies), sum(body.size for body in copies)
    return copied >= share * size and (size >= LEAST or len(copies) >= _SEVERAL)


def _with_candidates(case: Case, share: float) -> Iterator[tuple[Record, Sequence[Record]]]:
    """Yield every record with those before it that it may repeat."""
    before: dict[int, list[int]] = {}
    every = case.archive.records
    wanted = {one for prints in case.fingerprints.values() for one in prints[:_ASKED]}
    for at, record in enumerate(every):
        prints = case.fingerprints.get(record.path, ())
        yield record, [every[other] for other in _candidates(prints[:_ASKED], before, share)]
        for one in wanted.intersection(prints):
            holders = before.setdefault(one, [])
            holders.append(at)
            if len(holders) == _HOLDERS:
                wanted.remove(one)


def _candidates(prints: Sequence[int], before: Mapping[int, Sequence[int]], share: float) -> Sequence[int]:
    counts = Counter(chain.from_iterable(filter(None, map(before.get, prints))))
    least = _WORTH_TRYING * share * len(prints)
    if max(counts.values(), default=0) < least:
        return []  # the answer for nearly all records
    worth = [at for at, count in counts.items() if count >= least]
    return sorted(worth, key=lambda at: (-counts[at], at))[:_TRIED]


def _compared(record: Record, others: Sequence[Record]) -> _Body:
    if not others:  # nearly always; the size is then near enough
        return _Body(record, len(record.text), 0.0, record)
    text = compared_characters(record)
    shares = [(copied_share(text, compared_characters(other)), other) for other in others]
    return _Body(record, len(text), *max(shares, key=lambda pair: pair[0]))


def _problem(body: _Body) -> Problem:
    record, other = body.record, body.other
    whole = (0, len(record.text))  # of a body with fewer characters than a run has
    start, end = max(repeated_in_body(record, other), key=lambda part: part[1] - part[0], default=whole)
    values = (("share", f"{body.share * 100:.0f}"), ("other", other.path), ("title", other.title))
    shown = record.text[start : min(end, start + _SHOWN)]
    return problem_in(body_of(record), "copy.record", Hit(start, end, shown, values))
