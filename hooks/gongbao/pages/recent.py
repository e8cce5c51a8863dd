"""The latest changes: corrections, withdrawals, and the records that were added or edited, as far as git knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from ..archive.derived import Derived
from ..records.dates import Date, parse_date
from ..records.periods import Period
from ..records.record import Record

NEWEST_CHANGES = 6
_ChangeKind = Literal["corrected", "withdrawn", "added", "edited"]


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a period's records on a day. A correction or a withdrawal concerns one record and has a text."""

    day: Date
    kind: _ChangeKind
    period: Period
    records: tuple[Record, ...]
    text: str = ""


def recent_changes(derived: Derived, number: int = NEWEST_CHANGES) -> tuple[Change, ...]:
    """Return the latest changes, newest first.

    On one day, corrections and withdrawals come first, then added records, then edited ones. Changes of one kind stand
    by period, newest first.
    """
    return tuple(islice(sorted(_changes(derived), key=_place, reverse=True), number))


def _place(change: Change) -> tuple[str, int, tuple[int, int]]:
    rank = {"corrected": 2, "withdrawn": 2, "added": 1, "edited": 0}[change.kind]
    return change.day.text, rank, change.period.order


def _changes(derived: Derived) -> Iterator[Change]:
    together: dict[tuple[str, _ChangeKind, Period], list[Record]] = defaultdict(list)
    for record in derived.archive.records:
        for correction in record.corrections:
            yield Change(correction.date, "corrected", record.period, (record,), correction.text)
        if day := derived.last_changed.get(record.path):
            kind: _ChangeKind = "added" if derived.first_seen.get(record.path) == day else "edited"
            together[day, kind, record.period].append(record)
    for record in derived.archive.withdrawn:
        if record.withdrawn:
            yield Change(record.withdrawn.date, "withdrawn", record.period, (record,), record.withdrawn.reason)
    for (day, kind, period), records in together.items():
        yield Change(parse_date(day), kind, period, tuple(records))
