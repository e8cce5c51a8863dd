"""Days and periods that texts of problems give as examples: those of the record, so that they can be copied."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

_USUAL = "2014-h1"  # where there is no record
_MONTHS = {"h1": (4, 5), "h2": (10, 11), "year": (4, 5)}  # two months of each part of a year


@cache
def examples(period: str) -> Mapping[str, str]:
    """Return what fills the placeholders ``{eg-…}`` of texts on a record of a period, by name.

    ``period`` is a period's id (``2014-h1``); an undated or an empty one counts as one of a usual year.
    """
    year, _, part = (period if period[:4].isdigit() else _USUAL).partition("-")
    first, second = _MONTHS.get(part, _MONTHS["h1"])
    before = f"{year}-h1" if part == "h2" else f"{int(year) - 1:04}-h2"
    return {
        "eg-year": year,
        "eg-day": f"{year}-{second:02}-09",
        "eg-month": f"{year}-{second:02}",
        "eg-months": f"{year}-{first:02}/{year}-{second:02}",
        "eg-words": f"{year}年{second}月9日",
        "eg-half": f"{year}-{part if part in ('h1', 'h2') else 'h1'}",
        "eg-before": before,
    }
