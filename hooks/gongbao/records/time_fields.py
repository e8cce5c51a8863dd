"""The types of a record's fields that hold a time: a date, a period, or either."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, ValidationInfo

from .dates import Date, DateError, parse_date
from .fields import field_error, suggestion_error, uncurled
from .periods import Period, parse_period
from .time_guesses import near_date, near_due, near_period
from .yamltree import Text


def _date(value: object, info: ValidationInfo) -> object:
    if not isinstance(value, Text):
        raise field_error("field.type", expected_kind="date")
    try:
        return parse_date(value)
    except DateError as error:
        suggested = error.suggested
        if error.rule == "date.form" and not suggested:
            suggested = near_date(value, _period_of(info))
        raise suggestion_error(error.rule, suggested, certain=error.certain) from error


def _period_of(info: ValidationInfo) -> Period | None:
    """Return the period of the record's folder, or None in a word list."""
    period: Period | None = getattr(info.context, "period", None)
    return period


def _ends(when: Date) -> Date:
    if when.last is None or when.last == date.max:
        raise field_error("date.form", suggestion="")
    return when


def _whole_day(when: Date) -> Date:
    if when.first is None or when.first != when.last:
        raise field_error("date.form", suggestion="")
    return when


def _period(value: object, info: ValidationInfo) -> object:
    if not isinstance(value, Text):
        raise field_error("field.type", expected_kind="period")
    period = parse_period(value)
    if period is None:
        own = _period_of(info)
        raise suggestion_error(
            "period.form",
            near_period(value, own) or _mistyped_period(value),
            choice="period",
            example=own.id if own else _half(own),
        )
    return period


def _half(period: Period | None) -> str:
    """Return an example of a period: the half after the record's own."""
    following = period.next_half if period else None
    return (following or Period(2014, "h2")).id


def _mistyped_period(text: str) -> str:
    """Return the half that a text with a year means that is written with other signs (2014/2), or an empty text."""
    folded = unicodedata.normalize("NFKC", uncurled(text) or text).casefold()
    year = re.match(r"\d{4}", folded)
    rest = folded[4:].strip("-_/. 年")
    part = (
        "h2" if re.fullmatch("下.{0,3}|后半年|h?2", rest) else "h1" if re.fullmatch("上.{0,3}|前半年|h?1", rest) else ""
    )
    return f"{year[0]}-{part}" if year and part else ""


def _due(value: object, info: ValidationInfo) -> object:
    """Return a due time: a period, or else a date."""
    if not isinstance(value, Text):
        raise field_error("field.type", expected_kind="period")
    if period := parse_period(value):
        return period
    try:
        return parse_date(value)
    except DateError as error:
        rule = "date.impossible" if error.rule == "date.impossible" else "period.form"
        own = _period_of(info)
        suggested = error.suggested or near_due(value, own) or _mistyped_period(value)
        raise suggestion_error(rule, suggested, certain=error.certain, choice="due", example=_half(own)) from error


Day = Annotated[Date, BeforeValidator(_date)]
EndingDay = Annotated[Day, AfterValidator(_ends)]
WholeDay = Annotated[Day, AfterValidator(_whole_day)]
PeriodField = Annotated[Period, BeforeValidator(_period)]
Due = Annotated[Period | Date, BeforeValidator(_due)]
