"""The order of records, which is the same everywhere and never depends on the file system.

- Periods: oldest first (`Period.order`); undated ones before every dated one.
- Records within a period: by their unit's place in ``units.yml``, then by kind (overview, work, problems,
  proposals, plans), then by date (undated ones last), then by slug without case, with numbers as people count.
- Within the places that they hold, records whose titles differ in their numbers alone (第二期简报, 第十期简报) go by
  these numbers.
- Within the places that the records of a topic hold in a period, those with an ``order`` come first, by that number.
- Topics, units: as their word list has them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ..problems.names import KindName
from ..records.dates import Date
from ..records.numerals import counted
from ..records.record import Record
from ..records.vocabulary import Vocabulary, fold

_KIND_ORDER: tuple[KindName, ...] = ("overview", "done", "problem", "proposal", "plan")


def records_in_order(records: Iterable[Record], vocabulary: Vocabulary) -> tuple[Record, ...]:
    """Return the records in order."""

    def place(record: Record) -> tuple[tuple[int, int], int, int, date]:
        unit, kind = vocabulary.units.place(record.unit), _KIND_ORDER.index(record.kind)
        return (record.period.order, unit, kind, _day(record.date))

    def series(record: Record) -> Hashable:
        return place(record), tuple(counted(record.title)[::2])

    def numbers(record: Record) -> Sequence[str | int]:
        return counted(record.title)[1::2]

    def topic(record: Record) -> Hashable:
        return record.period, record.topic

    ordered = sorted(records, key=lambda record: (*place(record), counted(fold(record.slug))))
    return tuple(_sorted_in_groups(_sorted_in_groups(ordered, series, numbers), topic, _stated))


def _stated(record: Record) -> tuple[bool, Decimal]:
    return record.order is None, record.order or Decimal(0)


def _sorted_in_groups(
    records: list[Record], group: Callable[[Record], Hashable], key: Callable[[Record], Any]
) -> list[Record]:
    """Return the records with those of each group sorted, in the places that the group holds."""
    places: dict[Hashable, list[int]] = defaultdict(list)
    for at, record in enumerate(records):
        places[group(record)].append(at)
    made = list(records)
    for held in places.values():
        if len(held) > 1:
            for at, record in zip(held, sorted((records[at] for at in held), key=key), strict=True):
                made[at] = record
    return made


def _day(when: Date | None) -> date:
    """Return the day by which a date sorts: its first day. In an unknown year, a known month counts as of year 1.

    A record without a known month comes last.
    """
    if when is None:
        return date.max
    if when.first:
        return when.first
    return date(1, when.months[0], 1) if when.months else date.max
