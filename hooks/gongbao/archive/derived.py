"""Everything that is computed from the archive once and shown on many pages: promises, series, the register."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import localcontext
from functools import cached_property

from ..problems.catalogue import Language, label
from ..records.fields import PRECISION
from ..records.indicators import Indicator
from ..records.intervals import computed_bound
from ..records.periods import Period, periods_between
from ..records.record import Record
from ..text.display import difference, period_title
from .doubted import DoubtedFigure, doubted_figures
from .editions import BulletinEdition, editions
from .filing import Archive
from .increments import Increment
from .ledger import Ledger
from .points import Point, all_series
from .register import RegisterHalf, register
from .rollup import StatedAmount, counted_parents, roll_up, stated_amounts
from .series import Coverage, neighbours, rivals

RollupInputs = tuple[tuple[StatedAmount, ...], tuple[Increment, ...], Mapping[str, str | None], Mapping[str, Indicator]]


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
    def points(self) -> Mapping[tuple[str, int], Point]:
        """The point of each figure that is in a series, by record id and index of the figure."""
        return {
            (one.record.id, one.index): point for row in self.series.values() for point in row for one in point.placed
        }

    def rivals(self, point: Point) -> tuple[Point, ...]:
        """Return the points of the same series and period that contradict a point or are in dispute beside it."""
        return rivals(self.series, point)

    @cached_property
    def doubts(self) -> Mapping[str, tuple[DoubtedFigure, ...]]:
        """The figures in doubt, by the ids of their records."""
        return doubted_figures(self.archive, self.series, self.points)

    def doubts_of(self, records: Iterable[Record]) -> tuple[DoubtedFigure, ...]:
        """Return the figures in doubt of some records, in the records' order."""
        return tuple(doubt for record in records for doubt in self.doubts.get(record.id, ()))

    @cached_property
    def _before(self) -> Mapping[tuple[str, str, Period], Point]:
        """The comparable point before each period of a series, by the slugs of indicator and unit."""
        indicators = self.archive.vocabulary.indicators
        return {
            (slug, unit, after.period): before
            for (slug, unit), points in self.series.items()
            for before, after in neighbours(points, indicators[slug])
        }

    def before(self, point: Point) -> Point | None:
        """Return the comparable point before a point. None if there is none, or if the point is in dispute."""
        slug = point.figure.indicator or ""
        return None if point.disputed else self._before.get((slug, point.record.unit, point.period))

    @cached_property
    def register(self) -> tuple[RegisterHalf, ...]:
        """The reports of each half, oldest first. It is empty if no unit has ``reports``."""
        return register(self.archive, self.first_seen)

    @cached_property
    def stated(self) -> tuple[StatedAmount, ...]:
        """What this site's own records state for the roll-up."""
        with localcontext(prec=PRECISION):
            return tuple(stated_amounts(self.series, self.archive.vocabulary))

    @cached_property
    def rollup_inputs(self) -> RollupInputs:
        """What the roll-up is made from: see `roll_up`."""
        vocabulary = self.archive.vocabulary
        indicators = {one.slug: one for one in vocabulary.indicators}
        return self.stated, self.archive.collected.increments, counted_parents(vocabulary), indicators

    @cached_property
    def rollup_key(self) -> str:
        """A digest of what the roll-up is made from. Collected data count by their versions."""
        stated, _, parents, indicators = self.rollup_inputs
        data = [(one.unit, one.data.version, one.data.refused) for one in self.archive.collected.sites if one.data]
        aggregates = [(slug, one.aggregate) for slug, one in indicators.items()]
        return hashlib.sha256(repr((stated, data, parents, aggregates)).encode()).hexdigest()[:32]

    @cached_property
    def rollup(self) -> Sequence[Increment]:
        """The increments of all units, with those that subordinates' sites have published."""
        made = self.archive.collected.rolled
        if made and made.made_from == self.rollup_key:
            return made.rows
        with localcontext(prec=PRECISION):
            return roll_up(*self.rollup_inputs)

    @cached_property
    def increments_of(self) -> Mapping[str, Sequence[Increment]]:
        """The increments of the roll-up by their indicator."""
        found: dict[str, list[Increment]] = defaultdict(list)
        for one in self.rollup:
            found[one.indicator].append(one)
        return found

    @cached_property
    def editions(self) -> Mapping[Period, tuple[BulletinEdition, ...]]:
        """The editions of each bulletin that git knows, oldest first."""
        archive = self.archive
        withdrawn: dict[Period, list[Record]] = defaultdict(list)
        for record in archive.withdrawn:
            withdrawn[record.period].append(record)
        made = {period: editions(archive, period, withdrawn.get(period, ())) for period in archive.periods}
        return {period: every for period, every in made.items() if every}

    def edition(self, period: Period) -> int:
        """Return the number of the edition of a bulletin that is in force, or 0 where git knows none."""
        return len(self.editions.get(period, ()))

    @cached_property
    def measured(self) -> tuple[Indicator, ...]:
        """The indicators that have points, in the word list's order."""
        reported = {slug for slug, _ in self.series}
        return tuple(one for one in self.archive.vocabulary.indicators if one.slug in reported)


def change_words(derived: Derived, point: Point, language: Language) -> str:
    """Return the change of a point since the comparable point before it, in words, or an empty text without one.

    The words name the period before, and how many periods without a value lie between.
    """
    before = derived.before(point)
    if before is None:
        return ""
    return change_between(derived.archive.vocabulary.indicators[point.figure.indicator or ""], before, point, language)


def change_between(indicator: Indicator, before: Point | Coverage, after: Point | Coverage, language: Language) -> str:
    """Return the change between two values that can be compared, in words."""
    change = after.value - before.value
    name = "change-up" if change > 0 else "change-down" if change < 0 else "change-none"
    said = difference(change, computed_bound((before.bound, after.bound)), indicator.unit, language)
    between = periods_between(before.period, after.period)
    gap = label("change-gap", language, count=between) if between else ""
    return label(name, language, period=f"{period_title(before.period, language)}{gap}", value=said)
