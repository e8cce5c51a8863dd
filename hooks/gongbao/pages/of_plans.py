"""The ledger of promises (计划落实台账): every commitment with its due time, status and the trail of outcomes.

The whole ledger stands by year. Each status and each unit has a page with its newest promises, which leads to the years
for those before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlencode

from ..archive import addresses
from ..archive.bulletins import Fulfilment
from ..archive.derived import Derived
from ..archive.filing import Promise, grouped
from ..archive.ledger import PROMISE_STATUSES, PromiseStatus, as_period
from ..archive.pace import PACES, POINTS, Pace, PaceName, pace_of
from ..problems.catalogue import label
from ..records.dates import Date
from ..records.periods import UNDATED, Period
from ..records.record import Record
from ..text.display import status_title
from .by_year import cut, pages_by_year
from .folding import Opened, opened
from .page import Page, View, crumbs

LONGEST = 34  # promises on one page of ten screens of a phone


@dataclass(frozen=True)
class LedgerEntry:
    """An entry of the ledger. ``due`` is the period in which the promise is due now, None if that is not known."""

    promise: Promise
    status: PromiseStatus
    due: Period | None
    due_now: Period | Date
    carried: int
    pace: Pace | None

    @property
    def year(self) -> str:
        """The name of the year in which the promise is due now."""
        return _year(self.due)


def ledger_pages(derived: Derived) -> Iterator[Page]:
    """Yield the pages of the ledger; nothing if no record promises anything.

    Entries stand by due period, newest first, entries without one last; then in the order of their records. Addresses
    stay: a status has a page also if no promise has it now, and a year also if all its promises were carried over.
    """
    archive, language = derived.archive, derived.archive.vocabulary.language
    if not archive.promises:
        return
    entries = _entries(derived)
    of_unit = grouped((entry.promise.record.unit, entry) for entry in entries)
    units = archive.vocabulary.units.of_slugs(of_unit) if archive.has_units else ()
    title, lead = label("plans", language), label("plans-lead", language)
    whole = Page(addresses.PLANS, "plans.html", title, dict, lead, crumbs(archive), records=_records(entries))

    def part(address: str, name: str, ours: Sequence[LedgerEntry], **asked: str) -> Page:
        """Return the page of some promises. A year's page shows them if it is ``asked`` so."""
        shown, older = cut(grouped((entry.year, entry) for entry in ours), LONGEST, whole.address)
        return replace(
            whole,
            address=address,
            title=f"{title} · {name}",
            shows=lambda: {**_view(derived, ours, shown), "older": older, "year": "", "asked": f"?{urlencode(asked)}"},
            crumbs=(*whole.crumbs, (title, whole.address)),
            records=_records(ours),
        )

    due = {_year(period) for promise in archive.promises for period in derived.ledger.due_periods(promise)}
    names = sorted(due, key=lambda name: "" if name == UNDATED else name, reverse=True)
    years = {name: [entry for entry in entries if entry.year == name] for name in names}

    def show(shown: Sequence[LedgerEntry], year: str) -> View:
        if year:
            return _view(derived, shown, shown)
        numbers = Counter(entry.status for entry in entries)
        statuses = [(status, numbers[status]) for status in PROMISE_STATUSES]
        paces = _by_pace(entries) if measured else ()
        return {**_view(derived, entries, shown), "statuses": statuses, "of_units": units, "paces": paces}

    measured = archive.vocabulary.site.pace and any(promise.commitment.target for promise in archive.promises)
    yield from pages_by_year(whole, years, LONGEST, show, _records, language)
    for status in PROMISE_STATUSES:
        ours = [entry for entry in entries if entry.status == status]
        yield part(addresses.plans_of_status(status), status_title(status, language), ours, status=status)
    for unit in units:
        yield part(addresses.plans_of_unit(unit.slug), unit.title.text(language), of_unit[unit.slug], unit=unit.slug)
    if measured:
        yield replace(
            whole,
            address=addresses.PACE,
            template="pace.html",
            title=label("pace-title", language),
            description=label("pace-lead", language),
            shows=lambda: {"paces": _by_pace(entries), "points": POINTS},
            crumbs=(*whole.crumbs, (title, whole.address)),
        )


def _by_pace(entries: Sequence[LedgerEntry]) -> list[tuple[PaceName, list[LedgerEntry]]]:
    return [(name, [entry for entry in entries if entry.pace and entry.pace.name == name]) for name in PACES]


def _entries(derived: Derived) -> list[LedgerEntry]:
    ledger = derived.ledger
    entries = [
        LedgerEntry(
            promise,
            ledger.status(promise),
            as_period(ledger.due(promise)),
            ledger.due(promise),
            promise.times_carried,
            pace_of(derived, promise),
        )
        for promise in derived.archive.promises
    ]
    return sorted(entries, key=lambda entry: entry.due.order if entry.due else (-2, 0), reverse=True)


def _year(period: Period | None) -> str:
    return period.year_name if period else UNDATED


def _view(derived: Derived, entries: Sequence[LedgerEntry], shown: Sequence[LedgerEntry]) -> View:
    """Return what a page of the ledger shows: some of its ``entries``, by the time when they are due.

    Each time comes with the number of its promises, and with those that stand open. Only the first page leads to other
    parts.
    """
    vocabulary = derived.archive.vocabulary
    fulfilment = Fulfilment(tuple((entry.promise, entry.status) for entry in entries))
    topics = {entry.promise.topic for entry in shown}
    halves: list[tuple[Period | None, int, Opened[LedgerEntry]]] = []
    above = 0  # how many entries stand above
    for due, group in groupby(shown, lambda entry: entry.due):
        ours = tuple(group)
        is_closed = above > 0 and above + len(ours) > LONGEST
        halves.append((due, len(ours), Opened((), ours) if is_closed else opened(ours, LONGEST)))
        above += len(ours)
    return {
        "halves": halves,
        "whole": len(shown) == len(entries),
        "fulfilment": fulfilment,
        "statuses": (),
        "periods": list(dict.fromkeys(entry.due for entry in shown if entry.due)),
        "units": vocabulary.units.of_slugs(entry.promise.record.unit for entry in shown),
        "topics": [topic for topic in vocabulary.topics if topic.slug in topics],
        "of_units": (),
        "paces": (),
        "asked": "",
    }


def _records(entries: Sequence[LedgerEntry]) -> tuple[Record, ...]:
    """Return the records that make these promises, and those that tell what became of them."""
    found = {
        record.id: record
        for entry in entries
        for record in (entry.promise.record, *(record for record, _ in entry.promise.outcomes))
    }
    return tuple(found.values())
