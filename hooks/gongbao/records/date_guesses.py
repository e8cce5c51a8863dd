"""Dates in the spellings of letters and reports, for which the spelling of records is suggested."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta

YEAR_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")  # 二○一四年 is 2014
_TEN = re.compile("(?P<tens>[一二三]?)十(?P<ones>[一二三四五六七八九]?)")
_DAY = r"(?P<year{0}>\d{{4}})(?:[-./年](?P<month{0}>\d{{1,2}})(?:[-./月](?P<day{0}>\d{{1,2}}))?)?[日号月年]?"
_ONE = re.compile(_DAY.format(""))
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_SPAN = re.compile(
    _DAY.format("") + r"(?:至|到|[-—–~〜─/]{1,2})(?:(?P<year2>\d{4})[-./年])?(?P<month2>\d{1,2}(?=[-./月]))?[-./月]*"
    r"(?P<day2>\d{1,2})?[日号]?"
)
_WEEKDAY = re.compile(r"[(（]?(?:星期|周|礼拜)([一二三四五六日天])[)）]?")
_LETTERS = str.maketrans("oOlI", "0011")  # typed for the digits that look alike
_EXCEL = re.compile(r"[3-6]\d{4}(?:\.0)?")  # days since the end of 1899, from 1982 on
_SHORT_YEAR = re.compile(
    r"(?P<year>\d\d)(?P<sign>[-./年])(?P<month>\d{1,2})(?:(?P=sign)|月)(?P<day>\d{1,2})[日号]?"
)  # 26.5.8
_CLOCK = re.compile(r"(?<=\d)[T\s]+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?\s*$")
_HOUR = re.compile(r"(?:[上下中]午|晚上?|凌晨|清晨|早上?)(?:\d{1,2}[时点:]?(?:\d{0,2}分?|半))?$")
_MONTHS = re.compile(r"(?P<year>\d{4})[-年./](?P<first>\d{1,2})月?(?:[-~〜、]|至|到)(?P<last>\d{1,2})月份?")
_MIXED = re.compile(r"\d{4}([-./])\d{1,2}(?!\1)[-./]\d{1,2}")  # two months: 2014.7-8
_AMBIGUOUS = re.compile(r"\d{4}/\d\d?")  # a month, or two years: 2011/12


def likely_date(text: str) -> tuple[str, bool]:
    """Return the EDTF spelling of what a writer most likely meant, and whether it can mean nothing else.

    The spelling is empty if the calendar has no such day, or if the text is no date: then it is not certain either.
    """
    if clock := _CLOCK.search(text):
        return likely_date(text[: clock.start()])[0], False
    spaced = re.sub(r"(?<=\d)\s+(?=\d)", "-", unicodedata.normalize("NFKC", text))
    bare = re.sub(r"\s", "", spaced).strip("\"'“”‘’「」。.")
    if weekday := _WEEKDAY.search(bare):
        spelt, certain = likely_date(bare.replace(weekday[0], "", 1))
        return spelt, certain and _weekday_of(spelt) == weekday[1].replace("天", "日")
    bare = _TEN.sub(lambda found: _number_of(found["tens"], found["ones"]), bare).translate(YEAR_DIGITS)
    bare = re.sub("(?<=\\d)[—–−─](?=\\d)", "-", bare)
    if hour := _HOUR.search(bare):
        return likely_date(bare[: hour.start()])[0], False
    if months := _MONTHS.fullmatch(bare):
        first, last = (_spelt(months["year"], months[name], None) for name in ("first", "last"))
        return (f"{first}/{last}", True) if first and first < last else ("", False)
    if _EXCEL.fullmatch(bare):
        return (date(1899, 12, 30) + timedelta(days=int(bare[:5]))).isoformat(), False
    if short := _SHORT_YEAR.fullmatch(bare):
        century = "19" if short["year"] >= "50" else "20"
        return likely_date(f"{century}{short['year']}.{short['month']}.{short['day']}")[0], False
    if re.search(r"\d[oOlI]|[oOlI]\d", bare):
        return likely_date(bare.translate(_LETTERS))[0], False
    found = None if _MIXED.fullmatch(bare) else _COMPACT.fullmatch(bare) or _ONE.fullmatch(bare)
    if found:
        return _spelt(found["year"], found["month"], found["day"]), not _AMBIGUOUS.fullmatch(bare)
    if found := _SPAN.fullmatch(bare):
        span = _span(found)
        return span, bool(span)
    return "", False


def _weekday_of(spelt: str) -> str:
    """Return the last character of the weekday of a day (五 of 星期五), or an empty text for a longer time."""
    return "一二三四五六日"[date.fromisoformat(spelt).weekday()] if re.fullmatch(r"\d{4}-\d\d-\d\d", spelt) else ""


def _number_of(tens: str, ones: str) -> str:
    return f"{tens or '一'}{ones or '〇'}"


def _span(found: re.Match[str]) -> str:
    """Return a span; what its end leaves out is as in its beginning (2014年7月至8月). It is empty if it goes back."""
    if (found["day"] is None) != (found["day2"] is None):
        return ""
    first = _spelt(found["year"], found["month"], found["day"])
    last = _spelt(found["year2"] or found["year"], found["month2"] or found["month"], found["day2"])
    return f"{first}/{last}" if first and last and first < last else ""


def _spelt(year: str, month: str | None, day: str | None) -> str:
    if month is None:
        return year
    if not 1 <= int(month) <= 12 or int(year) == 0:
        return ""
    if day is None:
        return f"{year}-{int(month):02}"
    return f"{year}-{int(month):02}-{int(day):02}" if 1 <= int(day) <= monthrange(int(year), int(month))[1] else ""
