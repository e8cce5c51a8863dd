"""The timeline: the number of records in each half of each year, and the gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ..records.periods import PARTS_IN_ORDER, Period, PeriodPart
from ..records.record import Record


@dataclass(frozen=True, slots=True)
class TimelineCell:
    """A period with records: its page, their number, and that number in per cent of the largest one (1 to 100)."""

    period: Period
    address: str
    count: int
    share: int


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A year with a cell for each column (None for no records); or, without cells, a gap of years without records."""

    first: str  # the year's name, or the name of a gap's first year; ``last`` is that of its last year
    last: str
    cells: tuple[TimelineCell | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """The years, newest first, gaps between them, undated last; ``parts`` are the columns."""

    parts: tuple[PeriodPart, ...]
    rows: tuple[TimelineRow, ...]


def timeline(records: Iterable[Record], address: Callable[[Period], str]) -> Timeline:
    """Return records counted by year and part. There is a column of whole years only if one has records."""
    counts = Counter(record.period for record in records)
    most = max(counts.values(), default=1)
    parts = tuple(part for part in PARTS_IN_ORDER if part != "year" or any(period.part == "year" for period in counts))

    def cell(year: int | None, part: PeriodPart) -> TimelineCell | None:
        period = Period(year, part)
        number = counts[period]
        return TimelineCell(period, address(period), number, max(1, number * 100 // most)) if number else None

    def rows() -> Iterator[TimelineRow]:
        years = sorted({period.year for period in counts if period.year is not None}, reverse=True)
        for at, year in enumerate(years):
            if at and years[at - 1] - year > 1:
                yield TimelineRow(f"{year + 1:04}", f"{years[at - 1] - 1:04}")
            name = Period(year, "year").year_name
            yield TimelineRow(name, name, tuple(cell(year, part) for part in parts))
        if any(period.year is None for period in counts):
            name = Period(None, "year").year_name
            yield TimelineRow(name, name, tuple(cell(None, part) for part in parts))

    return Timeline(parts, tuple(rows()))
