"""Waivers: rules that do not count for a field. A record has its own, and ``periods.yml`` those of whole periods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..problems.catalogue import catalogue, waivable
from ..problems.field_paths import leads_to
from ..problems.problem import Mark, Problem
from ..records.periods import Period
from ..records.record import Record
from ..records.vocabulary import Vocabulary
from ..records.wordlists import Waiver


@dataclass(frozen=True)
class _PlacedWaiver:
    """A waiver with its place: the file, the place in it, and the field."""

    waiver: Waiver
    path: str
    mark: Mark
    field: str


def unwaived(
    problems: Iterable[Problem], records: Sequence[Record], vocabulary: Vocabulary, root: str, *, complete: bool
) -> Iterator[Problem]:
    """Yield the problems that no waiver covers, and a problem for each waiver that covers none.

    Unused waivers are reported only if all checks could run (``complete``).
    """
    lists = f"{root}/periods.yml"
    of_periods = _of_periods(vocabulary, lists)
    own = {record.path: _of_record(record) for record in records if record.allow}
    own[lists] = _table(one for table in of_periods.values() for ones in table.values() for one in ones)
    places = {record.path: (record.period, record.unit) for record in records} if of_periods else {}
    used: set[int] = set()
    for problem in problems:
        period, unit = places.get(problem.path, (None, None))
        tables = (own.get(problem.path, {}), of_periods.get((period, None), {}), of_periods.get((period, unit), {}))
        covering = [one for table in tables for one in table.get(problem.rule, ()) if _covers(one.waiver, problem)]
        used |= {id(one) for one in covering}
        if not covering or not waivable(problem.rule):
            yield problem
    if complete:
        for one in (one for table in own.values() for ones in table.values() for one in ones):
            if id(one) not in used and one.waiver.rule in catalogue()["problems"]:
                yield Problem(one.path, one.mark, "waiver.unused", one.field, one.waiver.rule)


# The waivers of a record or a period, by rule: some hundreds at most, see `records.fields.LIST_LIMIT`.
_Waivers = Mapping[str, Sequence[_PlacedWaiver]]


def _of_record(record: Record) -> _Waivers:
    return _table(
        _PlacedWaiver(waiver, record.path, record.mark("allow", at), f"allow[{at}]")
        for at, waiver in enumerate(record.allow)
    )


def _of_periods(vocabulary: Vocabulary, path: str) -> Mapping[tuple[Period | None, str | None], _Waivers]:
    """Return the waivers of ``periods.yml`` by period and unit; the unit is None for those of all units."""
    waivers: dict[tuple[Period | None, str | None], list[_PlacedWaiver]] = defaultdict(list)
    for place, entry in enumerate(vocabulary.periods):
        for at, waiver in enumerate(entry.allow):
            waivers[entry.period, entry.unit].append(_PlacedWaiver(waiver, path, Mark(), f"[{place}].allow[{at}]"))
    return {key: _table(placed) for key, placed in waivers.items()}


def _table(placed: Iterable[_PlacedWaiver]) -> _Waivers:
    table: dict[str, list[_PlacedWaiver]] = defaultdict(list)
    for one in placed:
        table[one.waiver.rule].append(one)
    return table


def _covers(waiver: Waiver, problem: Problem) -> bool:
    return waiver.rule == problem.rule and (not waiver.field or leads_to(waiver.field, problem.field))
