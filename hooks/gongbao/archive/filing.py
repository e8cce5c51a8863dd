"""The archive: all records of a site, in order (`ordering`), indexed, with their references resolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from ..records.dates import Date
from ..records.periods import Period
from ..records.record import Commitment, Outcome, Record
from ..records.vocabulary import Vocabulary, fold
from .ordering import records_in_order


@dataclass(frozen=True)
class Promise:
    """A commitment where it was made, with the outcomes that later records report, oldest first."""

    record: Record
    commitment: Commitment
    outcomes: tuple[tuple[Record, Outcome], ...] = ()

    @property
    def id(self) -> str:
        """``2014-h1/second-half-plan#swimming-meet``."""
        return f"{self.record.id}#{self.commitment.id}"

    @property
    def topic(self) -> str | None:
        """The commitment's own topic, else its record's main one."""
        return self.commitment.topic or self.record.topic

    @property
    def times_carried(self) -> int:
        """How many outcomes carried it over."""
        return sum(outcome.status == "carried" for _, outcome in self.outcomes)

    @property
    def carried_to(self) -> tuple[Period | Date, ...]:
        """The new due times that outcomes gave it, oldest first."""
        return tuple(outcome.due for _, outcome in self.outcomes if outcome.status == "carried" and outcome.due)


@dataclass(frozen=True)
class Archive:
    """Records in order with their word lists; everything else is derived from these two.

    ``records`` are what readers may see, ``withdrawn`` those whose page is a tombstone. ``preview`` tells that
    drafts and unpublished periods are among them.
    """

    vocabulary: Vocabulary
    records: tuple[Record, ...]
    withdrawn: tuple[Record, ...] = ()
    preview: bool = False
    _by_period: Mapping[Period, tuple[Record, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_period: dict[Period, list[Record]] = defaultdict(list)
        for record in self.records:
            by_period[record.period].append(record)
        frozen = {period: tuple(records) for period, records in by_period.items()}
        object.__setattr__(self, "_by_period", frozen)

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """All periods with records, oldest first, undated ones before."""
        return tuple(sorted(self._by_period, key=lambda period: period.order))

    @cached_property
    def newest(self) -> Period | None:
        """The newest dated period; with undated ones only, the last of those; None for an empty archive."""
        return self.periods[-1] if self.periods else None

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The years' names, newest first; ``undated`` last."""
        return tuple(dict.fromkeys(period.year_name for period in reversed(self.periods)))

    @property
    def has_units(self) -> bool:
        """Whether units deserve pages: a site of one unit has none in its way."""
        return len(self.vocabulary.units) > 1

    def of_period(self, period: Period) -> tuple[Record, ...]:
        """Return a period's records in order."""
        return self._by_period.get(period, ())

    @cached_property
    def by_unit(self) -> Mapping[str, tuple[Record, ...]]:
        """Records by unit, periods oldest first."""
        return grouped((record.unit, record) for record in self.records)

    @cached_property
    def _bulletins(self) -> Mapping[str, Mapping[Period, tuple[Record, ...]]]:
        return {
            unit: {period: tuple(of) for period, of in groupby(records, key=lambda record: record.period)}
            for unit, records in self.by_unit.items()
        }

    def of_unit(self, slug: str) -> Mapping[Period, tuple[Record, ...]]:
        """Return a unit's records by period, oldest first."""
        return self._bulletins.get(slug, {})

    @cached_property
    def by_topic(self) -> Mapping[str, tuple[Record, ...]]:
        """Records by topic, main or not, periods oldest first."""
        return grouped((topic, record) for record in self.records for topic in record.topics)

    @cached_property
    def by_main_topic(self) -> Mapping[str, tuple[Record, ...]]:
        """Records by their main topic, periods oldest first."""
        return grouped((record.topic, record) for record in self.records if record.topic)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """Each record's place in the list of its main topic."""
        return {record.id: at for records in self.by_main_topic.values() for at, record in enumerate(records)}

    def beside(self, record: Record) -> tuple[Record | None, Record | None]:
        """Return the records before and after this one in its main topic, through all periods."""
        if record.topic is None or record.id not in self._places:
            return None, None
        records, at = self.by_main_topic[record.topic], self._places[record.id]
        before = records[at - 1] if at else None
        return before, records[at + 1] if at + 1 < len(records) else None

    @cached_property
    def by_id(self) -> Mapping[str, Record]:
        """Records by id and by each earlier id, folded; tombstones included."""
        every = (*self.records, *self.withdrawn)
        names = {fold(alias): record for record in every for alias in record.aliases}
        return names | {fold(record.id): record for record in every}

    def find(self, record_id: str) -> Record | None:
        """Return the record of an id, or of an earlier id."""
        return self.by_id.get(fold(record_id))

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """All commitments, in the order of their records."""
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
        """Return the commitments that these records make, in their order."""
        return tuple(one for record in records for one in self._promises_by_record.get(record.id, ()))

    @cached_property
    def promises_by_id(self) -> Mapping[str, Promise]:
        """Commitments by `promise_key`."""
        return {self.promise_key(promise.id): promise for promise in self.promises}

    def promise_key(self, reference: str) -> str:
        """Return the form in which ``id#commitment`` is compared: earlier ids resolved, case folded."""
        record_id, _, commitment = reference.partition("#")
        record = self.find(record_id)
        return f"{fold(record.id if record else record_id)}#{fold(commitment)}"

    def is_held_back(self, period: Period) -> bool:
        """Whether a period is seen in the preview only."""
        return self.preview and self.vocabulary.holds_back(period)


def grouped(pairs: Iterable[tuple[str, Record]]) -> Mapping[str, tuple[Record, ...]]:
    """Group records by the name that stands before each of them; groups keep the records' order."""
    groups: dict[str, list[Record]] = defaultdict(list)
    for key, record in pairs:
        groups[key].append(record)
    return {key: tuple(records) for key, records in groups.items()}


def publish(records: Sequence[Record], vocabulary: Vocabulary, *, preview: bool) -> Archive:
    """Make the archive of what readers may see. A preview shows everything; a site shows
    no drafts and no unpublished periods.

    A period is published if ``periods.yml`` says ``published:`` for it, or does not list it.
    """
    if not preview:
        records = [record for record in records if not record.draft and not vocabulary.holds_back(record.period)]
    ordered = records_in_order(records, vocabulary)
    seen = tuple(record for record in ordered if not record.withdrawn)
    return Archive(vocabulary, seen, tuple(record for record in ordered if record.withdrawn), preview)
