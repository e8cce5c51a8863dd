"""Periods: a half of a year or a whole year; the year may be unknown."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, get_args

PeriodPart = Literal["h1", "h2", "year"]
# The order within a year: first half, second half, whole year. A whole year ends with its second half, and its
# report is written after that of the second half.
PARTS_IN_ORDER: tuple[PeriodPart, ...] = get_args(PeriodPart)
UNDATED = "undated"  # stands for a year that is not known

_PERIOD = re.compile(r"((?!0000)\d{4}|undated)-(h1|h2|year)")
_CHINESE = re.compile(r"((?!0000)\d{4}) ?年(?:度|全年)?(?:(上|下)半年)?(?:度)?")
_LONG_GAP = 20  # years without a record that an archive must not have before a later period
_MONTHS: dict[PeriodPart, tuple[int, int]] = {"h1": (1, 6), "h2": (7, 12), "year": (1, 12)}


@dataclass(frozen=True)
class Period:
    """A reporting period. ``year`` is None if the year is not known."""

    year: int | None
    part: PeriodPart

    @cached_property
    def id(self) -> str:
        """The period as records spell it: ``2014-h1``, ``undated-year``."""
        return f"{self.year_name}-{self.part}"

    @cached_property
    def year_name(self) -> str:
        """The year in folders and addresses: ``2014`` or ``undated``."""
        return UNDATED if self.year is None else f"{self.year:04}"

    @property
    def folder(self) -> str:
        """The folder of the period in ``content/``: ``2014/h1``."""
        return f"{self.year_name}/{self.part}"

    @cached_property
    def order(self) -> tuple[int, int]:
        """The sort key, oldest first. Undated periods come before every dated one, and so are never the newest."""
        return (-1 if self.year is None else self.year, PARTS_IN_ORDER.index(self.part))

    @property
    def months(self) -> tuple[int, int]:
        """The first and the last month, 1 to 12."""
        return _MONTHS[self.part]

    @property
    def first_day(self) -> date | None:
        """The first day, or None if the year is not known."""
        return None if self.year is None else date(self.year, self.months[0], 1)

    @property
    def last_day(self) -> date | None:
        """The last day, or None if the year is not known."""
        if self.year is None:
            return None
        return date(self.year, self.months[1], monthrange(self.year, self.months[1])[1])

    @property
    def edtf(self) -> str:
        """The period in EDTF (ISO 8601-2, where 40 and 41 are the halves of a year); empty if undated."""
        suffix = {"h1": "-40", "h2": "-41", "year": ""}[self.part]
        return "" if self.year is None else f"{self.year:04}{suffix}"

    @property
    def next_half(self) -> Period | None:
        """The half after this period. None after an undated second half or an undated whole year."""
        if self.part == "h1":
            return Period(self.year, "h2")
        return None if self.year is None else Period(self.year + 1, "h1")

    @property
    def previous(self) -> Period:
        """The half before a half, or the year before a whole year; of an undated period an undated one."""
        if self.part == "h2":
            return Period(self.year, "h1")
        return Period(None if self.year is None else self.year - 1, "h2" if self.part == "h1" else "year")

    def ended_by(self, other: Period) -> bool:
        """Whether this period has ended by the end of ``other``. A whole year ends with its second half."""
        if self.last_day is None or other.last_day is None:
            return False
        return self.last_day <= other.last_day


def periods_between(earlier: Period, later: Period) -> int:
    """Return how many halves lie between two halves, or years between two whole years. Both have a known year."""
    if earlier.year is None or later.year is None:
        raise ValueError("an undated period has no distance from another")
    years = later.year - earlier.year
    if earlier.part == "year":
        return years - 1
    return 2 * years + (later.part == "h2") - (earlier.part == "h2") - 1


def parse_period(text: str) -> Period | None:
    """Return the period that ``2014-h1`` (in any case) or ``2014年上半年`` names; None for any other text."""
    folded = unicodedata.normalize("NFKC", text).strip().casefold()
    if found := _PERIOD.fullmatch(folded):
        part: PeriodPart = found[2]  # type: ignore[assignment]
        return Period(None if found[1] == UNDATED else int(found[1]), part)
    if found := _CHINESE.fullmatch(folded):
        half: PeriodPart = "year" if found[2] is None else "h1" if found[2] == "上" else "h2"
        return Period(int(found[1]), half)
    return None


def is_long_gap(before: Period, after: Period) -> bool:
    """Whether so many years lie between two periods that one of them may be mistyped."""
    return before.year is not None and after.year is not None and after.year - before.year >= _LONG_GAP
