"""Periods later than the site's ``as_of`` (``period.future``), or decades after the one before (``period.gap``).

A year that is mistyped (2062 for 2026) would become the site's newest, and its bulletin the one at ``/latest/``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..archive.filing import Archive
from ..problems.problem import Mark, Problem
from ..records.periods import Period, is_long_gap
from ..text.display import period_title
from .case import Case


def check(case: Case) -> Iterator[Problem]:
    """Yield a problem for each period that is too late, or the first one after a gap, at its first record."""
    archive = case.archive
    as_of = archive.vocabulary.site.as_of
    dated = [period for period in archive.periods if period.first_day]
    if as_of:
        for period in dated:
            if as_of.last and period.first_day and period.first_day > as_of.last:
                yield _problem(archive, period, "period.future", other=as_of.text)
        return
    for before, after in pairwise(dated):
        if is_long_gap(before, after):
            years = (after.year or 0) - (before.year or 0)
            other = period_title(before, archive.vocabulary.language)
            yield _problem(archive, after, "period.gap", other=other, years=str(years))


def _problem(archive: Archive, period: Period, rule: str, **values: str) -> Problem:
    records = archive.of_period(period)
    return Problem(records[0].path, Mark(), rule, "", period.id, {"count": str(len(records)), **values})
