"""Waivers: rules that do not count for a field. A record has its own, and ``periods.yml`` those of whole periods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..problems.catalogue import catalogue, waivable
from ..problems.field_paths import leads_to
from ..problems.problem import Mark, Problem
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
    by_file = _waivers_by_file(records, vocabulary, root)
    used: set[int] = set()
    for problem in problems:
        covering = [one for one in by_file.get(problem.path, ()) if _covers(one.waiver, problem)]
        used |= {id(one) for one in covering}
        if not covering or not waivable(problem.rule):
            yield problem
    if complete:
        every = {id(one): one for ones in by_file.values() for one in ones}
        for key, one in every.items():
            if key not in used and one.waiver.rule in catalogue()["problems"]:
                yield Problem(one.path, one.mark, "waiver.unused", one.field, one.waiver.rule)


def _waivers_by_file(records: Sequence[Record], vocabulary: Vocabulary, root: str) -> Mapping[str, list[_PlacedWaiver]]:
    """Return the waivers that count for each file, by its path."""
    by_file: dict[str, list[_PlacedWaiver]] = defaultdict(list)
    for record in records:
        for at, waiver in enumerate(record.allow):
            by_file[record.path].append(_PlacedWaiver(waiver, record.path, record.mark("allow", at), f"allow[{at}]"))
    for place, entry in enumerate(vocabulary.periods):
        concerned = [
            record for record in records if record.period == entry.period and entry.unit in (None, record.unit)
        ]
        for at, waiver in enumerate(entry.allow):
            whole = _PlacedWaiver(waiver, f"{root}/periods.yml", Mark(), f"[{place}].allow[{at}]")
            by_file[whole.path].append(whole)
            for record in concerned:
                by_file[record.path].append(whole)
    return by_file


def _covers(waiver: Waiver, problem: Problem) -> bool:
    return waiver.rule == problem.rule and (not waiver.field or leads_to(waiver.field, problem.field))
