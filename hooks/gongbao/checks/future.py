"""Periods that cannot be, ``period.future``: later than the site's ``as_of``, or decades after all others.

A year that is mistyped (2062 for 2026) would become the site's newest, and its bulletin the one at ``/latest/``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..archive.filing import Archive
from ..problems.problem import Mark, Problem
from ..records.dates import Date
from ..records.periods import Period
from ..text.display import period_title
from .case import Case

GAP = 15  # years without a record that an archive may have before its newest periods


def check(case: Case) -> Iterator[Problem]:
    """Yield a problem for each period that is too late, at its first record."""
    archive = case.archive
    as_of = archive.vocabulary.site.as_of
    for period, rule, other in _too_late(archive, as_of):
        records = archive.of_period(period)
        values = {"count": str(len(records)), "other": other, "gap": str(GAP)}
        yield Problem(records[0].path, Mark(), rule, "", period.id, values)


def _too_late(archive: Archive, as_of: Date | None) -> Iterator[tuple[Period, str, str]]:
    """Yield each period that is too late, the rule that it breaks, and the day or period that it is held against."""
    dated = [period for period in archive.periods if period.first_day]
    for period in dated:
        if as_of and as_of.last and period.first_day and period.first_day > as_of.last:
            yield period, "period.future", as_of.text
    if as_of:
        return
    for before, after in pairwise(dated):
        later = [period for period in dated if period.order >= after.order]
        if (after.year or 0) - (before.year or 0) > GAP and len(later) <= len(dated) / 2:
            for period in later:
                yield period, "period.gap", period_title(before, archive.vocabulary.language)
            return
