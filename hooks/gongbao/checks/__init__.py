"""What is checked across fields and records once they are read: one small module a matter, one registry.

A check of one record is a function from the record and the word lists to problems; a check of the archive is one from
a `Case`. Neither knows of waivers, which are applied afterwards. What a rule of ``rules/`` says to people stands in the
YAML file beside its module; a new one needs no other line than its own below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..problems import Problem
from ..records import Record
from ..vocabulary import Vocabulary
from . import figures, plans, prose, scale, series
from .case import Case
from .passages import RecordCheck
from .rules import leftover_year

RECORD_CHECKS: tuple[RecordCheck, ...] = (
    figures.check,
    prose.check,
    leftover_year.check,
)
ARCHIVE_CHECKS: tuple[Callable[[Case], Iterator[Problem]], ...] = (
    scale.check,
    series.check,
    plans.check,
)


def of_record(record: Record, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield the problems that one record has by itself, in the registry's order."""
    for check in RECORD_CHECKS:
        yield from check(record, vocabulary)


def of_archive(case: Case) -> Iterator[Problem]:
    """Yield the problems between records, in the registry's order."""
    for check in ARCHIVE_CHECKS:
        yield from check(case)


__all__ = ["ARCHIVE_CHECKS", "RECORD_CHECKS", "Case", "of_archive", "of_record"]
