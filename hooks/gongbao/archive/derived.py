"""Everything that is computed from the archive once and shown on many pages: promises, series, the register."""

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
    """The archive, and everything derived from it. Each part is computed when it is first used.

    ``first_seen`` and ``last_changed`` give the days (``2014-05-09``) of the first and the last commit of records'
    files, by path, as far as they are known.
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
        """All series: the points by the slugs of their indicator and unit."""
        return all_series(self.archive.records, self.archive.vocabulary)

    @cached_property
    def changes(self) -> Mapping[tuple[str, int], tuple[Point, Point]]:
        """A figure's point and the comparable point before it (earlier first), by record id and index of the figure."""
        indicators = self.archive.vocabulary.indicators
        pairs = (pair for (slug, _), points in self.series.items() for pair in neighbours(points, indicators[slug]))
        return {(after.record.id, after.index): (before, after) for before, after in pairs}

    @cached_property
    def register(self) -> tuple[RegisterHalf, ...]:
        """The reports of each half, oldest first. It is empty if no unit has ``reports``."""
        return register(self.archive, self.first_seen)

    @cached_property
    def measured(self) -> tuple[Indicator, ...]:
        """The indicators that have points, in the word list's order."""
        reported = {slug for slug, _ in self.series}
        return tuple(one for one in self.archive.vocabulary.indicators if one.slug in reported)


def change_words(derived: Derived, record_id: str, index: int, language: Language) -> str:
    """Return the change of a figure since the comparable period before it, in words, or an empty text without one.

    ``index`` is the place of the figure in its record.
    """
    if (record_id, index) not in derived.changes:
        return ""
    before, after = derived.changes[record_id, index]
    indicator = derived.archive.vocabulary.indicators[before.figure.indicator or ""]
    change = after.value - before.value
    name = "change-up" if change > 0 else "change-down" if change < 0 else "change-none"
    bound = computed_bound((before.figure.bound, after.figure.bound))
    said = quantity(abs(change), bound, indicator.unit, language)
    return label(name, language, period=period_title(before.period, language), value=said)
