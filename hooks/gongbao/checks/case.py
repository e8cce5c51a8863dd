"""The input of checks of the archive, and how checks make problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..archive.filing import Archive
from ..archive.points import Point, all_series
from ..problems.problem import Problem, field_of
from ..records.record import Record


@dataclass(frozen=True)
class Case:
    """The input of a check of the archive: all records that could be read, drafts too, in order.

    ``complete`` is true if no record is missing. ``fingerprints`` are those of all bodies (`copies.fingerprints`), by
    the record's path.
    """

    archive: Archive
    complete: bool
    fingerprints: Mapping[str, Sequence[int]] = field(default_factory=dict)

    @cached_property
    def series(self) -> Mapping[tuple[str, str], tuple[Point, ...]]:
        """All series: the points by the slugs of indicator and unit."""
        return all_series(self.archive.records, self.archive.vocabulary)


def problem_at(record: Record, rule: str, steps: tuple[str | int, ...], written: object, **values: str) -> Problem:
    """Return a problem at the field of a record to which ``steps`` lead (``"figures", 0, "parts"``)."""
    return Problem(record.path, record.mark(*steps), rule, field_of(steps), str(written), values)
