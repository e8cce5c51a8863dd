"""The editions of a bulletin: a new one begins with each commit that changed what a record of it said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..records.periods import Period
from ..records.record import Record
from ..records.version import Version
from .filing import Archive


@dataclass(frozen=True)
class Held:
    """A record as an edition has it: in one of its versions."""

    record: Record
    version: Version


@dataclass(frozen=True)
class BulletinEdition:
    """An edition: its number, its first day (``2014-05-09``, empty before the commit), and all records that it has.

    ``changed`` are those that make it differ from the edition before. Records that came later to a half belong to the
    edition in force.
    """

    number: int
    day: str
    changed: tuple[Held, ...]
    records: tuple[Held, ...]


def editions(archive: Archive, period: Period, withdrawn: Sequence[Record]) -> tuple[BulletinEdition, ...]:
    """Return the editions of a period's bulletin, oldest first: none where git knows no versions of its records.

    ``withdrawn`` are the withdrawn records of the period.
    """
    every = [
        Held(record, version)
        for record in (*archive.of_period(period), *withdrawn)
        for version in archive.versions.get(record.path, ())
    ]
    if not every:
        return ()
    starts = sorted({held.version.commit for held in every if held.version.number > 1})
    first = min(every, key=lambda held: held.version.commit).version
    days = [first.day, *(next(one.version.day for one in every if one.version.commit == start) for start in starts)]
    made = []
    for at, (day, end) in enumerate(zip(days, [*starts, None], strict=True)):
        before = [held for held in every if end is None or held.version.commit < end]
        last = {held.record.id: held for held in before}
        changed = [one for one in before if at and one.version.commit == starts[at - 1] and one.version.number > 1]
        made.append(BulletinEdition(at + 1, day, tuple(changed), tuple(last.values())))
    return tuple(made)
