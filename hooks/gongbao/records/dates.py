"""Dates as records write them: EDTF level 1 (ISO 8601-2), and the Chinese 年月日.

Plain years, months and days are read here, because the EDTF library takes about 7 ms for a date. It reads the rest.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from time import struct_time

from .date_guesses import likely_date
from .periods import Period

_PLAIN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_CHINESE = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})[日号])?)?")
_UNSPECIFIED = re.compile(r"(?:\d{2}XX|\d{3}X|XXXX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?")
_END = r"(?:\d{4}(?:-\d\d(?:-\d\d)?)?[?~%]?|\.\.)"
_LEVEL_1 = re.compile(rf"{_END}(?:/{_END})?|[\dX]{{4}}(?:-[\dX]{{2}}){{0,2}}")


class DateError(ValueError):
    """A date that cannot be read.

    ``rule`` is ``date.form`` or ``date.impossible``; ``suggested`` is the likely right spelling, or empty. It is
    ``certain`` if the text can mean nothing else.
    """

    def __init__(self, rule: str, suggested: str = "", *, certain: bool = False) -> None:
        super().__init__(rule)
        self.rule, self.suggested, self.certain = rule, suggested, certain


@dataclass(frozen=True, slots=True)
class Date:
    """A date or span: its EDTF text, and its first and last possible day (None if the year is unknown)."""

    text: str
    first: date | None
    last: date | None

    @property
    def months(self) -> tuple[int, int] | None:
        """The first and the last month, 1 to 12 each, or None if they are not known."""
        if self.first and self.last:
            return self.first.month, self.last.month
        found = _UNSPECIFIED.fullmatch(self.text)
        return (int(found[1]), int(found[1])) if found and found[1] and found[1] != "XX" else None

    def within(self, period: Period) -> bool:
        """Whether the date lies in the period, or is too coarse to contradict it (``2014`` in 2014-h1)."""
        if not self.first or not self.last or not period.first_day or not period.last_day:
            low, high = period.months
            if self.months is None or (self.first is None) != (period.first_day is None):
                return True
            return low <= self.months[0] and self.months[1] <= high
        inside = period.first_day <= self.first and self.last <= period.last_day
        around = self.first <= period.first_day and period.last_day <= self.last
        return inside or around


@lru_cache(maxsize=4096)
def parse_date(text: str) -> Date:
    """Read one date.

    Raises DateError: ``date.form`` with the likely right spelling, or ``date.impossible`` if there is no such day.
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    if folded != text.strip():
        raise _unreadable(text)
    if found := _PLAIN.fullmatch(folded) or _CHINESE.fullmatch(folded):
        return _plain(found[1], found[2], found[3])
    if found := _UNSPECIFIED.fullmatch(folded):
        _check_month_and_day(found[1], found[2])
        return Date(folded, None, None)
    if _LEVEL_1.fullmatch(folded) and folded != "../..":
        return _from_library(folded)
    raise _unreadable(text)


def _plain(year: str, month: str | None, day: str | None) -> Date:
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise DateError("date.impossible") from error
    last_month = int(month) if month else 12
    last = first if day else date(int(year), last_month, monthrange(int(year), last_month)[1])
    text = f"{first.year:04}" + (f"-{first.month:02}" if month else "") + (f"-{first.day:02}" if day else "")
    return Date(text, first, last)


def _check_month_and_day(month: str | None, day: str | None) -> None:
    if month and month != "XX":
        _plain("2004", month, day if day and day != "XX" else None)  # a leap year, because 29 February is possible


def _from_library(text: str) -> Date:
    from edtf import EDTFParseException, parse_edtf  # slow to import and seldom needed

    for plain in re.findall(r"\d{4}(?:-\d\d)*", text):
        parse_date(plain)
    try:
        parsed = parse_edtf(text)
        first, last = _day(parsed.lower_strict()), _day(parsed.upper_strict())
    except (EDTFParseException, ValueError) as error:
        raise DateError("date.form") from error
    if first > last:
        raise DateError("date.form", "/".join(reversed(text.split("/"))))
    return Date(text, first, last)


def _day(bound: struct_time | float) -> date:
    """Return the day of a bound as the library gives it; an open end is an infinite number there."""
    if isinstance(bound, struct_time):
        return date(*bound[:3])
    return date.min if bound < 0 else date.max


def _unreadable(text: str) -> DateError:
    suggested, certain = likely_date(text)
    if certain and not suggested:
        return DateError("date.impossible")
    return DateError("date.form", suggested, certain=certain)
