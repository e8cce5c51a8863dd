"""The order of records, which is the same everywhere and never depends on the file system.

- Periods: oldest first (`Period.order`); undated ones before every dated one.
- Records within a period: by their unit's place in ``units.yml``, then by kind (overview, work, problems,
  proposals, plans), then by date (undated ones last), then by slug without case.
- Topics, units: as their word list has them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..problems.names import KindName
from ..records.dates import Date
from ..records.record import Record
from ..records.vocabulary import Vocabulary, fold

_KIND_ORDER: tuple[KindName, ...] = ("overview", "done", "problem", "proposal", "plan")


def records_in_order(records: Iterable[Record], vocabulary: Vocabulary) -> tuple[Record, ...]:
    """Return the records in order."""

    def key(record: Record) -> tuple[tuple[int, int], int, int, date, str]:
        unit, kind = vocabulary.units.place(record.unit), _KIND_ORDER.index(record.kind)
        return (record.period.order, unit, kind, _day(record.date), fold(record.slug))

    return tuple(sorted(records, key=key))


def _day(when: Date | None) -> date:
    """Return the day by which a date sorts: its first day. In an unknown year, a known month counts as of year 1.

    A record without a known month comes last.
    """
    if when is None:
        return date.max
    if when.first:
        return when.first
    return date(1, when.months[0], 1) if when.months else date.max
