"""Numbers, dates, periods and names of kinds as readers see them, in the site's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..problems.catalogue import Language, label
from ..problems.names import BoundName, KindName
from ..records.dates import Date
from ..records.measures import is_share
from ..records.periods import UNDATED, Period, PeriodPart


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the words before and after it: ``约`` 1,317.31 ``万元``; 8,000 ``余元``."""

    before: str
    number: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}{self.number}{self.after}"


def number(value: Decimal) -> str:
    """Write a decimal for readers: all its decimals, and a comma every three digits."""
    return f"{value:,f}"


def exact_number(value: Decimal) -> str:
    """Write a decimal for programs: all its decimals, without commas."""
    return f"{value:f}"


def shortest_number(value: Decimal) -> str:
    """Write a decimal for comparison with a writer's text: without commas and without zeros at its end."""
    return f"{value.normalize():f}" if value else "0"


def quantity(value: Decimal, bound: BoundName, unit: str | None, language: Language) -> Quantity:
    """Return a value in words, with its bound and unit."""
    text = label(f"bound-{bound}", language)
    before, _, after = text.partition("#")
    inside, _, behind = after.partition("@")
    space = "" if language == "zh" or unit in ("%", None) else " "
    return Quantity(before, number(value), f"{inside}{space}{unit or ''}{behind}")


def difference_unit(unit: str | None, language: Language) -> str | None:
    """Return what the difference of two values is counted in: in points for a rate, else in the values' unit."""
    if not is_share(unit):
        return unit
    return label("per-mille-points" if unit == "‰" else "percentage-points", language)


def difference(value: Decimal, bound: BoundName, unit: str | None, language: Language) -> Quantity:
    """Return the size of a difference between two values of ``unit``, in words."""
    return quantity(abs(value), bound, difference_unit(unit, language), language)


def period_title(period: Period, language: Language) -> str:
    """Return the name of a period: ``2014年上半年``, ``年份不详 · 上半年``."""
    if period.year is None:
        return label("undated-period", language, part=part_title(period.part, language))
    return label(f"period-{period.part}", language, year=period.year)


def bulletin_title(period: Period, language: Language, unit: str = "") -> str:
    """Return the title of a bulletin: ``2014年上半年工作公报``, ``上半年工作公报（年份不详）``.

    ``unit`` is the name of the unit in a unit's own bulletin.
    """
    when = part_title(period.part, language) if period.year is None else period_title(period, language)
    title = label("unit-bulletin-title" if unit else "bulletin-title", language, unit=unit, period=when)
    return title if period.year is not None else label("undated-title", language, title=title)


def part_title(part: PeriodPart, language: Language) -> str:
    """Return the name of a part of a year: ``上半年``, ``下半年`` or ``全年``."""
    return label(f"part-{part}", language)


def alternatives(words: Sequence[object], language: Language) -> str:
    """Join alternatives in a sentence: ``2003、2004或2005``. There is at least one word."""
    *others, last = (str(word) for word in words)
    before = label("comma", language).join(others)
    return f"{before}{label('or', language)}{last}" if others else last


def span_title(first: Period, last: Period, language: Language) -> str:
    """Return the name of a span of periods: ``2013年上半年至2014年下半年``, or one period's name."""
    periods = (first,) if first == last else (first, last)
    return label("until", language).join(period_title(period, language) for period in periods)


def kind_title(kind: KindName, language: Language) -> str:
    """Return the name of a kind of records: ``计划``."""
    return label(f"kind-{kind}", language)


def status_title(status: str, language: Language) -> str:
    """Return the name of an outcome's or a promise's status: ``部分完成``."""
    return label(f"status-{status}", language)


def year_title(name: str, language: Language) -> str:
    """Return the title of a year by its name: ``2014年``, or the words for undated."""
    return label("undated", language) if name == UNDATED else label("year-title", language, year=name)


def date_title(date: Date, language: Language) -> str:
    """Return a date: ``2014年5月9日``, ``2014年7月至2014年8月``, ``约2014年5月``. English keeps ISO's spelling."""
    if language == "en":
        return date.text.replace("/", " to ").replace("~", " (about)")
    return label("until", language).join(_one_date(part) for part in date.text.split("/"))


def _one_date(text: str) -> str:
    """Write one EDTF date in Chinese: its known parts, and whether it is approximate (``~``) or in doubt (``?``).

    ``..`` is the open end of a span.
    """
    if text == "..":
        return label("open-end", "zh")
    year, *rest = text.rstrip("~?%").split("-")
    chinese = "" if year in ("XXXX", "20XX", "19XX") else f"{year}年"
    for part, unit in zip(rest, "月日", strict=False):
        if not part.isdigit():
            break
        chinese += f"{int(part)}{unit}"
    about = label("bound-about", "zh").partition("#")[0] if text.endswith(("~", "%")) else ""
    return about + (chinese or label("undated", "zh")) + ("（？）" if text.endswith(("?", "%")) else "")


def due_title(due: Period | Date, language: Language) -> str:
    """Return the name of a due time, which is a period or a date."""
    return period_title(due, language) if isinstance(due, Period) else date_title(due, language)
