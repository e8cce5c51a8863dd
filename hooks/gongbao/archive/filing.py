"""The archive: all records of a site, in order (`ordering`), indexed, with their references resolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import TypeVar

from ..records.dates import Date
from ..records.periods import Period
from ..records.record import Commitment, Outcome, Record
from ..records.version import Version
from ..records.vocabulary import Vocabulary, fold
from .collected import Collected
from .ordering import records_in_order

T = TypeVar("T")


@dataclass(frozen=True)
class Promise:
    """A commitment with the record that makes it, and the outcomes that records report of it, oldest first."""

    record: Record
    commitment: Commitment
    outcomes: tuple[tuple[Record, Outcome], ...] = ()

    @property
    def id(self) -> str:
        """The reference that outcomes use: ``2014-h1/second-half-plan#swimming-meet``."""
        return f"{self.record.id}#{self.commitment.id}"

    @property
    def topic(self) -> str | None:
        """The commitment's own topic, or else its record's main topic."""
        return self.commitment.topic or self.record.topic

    @property
    def times_carried(self) -> int:
        """How many outcomes carried the commitment over to a later time."""
        return sum(outcome.status == "carried" for _, outcome in self.outcomes)

    @property
    def carried_to(self) -> tuple[Period | Date, ...]:
        """The new due times that outcomes gave the commitment, oldest first."""
        return tuple(outcome.due for _, outcome in self.outcomes if outcome.status == "carried" and outcome.due)


@dataclass(frozen=True)
class Archive:
    """The records in order (`ordering`), and the word lists. Everything else is derived from these.

    Readers see the ``records``; a ``withdrawn`` record has a tombstone for a page. In a ``preview``, drafts and
    unpublished periods are among both. ``published`` has the addresses that the site has had so far, each with its
    line in the list of them (`content/published.txt`). ``versions`` are those of each record that git knows, by its
    path; ``complete`` tells that git knows all of them. ``kept`` has pages of old versions as they were once published,
    by address. ``collected`` is what subordinates' sites have published.
    """

    vocabulary: Vocabulary
    records: tuple[Record, ...]
    withdrawn: tuple[Record, ...] = ()
    preview: bool = False
    published: Mapping[str, int] = field(default_factory=dict)
    versions: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)
    complete: bool = True
    kept: Mapping[str, bytes] = field(default_factory=dict)
    collected: Collected = field(default_factory=Collected)
    _by_period: Mapping[Period, tuple[Record, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_period: dict[Period, list[Record]] = defaultdict(list)
        for record in self.records:
            by_period[record.period].append(record)
        frozen = {period: tuple(records) for period, records in by_period.items()}
        object.__setattr__(self, "_by_period", frozen)

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """All periods with records: first undated ones, then oldest first."""
        return tuple(sorted(self._by_period, key=lambda period: period.order))

    @cached_property
    def newest(self) -> Period | None:
        """The newest dated period, or the last undated one if no period is dated. None for an empty archive."""
        return self.periods[-1] if self.periods else None

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The names of the years, newest first and ``undated`` last."""
        return tuple(dict.fromkeys(period.year_name for period in reversed(self.periods)))

    @property
    def has_units(self) -> bool:
        """Whether units have pages: they have none on a site of one unit."""
        return len(self.vocabulary.units) > 1

    @property
    def has_data(self) -> bool:
        """Whether there are open data: of records, or of what subordinates' sites have published."""
        return bool(self.records or self.collected.increments)

    def of_period(self, period: Period) -> tuple[Record, ...]:
        """Return the records of a period, in order."""
        return self._by_period.get(period, ())

    @cached_property
    def by_unit(self) -> Mapping[str, tuple[Record, ...]]:
        """The records of each unit, in order, by the unit's slug."""
        return grouped((record.unit, record) for record in self.records)

    @cached_property
    def _bulletins(self) -> Mapping[str, Mapping[Period, tuple[Record, ...]]]:
        return {
            unit: {period: tuple(of) for period, of in groupby(records, key=lambda record: record.period)}
            for unit, records in self.by_unit.items()
        }

    def of_unit(self, slug: str) -> Mapping[Period, tuple[Record, ...]]:
        """Return the records of a unit by period, oldest first."""
        return self._bulletins.get(slug, {})

    @cached_property
    def by_topic(self) -> Mapping[str, tuple[Record, ...]]:
        """The records of each topic, main topic or not, in order, by the topic's slug."""
        return grouped((topic, record) for record in self.records for topic in record.topics)

    @cached_property
    def by_main_topic(self) -> Mapping[str, tuple[Record, ...]]:
        """The records of each main topic, in order, by the topic's slug."""
        return grouped((record.topic, record) for record in self.records if record.topic)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """Each record's index among the records of its main topic, by its id."""
        return {record.id: at for records in self.by_main_topic.values() for at, record in enumerate(records)}

    def beside(self, record: Record) -> tuple[Record | None, Record | None]:
        """Return the records before and after a record in its main topic, through all periods."""
        if record.topic is None or record.id not in self._places:
            return None, None
        records, at = self.by_main_topic[record.topic], self._places[record.id]
        before = records[at - 1] if at else None
        return before, records[at + 1] if at + 1 < len(records) else None

    @cached_property
    def by_id(self) -> Mapping[str, Record]:
        """The records, withdrawn ones too, by each id and earlier id, folded."""
        every = (*self.records, *self.withdrawn)
        names = {fold(alias): record for record in every for alias in record.aliases}
        return names | {fold(record.id): record for record in every}

    def find(self, record_id: str) -> Record | None:
        """Return the record with this id or earlier id, or None."""
        return self.by_id.get(fold(record_id))

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """All promises, in the order of their records."""
        outcomes: dict[str, list[tuple[Record, Outcome]]] = defaultdict(list)
        for record in self.records:
            for outcome in record.outcomes:
                outcomes[self.promise_key(outcome.commitment)].append((record, outcome))
        return tuple(
            Promise(record, one, tuple(outcomes[self.promise_key(f"{record.id}#{one.id}")]))
            for record in self.records
            for one in record.commitments
        )

    @cached_property
    def _promises_by_record(self) -> Mapping[str, tuple[Promise, ...]]:
        groups: dict[str, list[Promise]] = defaultdict(list)
        for promise in self.promises:
            groups[promise.record.id].append(promise)
        return {record_id: tuple(promises) for record_id, promises in groups.items()}

    def promises_of(self, records: Iterable[Record]) -> tuple[Promise, ...]:
        """Return the promises of these records, in their order."""
        return tuple(one for record in records for one in self._promises_by_record.get(record.id, ()))

    @cached_property
    def promises_by_id(self) -> Mapping[str, Promise]:
        """All promises by `promise_key`."""
        return {self.promise_key(promise.id): promise for promise in self.promises}

    def promise_key(self, reference: str) -> str:
        """Return the form in which references ``id#commitment`` are compared: with the present id, case folded."""
        record_id, _, commitment = reference.partition("#")
        record = self.find(record_id)
        return f"{fold(record.id if record else record_id)}#{fold(commitment)}"

    def is_held_back(self, period: Period) -> bool:
        """Whether only the preview shows a period."""
        return self.preview and self.vocabulary.holds_back(period)


def grouped(pairs: Iterable[tuple[str, T]]) -> Mapping[str, tuple[T, ...]]:
    """Return the things of each name, names and things in the order of the pairs of name and thing."""
    groups: dict[str, list[T]] = defaultdict(list)
    for key, thing in pairs:
        groups[key].append(thing)
    return {key: tuple(things) for key, things in groups.items()}


def publish(records: Sequence[Record], vocabulary: Vocabulary, *, preview: bool) -> Archive:
    """Return the archive of the records that readers may see. Only a preview has drafts and unpublished periods.

    A period is published if ``periods.yml`` has ``published:`` for it, or does not list it.
    """
    if not preview:
        records = [record for record in records if not record.draft and not vocabulary.holds_back(record.period)]
    ordered = records_in_order(records, vocabulary)
    seen = tuple(record for record in ordered if not record.withdrawn)
    return Archive(vocabulary, seen, tuple(record for record in ordered if record.withdrawn), preview)
