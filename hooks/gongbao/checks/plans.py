"""Promises: ``plan.repeated``, ``.carried``, ``.overdue``. Their outcomes: ``outcome.bare``, ``.due``, ``.value``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise

from ..archive.filing import Promise
from ..archive.ledger import Ledger, as_period
from ..problems.field_paths import written_name
from ..problems.problem import Problem
from ..records.nodes import added_field, has_chinese_names
from ..records.record import Record
from ..text.figure_views import target_quantity
from .case import Case, problem_at

ALIKE = 0.9  # the least share of equal characters in two texts that count as the same
CARRIED_AT_MOST = 2


def check(case: Case) -> Iterator[Problem]:
    """Yield a problem for everything that a reader of the promises would ask about."""
    if case.complete:
        yield from _repeated(case)
        yield from _overdue(case)
    places = {id(one): at for record in case.archive.records for at, one in enumerate(record.outcomes)}
    for promise in case.archive.promises:
        yield from _outcomes(promise, places, case)


def _outcomes(promise: Promise, places: Mapping[int, int], case: Case) -> Iterator[Problem]:
    carried = 0
    for record, outcome in promise.outcomes:
        index = places[id(outcome)]
        carried += outcome.status == "carried"
        if outcome.status == "carried" and carried == CARRIED_AT_MOST + 1:
            steps = ("outcomes", index, "status")
            yield problem_at(record, "plan.carried", steps, promise.commitment.text, times=str(carried))
        if not record.text.strip() and not record.figures and outcome.value is None and not outcome.note:
            yield problem_at(record, "outcome.bare", ("outcomes", index), promise.commitment.text)
        if outcome.status == "carried" and outcome is promise.outcomes[-1][1] and record.period == case.archive.newest:
            yield from _without_due(promise, record, index)
        if promise.commitment.target and outcome.status in ("done", "partly") and outcome.value is None:
            target = str(target_quantity(promise.commitment.target, case.archive.vocabulary))
            steps = ("outcomes", index, "value")
            yield problem_at(record, "outcome.value", steps, promise.commitment.text, target=target)


def _without_due(promise: Promise, record: Record, index: int) -> Iterator[Problem]:
    """Tell a promise that the newest period carries on, although its time is over then and there is no new one."""
    due = as_period(promise.carried_to[-1] if promise.carried_to else promise.commitment.due)
    later = record.period.next_half
    if record.outcomes[index].due or due is None or later is None or not due.ended_by(record.period):
        return
    holder = record.node("outcomes", index)
    line = f"{written_name('due', chinese=has_chinese_names(holder))}: {later.id}"
    problem = problem_at(record, "outcome.due", ("outcomes", index, "status"), promise.commitment.text)
    if added := added_field(holder, line, ("status", "commitment")):
        problem = replace(problem, values={"add-due": line}, fix=added)
    yield problem


def _repeated(case: Case) -> Iterator[Problem]:
    """Find the promises that repeat one from the unit's last plan which no outcome has answered."""
    plans: dict[str, dict[tuple[int, int], list[Promise]]] = defaultdict(lambda: defaultdict(list))
    for promise in case.archive.promises:
        if promise.record.period.year is not None:
            plans[promise.record.unit][promise.record.period.order].append(promise)
    for unit in case.archive.by_unit:
        for earlier, later in pairwise(sorted(plans[unit])):
            unanswered = [before for before in plans[unit][earlier] if not _is_answered(before, later)]
            for promise in plans[unit][later]:
                alike = _alike(promise.commitment.text)
                if before := next((one for one in unanswered if alike(one.commitment.text)), None):
                    steps = ("commitments", _place(promise), "text")
                    yield problem_at(promise.record, "plan.repeated", steps, promise.commitment.text, other=before.id)


def _place(promise: Promise) -> int:
    return next(at for at, one in enumerate(promise.record.commitments) if one is promise.commitment)


def _is_answered(promise: Promise, by: tuple[int, int]) -> bool:
    """Whether an outcome was reported up to the period with the order ``by``."""
    return any(record.period.order <= by for record, _ in promise.outcomes)


def _alike(text: str) -> Callable[[str], bool]:
    """Return a function that tells whether another text is like this one. It asks first what takes the least time."""
    matcher = SequenceMatcher(None, "", text, autojunk=False)

    def alike(other: str) -> bool:
        matcher.set_seq1(other)
        return all(ratio() >= ALIKE for ratio in (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio))

    return alike


def _overdue(case: Case) -> Iterator[Problem]:
    """Find every promise without an outcome whose time is over, although its unit has reported since."""
    ledger = Ledger(case.archive)
    for promise in case.archive.promises:
        if ledger.status(promise) == "overdue":
            yield problem_at(promise.record, "plan.overdue", ("commitments", _place(promise)), promise.commitment.text)
