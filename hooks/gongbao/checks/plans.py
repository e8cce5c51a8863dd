"""Promises and their outcomes: ``plan.repeated``, ``.carried``, ``.overdue``, ``outcome.bare`` and ``.value``."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise

from ..archive.filing import Promise
from ..archive.ledger import Ledger
from ..problems.problem import Problem
from ..text.figure_views import target_quantity
from .case import Case, problem_at

ALIKE = 0.9  # the least share of equal characters in two texts that count as the same
CARRIED_AT_MOST = 2


def check(case: Case) -> Iterator[Problem]:
    """Yield a problem for everything that a reader of the promises would ask about."""
    if case.complete:
        yield from _repeated(case)
        yield from _overdue(case)
    for promise in case.archive.promises:
        yield from _outcomes(promise, case)


def _outcomes(promise: Promise, case: Case) -> Iterator[Problem]:
    carried = 0
    for record, outcome in promise.outcomes:
        index = record.outcomes.index(outcome)
        carried += outcome.status == "carried"
        if outcome.status == "carried" and carried == CARRIED_AT_MOST + 1:
            steps = ("outcomes", index, "status")
            yield problem_at(record, "plan.carried", steps, promise.commitment.text, times=str(carried))
        if not record.text.strip() and not record.figures and outcome.value is None and not outcome.note:
            yield problem_at(record, "outcome.bare", ("outcomes", index), promise.commitment.text)
        if promise.commitment.target and outcome.status in ("done", "partly") and outcome.value is None:
            target = str(target_quantity(promise.commitment.target, case.archive.vocabulary))
            steps = ("outcomes", index, "value")
            yield problem_at(record, "outcome.value", steps, promise.commitment.text, target=target)


def _repeated(case: Case) -> Iterator[Problem]:
    """Find the promises that repeat one from the unit's last plan which no outcome has answered."""
    for unit in case.archive.by_unit:
        plans: dict[tuple[int, int], list[Promise]] = {}
        for promise in case.archive.promises:
            if promise.record.unit == unit and promise.record.period.year is not None:
                plans.setdefault(promise.record.period.order, []).append(promise)
        for earlier, later in pairwise(sorted(plans)):
            for promise in plans[later]:
                for before in plans[earlier]:
                    if not _is_answered(before, later) and _are_alike(before.commitment.text, promise.commitment.text):
                        index = promise.record.commitments.index(promise.commitment)
                        text = promise.commitment.text
                        steps = ("commitments", index, "text")
                        yield problem_at(promise.record, "plan.repeated", steps, text, other=before.id)
                        break


def _is_answered(promise: Promise, by: tuple[int, int]) -> bool:
    """Whether an outcome was reported up to the period with the order ``by``."""
    return any(record.period.order <= by for record, _ in promise.outcomes)


def _are_alike(text: str, other: str) -> bool:
    return SequenceMatcher(None, text, other, autojunk=False).ratio() >= ALIKE


def _overdue(case: Case) -> Iterator[Problem]:
    """Find every promise without an outcome whose time is over, although its unit has reported since."""
    ledger = Ledger(case.archive)
    for promise in case.archive.promises:
        if ledger.status(promise) == "overdue":
            index = promise.record.commitments.index(promise.commitment)
            yield problem_at(promise.record, "plan.overdue", ("commitments", index), promise.commitment.text)
