"""``form.highlights``: too few or too many highlights of a unit in a period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ...problems.problem import Problem
from ...records.periods import Period
from ...records.record import Record
from ..case import Case, problem_at

FROM = 5  # records that a unit must have in a period to need highlights
LEAST, MOST = 2, 6


def check(case: Case) -> Iterator[Problem]:
    """Find each unit and period with too few or too many highlights. The problem is at their first record."""
    if not case.complete:
        return
    groups: dict[tuple[str, Period], list[Record]] = defaultdict(list)
    for record in case.archive.records:
        if not record.draft:
            groups[record.unit, record.period].append(record)
    for records in groups.values():
        count = sum(record.highlight for record in records)
        if len(records) >= FROM and not LEAST <= count <= MOST:
            values = {"count": str(count), "least": str(LEAST), "most": str(MOST), "records": str(len(records))}
            yield problem_at(records[0], "form.highlights", ("highlight",), count, **values)
