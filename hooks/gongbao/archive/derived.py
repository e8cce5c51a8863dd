"""What the program derives from the archive once and shows on many pages: promises, series of figures, the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..problems.catalogue import Language, label
from ..records.indicators import Indicator
from ..records.intervals import computed_bound
from ..text.display import period_title, quantity
from .filing import Archive
from .ledger import Ledger
from .register import RegisterHalf, register
from .series import Point, all_series, neighbours


@dataclass(frozen=True)
class Derived:
    """The archive with everything derived from it. Each thing is derived when somebody first asks for it.

    ``first_seen`` is the day on which each record's file was first seen, by its path, as far as it is known, and
    ``last_changed`` that of its last change.
    """

    archive: Archive
    first_seen: Mapping[str, str] = field(default_factory=dict)
    last_changed: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def ledger(self) -> Ledger:
        """The promises and their status."""
        return Ledger(self.archive)

    @cached_property
    def series(self) -> Mapping[tuple[str, str], tuple[Point, ...]]:
        """All points by indicator and unit."""
        return all_series(self.archive.records, self.archive.vocabulary)

    @cached_property
    def changes(self) -> Mapping[tuple[str, int], tuple[Point, Point]]:
        """The comparable point before a figure, and its own, by its record's id and its place there."""
        indicators = self.archive.vocabulary.indicators
        pairs = (pair for (slug, _), points in self.series.items() for pair in neighbours(points, indicators[slug]))
        return {(after.record.id, after.index): (before, after) for before, after in pairs}

    @cached_property
    def register(self) -> tuple[RegisterHalf, ...]:
        """Who has reported in each half, oldest first; nothing where no unit says that it reports."""
        return register(self.archive, self.first_seen)

    @cached_property
    def measured(self) -> tuple[Indicator, ...]:
        """The indicators that have points, in the word list's order."""
        reported = {slug for slug, _ in self.series}
        return tuple(one for one in self.archive.vocabulary.indicators if one.slug in reported)


def change_words(derived: Derived, record_id: str, index: int, language: Language) -> str:
    """Say how a figure changed since the comparable period before it; nothing where there is no such period."""
    if (record_id, index) not in derived.changes:
        return ""
    before, after = derived.changes[record_id, index]
    indicator = derived.archive.vocabulary.indicators[before.figure.indicator or ""]
    change = after.value - before.value
    name = "change-up" if change > 0 else "change-down" if change < 0 else "change-none"
    bound = computed_bound((before.figure.bound, after.figure.bound))
    said = quantity(abs(change), bound, indicator.unit, language)
    return label(name, language, period=period_title(before.period, language), value=said)
