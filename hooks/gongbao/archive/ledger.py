"""Promises and what became of them, by the rules of the record format."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, get_args

from ..problems.names import OutcomeStatus
from ..records.dates import Date
from ..records.periods import Period
from .filing import Archive, Promise

# What became of a promise: the status of its latest outcome. A promise without outcomes has one of the last three.
PromiseStatus = Literal[OutcomeStatus, "open", "overdue", "no-later-report"]
PROMISE_STATUSES: tuple[PromiseStatus, ...] = get_args(PromiseStatus)  # in the order in which pages count them


@dataclass(frozen=True)
class Ledger:
    """The status of an archive's promises, computed from published periods and never from a clock."""

    archive: Archive

    @cached_property
    def _latest_of_unit(self) -> dict[str, Period]:
        """The newest period of each unit's records, by the unit's slug."""
        return {unit: records[-1].period for unit, records in self.archive.by_unit.items()}

    def due(self, promise: Promise) -> Period | Date:
        """Return when a promise is due: the last due time that an outcome gave it, or else its own."""
        return promise.carried_to[-1] if promise.carried_to else promise.commitment.due

    def status(self, promise: Promise) -> PromiseStatus:
        """Return the status of the latest outcome. A promise without outcomes is open until its due period is over.

        Then it is *overdue* if its unit has published a record of that period or later, and else *no later report*.
        """
        if promise.outcomes:
            latest: PromiseStatus = promise.outcomes[-1][1].status
            return latest
        due = as_period(promise.commitment.due)
        if due is None or not self.is_over(due):
            return "open"
        reported = self._latest_of_unit[promise.record.unit]
        return "overdue" if due.ended_by(reported) else "no-later-report"

    def is_over(self, period: Period) -> bool:
        """Whether a period is over.

        It is over if the newest published period ends later, or ends on the same day and the site's ``as_of`` is not
        before that day. A second half is over, too, once its whole year is published.
        """
        newest = self.archive.newest
        if newest is None or newest.last_day is None or period.last_day is None:
            return False
        as_of = self.archive.vocabulary.site.as_of
        if newest.last_day == period.last_day:  # a whole year ends with its second half
            ended = as_of is not None and as_of.last is not None and as_of.last >= period.last_day
            return ended or newest.order > period.order
        return newest.last_day > period.last_day

    def due_in(self, period: Period) -> tuple[Promise, ...]:
        """Return the promises due in a period, at first or after they were carried over, in order."""
        return tuple(self._by_due.get(period, ()))

    @cached_property
    def _by_due(self) -> dict[Period, list[Promise]]:
        groups: dict[Period, list[Promise]] = defaultdict(list)
        for promise in self.archive.promises:
            for period in filter(None, self.due_periods(promise)):
                groups[period].append(promise)
        return groups

    def due_periods(self, promise: Promise) -> set[Period | None]:
        """Return the periods in which a promise was due at first and after it was carried over."""
        return {as_period(due) for due in (promise.commitment.due, *promise.carried_to)}


def as_period(due: Period | Date) -> Period | None:
    """Return the half or the year in which a due time ends. None if a date has no known end."""
    if isinstance(due, Period):
        return due
    if due.last is None or due.last == date.max:
        return None
    whole_year = due.first is not None and due.last.month - due.first.month > 6
    return Period(due.last.year, "year" if whole_year else "h1" if due.last.month <= 6 else "h2")
