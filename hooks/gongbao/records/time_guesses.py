"""Times as plans and summaries tell them (年底前, 第四季度, 去年下半年, 5月8日), spelt as records spell them."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange

from .date_guesses import likely_date
from .numerals import MONTH, numeral_value
from .periods import Period

_YEARS = {
    "今年": 0,
    "本年": 0,
    "当年": 0,
    "去年": -1,
    "上年": -1,
    "上一年": -1,
    "明年": 1,
    "次年": 1,
    "来年": 1,
    "下一年": 1,
}
_TIME = re.compile(
    rf"(?P<year>\d{{4}}|{'|'.join(_YEARS)})?(?:年度?)?"
    rf"(?:(?P<month>{MONTH})月份?(?P<third>上旬|中旬|下旬|[底末初中])?"
    r"|第?(?P<quarter>[一二三四1-4])季度?末?|(?P<half>[上下])半年|(?P<end>年?[底末终内]|全年|年中|年初)|)"
    r"(?:之?前|以前|以?内|为止|止|完成|期间)*"
)
_THIRDS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}
_TOLD = re.compile(
    rf"(?:20\d\d年|今年|明年)?{MONTH}月(?:份|[上中下]旬|[底末初])?(?:之?前)?"
    r"|第?[一二三四]季度|年底前?|年内"
)
_YEAR_LAST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")  # 8/5/2014, as English programs write it
_DAYS = 5  # of a list; a longer one is text
_NAMES_YEAR = re.compile(r"\d{4}|[今本当去上明次来下]一?年")


def _within(period: Period, first: str, second: str, year: str) -> str:
    """Return the day of a month and a day that is in a period, in either order; nothing if both are, or none is."""
    days = {likely_date(f"{year}-{month}-{day}")[0] for month, day in ((first, second), (second, first))} - {""}
    low, high = period.months
    found = [day for day in days if low <= int(day[5:7]) <= high]
    return found[0] if len(found) == 1 else ""


def near_date(text: str, period: Period | None) -> str:
    """Return the date that a text most likely means in a record of the period, or an empty text.

    A date without a year is in the year of the record's folder.
    """
    folded = _folded(text)
    named = "" if _NAMES_YEAR.search(folded) else f"{period.year}年" if period and period.year else ""
    if folded and (spelt := likely_date(named + folded)[0]):
        return spelt
    if period and (found := _YEAR_LAST.fullmatch(folded)):
        return _within(period, *found.groups())
    if spanned := _from_first_to_last(text, period):
        return spanned
    if not (meant := _meant(folded, period)):
        return ""
    year, first, last, days = meant
    if first == last and days:
        low, high = days[0], min(days[1], monthrange(year, first)[1])
        return f"{year:04}-{first:02}-{low:02}/{year:04}-{first:02}-{high:02}"
    if first == last:
        return f"{year:04}-{first:02}"
    return f"{year:04}" if (first, last) == (1, 12) else f"{year:04}-{first:02}/{year:04}-{last:02}"


def _from_first_to_last(text: str, period: Period | None) -> str:
    """Return the span of several days that a text lists (4月28日、5月6日), or an empty text."""
    days = re.split("[、，,；;和及与]", text)
    if not 1 < len(days) <= _DAYS:
        return ""
    year = days[0].strip()[:4] if re.match(r"\s*\d{4}\D", days[0]) else ""
    spelt = [
        near_date(day if re.match(r"\s*\d{4}", day) else f"{year}.{day.strip()}" if year else day, period)
        for day in days
    ]
    whole = all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in spelt)
    return f"{spelt[0]}/{spelt[-1]}" if whole and spelt == sorted(set(spelt)) else ""


def near_period(text: str, period: Period | None) -> str:
    """Return the period that a text most likely means, or an empty text if it means none: a month or a quarter."""
    folded = _folded(text)
    if re.fullmatch(r"\d{4}", folded):
        return f"{folded}-year"
    meant = _meant(folded, period)
    parts = {(1, 6): "h1", (7, 12): "h2", (1, 12): "year"}
    if not meant and (months := re.fullmatch(r"(\d{4})-(\d\d)/\1-(\d\d)", near_date(folded, period))):
        meant = int(months[1]), int(months[2]), int(months[3]), None
    return f"{meant[0]:04}-{parts[meant[1:3]]}" if meant and meant[1:3] in parts else ""


def near_due(text: str, period: Period | None) -> str:
    """Return the due time that a text most likely means: a half, a year, a month or months; or an empty text."""
    folded = _folded(text)
    if period and period.part == "h2" and period.year and folded.startswith("上半年"):
        folded = f"{period.year + 1}年{folded}"  # what is planned then lies ahead
    return near_period(folded, period) or near_date(re.sub("(?<=[日号])(?:之?前|以前)$", "", folded), period)


def due_told(text: str, period: Period | None) -> str:
    """Return the due time of a promise made in a period: the time that its text begins with, or else the next half."""
    half = period.next_half if period else None
    if period and (found := _TOLD.match(text.strip())) and (due := near_due(found[0], half or period)):
        return due
    return half.id if half else ""


def _folded(text: str) -> str:
    bare = re.sub(r"[\s\"'“”‘’「」。;,]", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"[-年/.]?[qQ]([1-4])$", r"年第\1季度", bare)


def _meant(text: str, period: Period | None) -> tuple[int, int, int, tuple[int, int] | None] | None:
    """Return the year, the first and the last month and perhaps the days that a text means, or None."""
    found = _TIME.fullmatch(text)
    if not found or not text or text.isdigit():
        return None
    named, own = found["year"], period.year if period else None
    if named and named.isdigit():
        year = int(named)
    elif own is None:
        return None
    else:
        year = own + _YEARS.get(named, 0)
    if month := found["month"]:
        number = numeral_value(month)
        return (year, number, number, _THIRDS.get(found["third"])) if 1 <= number <= 12 and year else None
    if quarter := found["quarter"]:
        number = numeral_value(quarter)
        return year, 3 * number - 2, 3 * number, None
    if half := found["half"]:
        return (year, 1, 6, None) if half == "上" else (year, 7, 12, None)
    end = found["end"] or ""
    if end and end[-1] in "底末终":
        return year, 12, 12, None
    if end == "年初":
        return year, 1, 1, None
    if end == "年中":
        return year, 6, 6, None
    return (year, 1, 12, None) if end or named else None
