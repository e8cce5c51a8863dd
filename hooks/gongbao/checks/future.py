"""Periods that cannot be, ``period.future``: later than the site's ``as_of``, or decades after all others.

A year that is mistyped (2062 for 2026) would become the site's newest, and its bulletin the one at ``/latest/``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..archive.filing import Archive
from ..problems.problem import Mark, Problem
from ..records.periods import Period
from ..text.display import period_title
from .case import Case

GAP = 15  # years without a record that an archive may have before its newest periods


def check(case: Case) -> Iterator[Problem]:
    """Yield a problem for each period that is too late, at its first record."""
    archive = case.archive
    as_of = archive.vocabulary.site.as_of
    dated = [period for period in archive.periods if period.first_day]
    if as_of:
        for period in dated:
            if as_of.last and period.first_day and period.first_day > as_of.last:
                yield _problem(archive, period, "period.future", other=as_of.text)
    else:
        yield from _gaps(archive, dated)


def _gaps(archive: Archive, dated: Sequence[Period]) -> Iterator[Problem]:
    """Yield a problem for each period after a gap of more than `GAP` years; for the first alone if they are most."""
    for at, (before, after) in enumerate(pairwise(dated), 1):
        if (after.year or 0) - (before.year or 0) > GAP:
            later = dated[at:] if len(dated) >= 2 * (len(dated) - at) else dated[at : at + 1]
            for period in later:
                years = str((period.year or 0) - (before.year or 0))
                other = period_title(before, archive.vocabulary.language)
                yield _problem(archive, period, "period.gap", other=other, years=years)
            return


def _problem(archive: Archive, period: Period, rule: str, **values: str) -> Problem:
    records = archive.of_period(period)
    return Problem(records[0].path, Mark(), rule, "", period.id, {"count": str(len(records)), **values})
