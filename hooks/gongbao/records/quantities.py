"""Figures as records state them: values, bounds, parts, bases and targets."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from .fields import BareValue, Bound, Flag, Line, Number, OneOrMore, Rank, field_error, suggestion_error, uncurled
from .measures import in_yuan
from .models import Model
from .references import Context, IndicatorRef
from .scalars import scalar
from .time_fields import Day, PeriodField

_FULL_WIDTH = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a％﹪／＋－\u3000]")


_AND_MORE = re.compile(
    r"(?P<unit>[^\d（(，,；;、]{1,8})(?:[（(](?P<inside>[^（()）]*[\u4e00-\u9fff]\d[^（()）]*)[)）]"
    r"|[，,；;、] ?(?P<behind>[^\d]*[\u4e00-\u9fff]\d.*))"
)
_COUNTED = re.compile(r"\d+(?:\.\d+)?(?P<unit>[人户家件次场份个名位元期册支条])")  # with its number once more
_LONGEST = 60  # characters of a unit with more behind it
_STOPS = " \t。，、；：！？,;:!?"


def _measure(text: str) -> str:
    """Return a unit of measure: without quotation marks, a stop at its end, and full-width letters and signs."""
    bare = (uncurled(text) or text).strip(_STOPS)
    meant = _FULL_WIDTH.sub(lambda found: unicodedata.normalize("NFKC", found[0]), in_yuan(bare)).strip()
    if meant != text:
        raise suggestion_error("field.signs", scalar(meant), certain=True)
    if (found := _COUNTED.fullmatch(text)) and not found["unit"].isascii():
        raise suggestion_error("field.measure", scalar(found["unit"]))
    if unit_and_more(text):
        raise field_error("field.measure")
    return text


def unit_and_more(text: str) -> tuple[str, str] | None:
    """Return a unit and the words with a number behind it, 人 and 含女职工8人, or None if a text is a unit alone."""
    found = _AND_MORE.fullmatch(text) if len(text) <= _LONGEST else None
    return (found["unit"], found["inside"] or found["behind"]) if found else None


Measure = Annotated[Line, AfterValidator(_measure)]


class Measured(Model):
    """Something measured: its name, which is an indicator of the word list or a label, its value and its unit."""

    indicator: IndicatorRef | None = None
    label: Line | None = None
    value: Number | None = None
    unit: Measure | None = None

    @field_validator("label")
    @classmethod
    def _one_name(cls, label: str | None, info: ValidationInfo) -> str | None:
        if label and info.data.get("indicator"):
            raise field_error("field.conflict", other="indicator")
        return label

    @field_validator("unit")
    @classmethod
    def _same_dimension(cls, unit: str | None, info: ValidationInfo) -> str | None:
        slug = info.data.get("indicator")
        context: Context = info.context  # type: ignore[assignment]
        indicator = context.vocabulary.indicators.find(slug) if slug else None
        if unit and indicator and indicator.scale(unit) is None:
            allowed = "、".join((indicator.unit, *(other.unit for other in indicator.also)))
            raise field_error("ref.measure", allowed=allowed, indicator=indicator.slug)
        return unit

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not self.indicator and not self.label:
            raise field_error("field.conflict", other="")
        return self


class Amount(Model):
    """A number with its bound. A record may give the number alone."""

    value: Number
    bound: Bound = "exact"


class Part(Model):
    """A part of a figure. The ``parts`` of a figure make up the whole; those ``among`` it do not."""

    label: Line
    value: Number
    unit: Measure | None = None
    bound: Bound = "exact"


class Base(Model):
    """The whole that a figure is a share of. Its value may be unknown."""

    label: Line | None = None
    value: Number | None = None
    unit: Measure | None = None
    bound: Bound = "exact"


AmountField = Annotated[Amount, BareValue]


class Figure(Measured):
    """One figure as its source printed it. Values are exact decimals in ``unit``; shares are in percent.

    An ``instalment`` is one of several payments or counts of an indicator in one period that add up. The ``headline``
    of a main point is the figure that its bulletin shows. Source: the record format, "A figure".
    """

    bound: Bound = "exact"
    printed: Line | None = None
    target: AmountField | None = None
    completion: AmountField | None = None
    parts: Annotated[tuple[Part, ...], OneOrMore] = ()
    among: Annotated[tuple[Part, ...], OneOrMore] = ()
    of: Annotated[Base, BareValue] | None = None
    percent: AmountField | None = None
    previous: AmountField | None = None
    change: AmountField | None = None
    rank: Rank | None = None
    for_: Annotated[PeriodField | None, Field(alias="for")] = None
    as_of: Day | None = None
    instalment: Flag = False
    headline: Flag = False
    doubt: Line | None = None
    note: Line | None = None

    @field_validator("percent")
    @classmethod
    def _of_something(cls, percent: Amount | None, info: ValidationInfo) -> Amount | None:
        base = info.data.get("of")
        if percent and base and base.value == 0:
            raise field_error("figure.base")
        return percent

    @field_validator("instalment")
    @classmethod
    def _adds_up(cls, instalment: bool, info: ValidationInfo) -> bool:
        context: Context = info.context  # type: ignore[assignment]
        slug = info.data.get("indicator")
        indicator = context.vocabulary.indicators.find(slug) if slug else None
        if instalment and "indicator" in info.data and not context.vocabulary.indicators.broken:
            if indicator is None:
                raise field_error("figure.instalment", indicator="")
            if indicator.basis != "period" or indicator.aggregate != "sum":
                raise field_error("figure.instalment", indicator=indicator.slug)
        return instalment

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        says = (self.value, self.percent, self.rank, self.completion, self.change, self.previous)
        if all(part is None for part in says) and not self.parts and not self.among:
            raise field_error("field.missing", name="value")
        return self


class Target(Measured):
    """The number that a commitment promises."""

    value: Number
    bound: Bound = "exact"
