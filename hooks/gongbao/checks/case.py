"""What a check is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..archive.filing import Archive
from ..archive.series import Point, all_series
from ..problems.problem import Problem, field_of
from ..records.record import Record


@dataclass(frozen=True)
class Case:
    """All records that could be read, drafts too, in the archive's order; ``complete`` where none is missing.

    ``fingerprints`` are those of `copies`, by a record's path, of bodies that are long enough.
    """

    archive: Archive
    complete: bool
    fingerprints: Mapping[str, Sequence[int]] = field(default_factory=dict)

    @cached_property
    def series(self) -> Mapping[tuple[str, str], tuple[Point, ...]]:
        """Return all points by indicator and unit."""
        return all_series(self.archive.records, self.archive.vocabulary)


def problem_at(record: Record, rule: str, steps: tuple[str | int, ...], written: object, **values: str) -> Problem:
    """Make a problem at a field of a record, given by its steps (``"figures", 0, "parts"``)."""
    return Problem(record.path, record.mark(*steps), rule, field_of(steps), str(written), values)
