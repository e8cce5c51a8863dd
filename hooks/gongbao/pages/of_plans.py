"""The ledger of promises (计划落实台账): every commitment with its due time, status and the trail of outcomes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..archive import addresses
from ..archive.bulletins import Fulfilment
from ..archive.derived import Derived
from ..archive.filing import Promise
from ..archive.ledger import PromiseStatus, as_period
from ..problems.catalogue import label
from ..records.dates import Date
from ..records.periods import Period
from .page import Page, View, crumbs


@dataclass(frozen=True)
class LedgerEntry:
    """An entry of the ledger. ``due`` is the period in which the promise is due now, None if that is not known."""

    promise: Promise
    status: PromiseStatus
    due: Period | None
    due_now: Period | Date
    carried: int


def ledger_pages(derived: Derived) -> Iterator[Page]:
    """Yield the ledger; nothing if no record promises anything.

    Entries stand by due period, newest first, entries without one last; then in the order of their records.
    """
    archive, ledger = derived.archive, derived.ledger
    if not archive.promises:
        return

    def view() -> View:
        entries = [
            LedgerEntry(
                promise,
                ledger.status(promise),
                as_period(ledger.due(promise)),
                ledger.due(promise),
                promise.times_carried,
            )
            for promise in archive.promises
        ]
        entries.sort(key=lambda entry: entry.due.order if entry.due else (-2, 0), reverse=True)
        units = {entry.promise.record.unit for entry in entries}
        topics = {entry.promise.topic for entry in entries}
        return {
            "entries": entries,
            "fulfilment": Fulfilment(tuple((entry.promise, entry.status) for entry in entries)),
            "periods": list(dict.fromkeys(entry.due for entry in entries if entry.due)),
            "units": [unit for unit in archive.vocabulary.units if unit.slug in units],
            "topics": [topic for topic in archive.vocabulary.topics if topic.slug in topics],
        }

    language = archive.vocabulary.language
    promising = {promise.record.id for promise in archive.promises}
    sources = tuple(record for record in archive.records if record.id in promising or record.outcomes)
    title, lead = label("plans", language), label("plans-lead", language)
    yield Page(addresses.PLANS, "plans.html", title, view, lead, crumbs(archive), records=sources)
