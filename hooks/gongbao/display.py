"""Numbers, dates, periods and figures as readers expect to see them, in the site's language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from .dates import Date
from .periods import Period
from .quantities import Figure, Measured, Part, Target
from .vocabulary import Vocabulary
from .wording import Language, label

_BRIEF = (
    "figure-percent",
    "figure-target",
    "figure-completion",
    "figure-completion-computed",
    "figure-increase",
    "figure-decrease",
    "figure-sum-differs",
    "figure-as-of",
)
_PLAIN = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what stands before and after it: ``约`` 1,317.31 ``万元``; 8,000 ``余元``."""

    before: str
    number: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}{self.number}{self.after}"


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure as a page shows it: its name, its quantity if it has one, and what is said beside it."""

    name: str
    quantity: Quantity | None
    notes: tuple[str, ...]
    brief: tuple[str, ...]  # those of the notes that a card has room for
    doubt: str


def number(value: Decimal) -> str:
    """Write a decimal with a comma every three digits, all its decimals kept."""
    return f"{value:,f}"


def quantity(value: Decimal, bound: str, unit: str | None, language: Language) -> Quantity:
    """Put a value into words with its bound and unit."""
    text = label(f"bound-{bound}", language)
    before, _, after = text.partition("#")
    inside, _, behind = after.partition("@")
    space = "" if language == "zh" or unit in ("%", None) else " "
    return Quantity(before, number(value), f"{inside}{space}{unit or ''}{behind}")


def period_title(period: Period, language: Language) -> str:
    """``2014年上半年``; ``年份不详 · 上半年``."""
    if period.year is None:
        return label("undated-period", language, part=part_title(period, language))
    return label(f"period-{period.part}", language, year=period.year)


def bulletin_title(period: Period, language: Language, unit: str = "") -> str:
    """``2014年上半年工作公报``, of all units or of the one named; ``上半年工作公报（年份不详）``."""
    when = part_title(period, language) if period.year is None else period_title(period, language)
    title = label("unit-bulletin-title" if unit else "bulletin-title", language, unit=unit, period=when)
    return title if period.year is not None else label("undated-title", language, title=title)


def part_title(period: Period, language: Language) -> str:
    """``上半年``, ``下半年`` or ``全年``."""
    return label(f"part-{period.part}", language)


def year_title(name: str, language: Language) -> str:
    """``2014年``, or the words for undated."""
    return label("undated", language) if name == "undated" else label("year-title", language, year=name)


def date_title(date: Date, language: Language) -> str:
    """``2014年5月9日``, ``2014年7月至2014年8月``, ``约2014年5月``; English keeps ISO's spelling."""
    if language == "en":
        return date.text.replace("/", " to ").replace("~", " (about)")
    return label("until", language).join(_one_date(part) for part in date.text.split("/"))


def _one_date(text: str) -> str:
    bare = text.rstrip("~?%")
    found = _PLAIN.fullmatch(bare)
    if found:
        year, month, day = found.groups()
        chinese = f"{year}年" + (f"{int(month)}月" if month else "") + (f"{int(day)}日" if day else "")
    else:
        parts = bare.split("-")[1:]  # 20XX-03: the month is known, the year is not
        chinese = "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "月日", strict=False) if part.isdigit())
        chinese = chinese or label("undated", "zh")
    about = label("bound-about", "zh").partition("#")[0] if text.endswith(("~", "%")) else ""
    return about + chinese + ("（？）" if text.endswith(("?", "%")) else "")


def due_title(due: Period | Date, language: Language) -> str:
    """A due time, whether a period or a date."""
    return period_title(due, language) if isinstance(due, Period) else date_title(due, language)


def figure_view(figure: Figure, vocabulary: Vocabulary) -> FigureView:
    """Put a figure into words: as printed, with what the source says beside it, and what its parts give."""
    language = vocabulary.language
    name, unit = measured_name(figure, vocabulary), measure_of(figure, vocabulary)
    value = quantity(figure.value, figure.bound, unit, language) if figure.value is not None else None
    if value is None and figure.percent and not figure.parts:
        value = quantity(figure.percent.value, figure.percent.bound, "%", language)
    if value is None and figure.rank is not None:
        value = _rank(figure.rank, figure.unit, language)
    notes = list(_notes(figure, unit, language))
    brief = tuple(text for kind, text in notes if kind in _BRIEF)
    return FigureView(name, value, tuple(text for _, text in notes), brief, figure.doubt or "")


def measured_name(measured: Measured, vocabulary: Vocabulary) -> str:
    """The name of what is measured: the indicator's title, or the label."""
    if measured.indicator:
        return vocabulary.indicators[measured.indicator].title.text(vocabulary.language)
    return measured.label or ""


def target_quantity(target: Target, vocabulary: Vocabulary) -> Quantity:
    """The number that a commitment promises."""
    return quantity(target.value, target.bound, measure_of(target, vocabulary), vocabulary.language)


def measure_of(measured: Measured, vocabulary: Vocabulary) -> str | None:
    """The unit of measure: the figure's own, else its indicator's."""
    if measured.unit or not measured.indicator:
        return measured.unit
    return vocabulary.indicators[measured.indicator].unit


def _rank(rank: Decimal, unit: str | None, language: Language) -> Quantity:
    """A place (``第6名``), or a class of prize with its own unit (``2等奖``)."""
    before, _, after = label("rank", language).partition("#")
    return Quantity("", number(rank), unit) if unit else Quantity(before, number(rank), after)


def _notes(figure: Figure, unit: str | None, language: Language) -> Iterator[tuple[str, str]]:
    """Yield, in a fixed order, what is said beside a figure, each with its kind."""

    def say(name: str, /, **values: object) -> tuple[str, str]:
        return name, label(name, language, **values)

    def many(parts: Sequence[Part]) -> str:
        return label("comma", language).join(
            f"{one.label} {quantity(one.value, one.bound, one.unit or unit, language)}" for one in parts
        )

    if figure.of:
        base = quantity(figure.of.value, figure.of.bound, figure.of.unit or unit, language) if figure.of.value else ""
        yield say("figure-of", label=figure.of.label or "", value=base)
    if figure.percent and figure.value is not None:
        yield say("figure-percent", value=quantity(figure.percent.value, figure.percent.bound, "%", language))
    if figure.target:
        target = figure.target
        yield say("figure-target", value=quantity(target.value, target.bound, unit, language))
        if figure.value is not None and target.value and target.bound != "at-most":
            share = (figure.value / target.value * 100).quantize(Decimal(1), ROUND_HALF_UP)
            yield say("figure-completion-computed", value=quantity(share, "exact", "%", language))
    if figure.completion:
        yield say("figure-completion", value=quantity(figure.completion.value, figure.completion.bound, "%", language))
    if figure.parts:
        yield say("figure-parts", parts=many(figure.parts))
        yield from _sum_of_parts(figure, unit, language)
    if figure.among:
        yield say("figure-among", parts=many(figure.among))
    if figure.previous:
        yield say("figure-previous", value=quantity(figure.previous.value, figure.previous.bound, unit, language))
    if figure.change:
        name = "figure-decrease" if figure.change.value < 0 else "figure-increase"
        yield say(name, value=quantity(abs(figure.change.value), figure.change.bound, unit, language))
    if figure.rank is not None and (figure.value is not None or figure.percent):
        yield "rank", str(_rank(figure.rank, None, language))
    if figure.for_:
        yield say("figure-for", period=period_title(figure.for_, language))
    if figure.as_of:
        yield say("figure-as-of", date=date_title(figure.as_of, language))
    if figure.printed:
        yield say("figure-printed", text=figure.printed)
    if figure.note:
        yield "note", figure.note


def _sum_of_parts(figure: Figure, unit: str | None, language: Language) -> Iterator[tuple[str, str]]:
    """Say what the parts give, where the source gives no sum or another one; only like parts are added."""
    if any(part.unit not in (None, unit) for part in figure.parts):
        return
    exact = all(part.bound == "exact" for part in figure.parts)
    total = sum((part.value for part in figure.parts), Decimal(0))
    said = quantity(total, "exact" if exact else "about", unit, language)
    if figure.value is None:
        yield "figure-sum", label("figure-sum", language, value=said)
    elif exact and figure.bound == "exact" and total != figure.value:
        yield "figure-sum-differs", label("figure-sum-differs", language, value=said, printed=number(figure.value))
