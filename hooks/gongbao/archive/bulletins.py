"""The half-year bulletin, and a unit's own: its records, figures and promises, in the order of the page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from ..problems.names import KindName
from ..records.periods import Period
from ..records.record import Correction, Record
from ..records.wordlists import Topic, Unit
from ..text.figure_views import FigureView, figure_view
from .derived import Derived, change_words
from .filing import Promise
from .ledger import PROMISE_STATUSES, PromiseStatus
from .register import RegisterHalf

KEY_FIGURES = 8
NAMED_UNITS = 3
IN_SHORT = 4  # records or figures that a page elsewhere shows of a bulletin


@dataclass(frozen=True)
class Section:
    """One topic of a bulletin: the work recorded under it first, then what touches it from other topics."""

    topic: Topic
    records: tuple[Record, ...]
    see_also: tuple[Record, ...]


@dataclass(frozen=True)
class KeyFigure:
    """A figure among the main ones, with the record that holds it."""

    record: Record
    figure: FigureView
    change: str
    indicator: str  # its slug, or nothing for a one-off


@dataclass(frozen=True)
class Fulfilment:
    """What became of the promises due in a period."""

    promises: tuple[tuple[Promise, PromiseStatus], ...]

    @property
    def done(self) -> int:
        """How many were done."""
        return sum(status == "done" for _, status in self.promises)

    @property
    def counts(self) -> tuple[tuple[PromiseStatus, int], ...]:
        """How many there are of each status that occurs, in a fixed order."""
        counted = Counter(status for _, status in self.promises)
        return tuple((name, counted[name]) for name in PROMISE_STATUSES if counted[name])


@dataclass(frozen=True)
class Bulletin:
    """All that a bulletin says. ``unit`` is None for the bulletin of all units, which alone says who has reported."""

    period: Period
    unit: Unit | None
    records: tuple[Record, ...]
    overviews: tuple[Record, ...]
    points: tuple[Record, ...]
    figures: tuple[KeyFigure, ...]
    sections: tuple[Section, ...]
    problems: tuple[Record, ...]
    proposals: tuple[Record, ...]
    plans: tuple[Record, ...]
    promises: tuple[Promise, ...]
    fulfilment: Fulfilment
    corrections: tuple[tuple[Record, Correction], ...]
    units: tuple[Unit, ...]
    register: RegisterHalf | None
    earlier: Period | None
    later: Period | None

    @property
    def inferred(self) -> bool:
        """Whether the year of any record in it is inferred."""
        return any(record.dating and record.dating.inferred for record in self.records)

    @property
    def in_short(self) -> tuple[Record, ...]:
        """What a page elsewhere shows of it: its main points, else its first records."""
        return self.points or self.records[:IN_SHORT]

    @property
    def first_units(self) -> tuple[Unit, ...]:
        """The units that are named below its title; the others are counted."""
        return self.units[:NAMED_UNITS]

    @property
    def unpromising_plans(self) -> tuple[Record, ...]:
        """The plans without commitments, which no table of promises has."""
        return tuple(record for record in self.plans if not record.commitments)


def compose(derived: Derived, period: Period, unit: Unit | None = None) -> Bulletin:
    """Compose the bulletin of a period, of all units or of one.

    Records keep the archive's order within every list; topics the word list's.
    """
    archive, ledger = derived.archive, derived.ledger
    records = archive.of_unit(unit.slug)[period] if unit else archive.of_period(period)
    every: Iterable[Period] = archive.of_unit(unit.slug) if unit else archive.periods
    periods = [other for other in every if other.year is not None]
    at = periods.index(period) if period in periods else None
    done = _of_kind(records, "done")
    points = main_points(records)
    due = [promise for promise in ledger.due_in(period) if not unit or promise.record.unit == unit.slug]
    reporting = {record.unit for record in records}
    return Bulletin(
        period=period,
        unit=unit,
        records=records,
        overviews=_of_kind(records, "overview"),
        points=points,
        figures=tuple(islice(_key_figures(points, derived), KEY_FIGURES)),
        sections=_sections(done, archive.vocabulary.topics),
        problems=_of_kind(records, "problem"),
        proposals=_of_kind(records, "proposal"),
        plans=_of_kind(records, "plan"),
        promises=archive.promises_of(records),
        fulfilment=Fulfilment(tuple((promise, ledger.status(promise)) for promise in due)),
        corrections=tuple((record, correction) for record in records for correction in record.corrections),
        units=tuple(one for one in archive.vocabulary.units if one.slug in reporting),
        register=None if unit else next((half for half in derived.register if half.period == period), None),
        earlier=periods[at - 1] if at else None,
        later=periods[at + 1] if at is not None and at + 1 < len(periods) else None,
    )


def main_points(records: Iterable[Record]) -> tuple[Record, ...]:
    """Return a bulletin's main points: the highlights; without any, the first records of the work done."""
    return tuple(record for record in records if record.highlight) or _of_kind(records, "done")[:4]


def _of_kind(records: Iterable[Record], kind: KindName) -> tuple[Record, ...]:
    return tuple(record for record in records if record.kind == kind)


def _sections(done: Sequence[Record], topics: Iterable[Topic]) -> tuple[Section, ...]:
    """Group the work by topic; a topic that nothing is recorded under is left out."""
    main: dict[str, list[Record]] = defaultdict(list)
    also: dict[str, list[Record]] = defaultdict(list)
    for record in done:
        for at, slug in enumerate(record.topics):
            (also if at else main)[slug].append(record)
    return tuple(
        Section(topic, tuple(main[topic.slug]), tuple(also[topic.slug]))
        for topic in topics
        if topic.slug in main or topic.slug in also
    )


def _key_figures(points: Iterable[Record], derived: Derived) -> Iterable[KeyFigure]:
    """Yield the first figure of each main point that has a quantity to show, with its change since before."""
    vocabulary = derived.archive.vocabulary
    for record in points:
        for index, figure in enumerate(record.figures):
            view = figure_view(figure, vocabulary)
            if view.quantity:
                change = change_words(derived, record.id, index, vocabulary.language)
                yield KeyFigure(record, view, change, figure.indicator or "")
                break
