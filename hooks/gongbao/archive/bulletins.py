"""Bulletins of a period, of all units or of one: their records, figures and promises, in the order of the page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, islice, pairwise

from ..problems.names import KindName
from ..records.dates import Date
from ..records.periods import Period
from ..records.record import Correction, Record
from ..records.vocabulary import Lexicon, Vocabulary
from ..records.wordlists import Topic, Unit
from .derived import Derived
from .doubted import DoubtedFigure
from .filing import Archive, Promise, grouped
from .key_figures import KeyFigure, key_figures
from .ledger import PROMISE_STATUSES, PromiseStatus
from .register import RegisterHalf

KEY_FIGURES = 8
NAMED_UNITS = 3
OWN_POINTS = 6
LONG = 60  # records from which on a bulletin folds its lists
IN_SHORT = 4  # how many records or figures of a bulletin other pages show


@dataclass(frozen=True)
class Section:
    """One topic of a bulletin: the records of work with this main topic, and those that also belong to it."""

    topic: Topic
    records: tuple[Record, ...]
    see_also: tuple[Record, ...]


@dataclass(frozen=True)
class CarriedPromise:
    """A promise that a record of the period carries over, and its new due time."""

    promise: Promise
    due: Period | Date


@dataclass(frozen=True)
class StatusCounts:
    """How many promises have each status that occurs, in the order of `PROMISE_STATUSES`."""

    counts: tuple[tuple[PromiseStatus, int], ...]

    @property
    def shares(self) -> tuple[tuple[PromiseStatus, float, float], ...]:
        """The statuses with the places, in percent of all promises, where the share of each begins and ends."""
        every = sum(number for _, number in self.counts)
        ends = accumulate(number for _, number in self.counts)
        percent = [0.0, *(round(100 * end / every, 2) for end in ends)]
        return tuple((status, *span) for (status, _), span in zip(self.counts, pairwise(percent), strict=True))


@dataclass(frozen=True)
class Fulfilment:
    """The promises due in a period, each with its status."""

    promises: tuple[tuple[Promise, PromiseStatus], ...]

    @property
    def done(self) -> int:
        """How many promises were kept: their status is ``done``."""
        return sum(status == "done" for _, status in self.promises)

    @property
    def counts(self) -> tuple[tuple[PromiseStatus, int], ...]:
        """The number of promises of each status that occurs, in the order of `PROMISE_STATUSES`."""
        counted = Counter(status for _, status in self.promises)
        return tuple((name, counted[name]) for name in PROMISE_STATUSES if counted[name])

    @property
    def shares(self) -> tuple[tuple[PromiseStatus, float, float], ...]:
        """The place of each status in the bar: see `StatusCounts`."""
        return StatusCounts(self.counts).shares


@dataclass(frozen=True)
class Bulletin:
    """Everything in a bulletin.

    ``unit`` is None in the bulletin of all units. Only that bulletin has a ``register`` of reports. ``points`` are the
    bulletin's own main points, at most `OWN_POINTS`, and ``more_points`` those that units have besides. ``earlier`` and
    ``later`` are the neighbouring dated periods that have a bulletin of all units, or of this unit.
    """

    period: Period
    unit: Unit | None
    records: tuple[Record, ...]
    overviews: tuple[Record, ...]
    points: tuple[Record, ...]
    more_points: tuple[tuple[Unit, tuple[Record, ...]], ...]
    figures: tuple[KeyFigure, ...]
    sections: tuple[Section, ...]
    problems: tuple[Record, ...]
    proposals: tuple[Record, ...]
    plans: tuple[Record, ...]
    promises: tuple[Promise, ...]
    carried: tuple[CarriedPromise, ...]
    fulfilment: Fulfilment
    doubts: tuple[DoubtedFigure, ...]
    corrections: tuple[tuple[Record, Correction], ...]
    units: tuple[Unit, ...]
    register: RegisterHalf | None
    earlier: Period | None
    later: Period | None

    @property
    def inferred(self) -> bool:
        """Whether an editor inferred the year of any record."""
        return any(record.dating and record.dating.inferred for record in self.records)

    @property
    def annexes(self) -> tuple[Record, ...]:
        """The overviews of a unit's bulletin that stand behind everything else in their source."""
        last = max((one.order or 0 for one in self.records if one.kind != "overview"), default=0)
        behind = (one for one in self.overviews if (one.order or 0) > last)
        return tuple(behind) if self.unit and last else ()

    @property
    def opening(self) -> tuple[Record, ...]:
        """The overviews with which the bulletin begins."""
        return tuple(one for one in self.overviews if one not in self.annexes)

    @property
    def in_short(self) -> tuple[Record, ...]:
        """The records that other pages show of the bulletin: its main points, or else its first records."""
        return self.points or self.records[:IN_SHORT]

    @property
    def is_long(self) -> bool:
        """Whether its page folds the lists of its topics."""
        return len(self.records) > LONG

    @property
    def first_units(self) -> tuple[Unit, ...]:
        """The units that are named below the title. The others are only counted."""
        return self.units[:NAMED_UNITS]

    @property
    def planned(self) -> int:
        """How many promises its plan has: those that its records make, and those that they carry over."""
        return len(self.promises) + len(self.carried)

    @property
    def unpromising_plans(self) -> tuple[Record, ...]:
        """The plans without commitments, which the table of promises does not contain."""
        return tuple(record for record in self.plans if not record.commitments)


def compose(derived: Derived, period: Period, unit: Unit | None = None) -> Bulletin:
    """Return the bulletin of a period, of all units or of one.

    In every list, records are in the archive's order and topics in that of the word list.
    """
    archive, ledger = derived.archive, derived.ledger
    records = archive.of_unit(unit.slug)[period] if unit else archive.of_period(period)
    every: Iterable[Period] = archive.of_unit(unit.slug) if unit else archive.periods
    periods = [other for other in every if other.year is not None]
    at = periods.index(period) if period in periods else None
    done = _of_kind(records, "done")
    main = main_points(records)
    points = _own_points(main, archive.vocabulary)
    shown = {record.id for record in points}
    more = grouped((record.unit, record) for record in main if record.id not in shown)
    due = [promise for promise in ledger.due_in(period) if not unit or promise.record.unit == unit.slug]
    return Bulletin(
        period=period,
        unit=unit,
        records=records,
        overviews=_of_kind(records, "overview"),
        points=points,
        more_points=tuple((one, more[one.slug]) for one in archive.vocabulary.units.of_slugs(more)),
        figures=tuple(islice(key_figures((*points, *chain(*more.values())), derived), KEY_FIGURES)),
        sections=_sections(done, archive.vocabulary.topics),
        problems=_of_kind(records, "problem"),
        proposals=_of_kind(records, "proposal"),
        plans=_of_kind(records, "plan"),
        promises=archive.promises_of(records),
        carried=tuple(_carried(archive, records)),
        fulfilment=Fulfilment(tuple((promise, ledger.status(promise)) for promise in due)),
        doubts=derived.doubts_of(records),
        corrections=tuple((record, correction) for record in records for correction in record.corrections),
        units=tuple(archive.vocabulary.units.of_slugs(record.unit for record in records)),
        register=None if unit else next((half for half in derived.register if half.period == period), None),
        earlier=periods[at - 1] if at else None,
        later=periods[at + 1] if at is not None and at + 1 < len(periods) else None,
    )


def main_points(records: Iterable[Record]) -> tuple[Record, ...]:
    """Return a bulletin's main points: its highlights, or else the first four records of work done."""
    return tuple(record for record in records if record.highlight) or _of_kind(records, "done")[:4]


def _own_points(main: Sequence[Record], vocabulary: Vocabulary) -> tuple[Record, ...]:
    """Return the main points that a bulletin shows as its own.

    If there are too many, those of the units above all others, which choose for these; else each unit's first.
    """
    if len(main) <= OWN_POINTS:
        return tuple(main)
    top = {unit.slug for unit in vocabulary.units if not unit.parent and vocabulary.children(unit.slug)}
    chosen = [record for record in main if record.unit in top]
    firsts = {record.unit: record for record in reversed(main)}
    return tuple((chosen or [record for record in main if firsts[record.unit] is record])[:OWN_POINTS])


def _of_kind(records: Iterable[Record], kind: KindName) -> tuple[Record, ...]:
    return tuple(record for record in records if record.kind == kind)


def _sections(done: Sequence[Record], topics: Lexicon[Topic]) -> tuple[Section, ...]:
    """Return the sections of all topics that have records of work done."""
    main: dict[str, list[Record]] = defaultdict(list)
    also: dict[str, list[Record]] = defaultdict(list)
    for record in done:
        for at, slug in enumerate(record.topics):
            (also if at else main)[slug].append(record)
    return tuple(
        Section(topic, tuple(main[topic.slug]), tuple(also[topic.slug])) for topic in topics.of_slugs({*main, *also})
    )


def _carried(archive: Archive, records: Iterable[Record]) -> Iterator[CarriedPromise]:
    """Yield the promises that these records carry over, in order, each with its last new due time."""
    carried: dict[str, CarriedPromise] = {}
    for record in records:
        for outcome in record.outcomes:
            promise = archive.promises_by_id.get(archive.promise_key(outcome.commitment))
            if promise and outcome.status == "carried" and outcome.due:
                carried[promise.id] = CarriedPromise(promise, outcome.due)
    yield from carried.values()
