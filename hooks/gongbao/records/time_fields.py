"""The types of a record's fields that hold a time: a date, a period, or either."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from .dates import Date, DateError, parse_date
from .fields import field_error, suggestion_error, uncurled
from .periods import Period, parse_period
from .yamltree import Text


def _date(value: object) -> object:
    if not isinstance(value, Text):
        raise field_error("field.type", expected_kind="date")
    try:
        return parse_date(value)
    except DateError as error:
        raise suggestion_error(error.rule, error.suggested, certain=error.certain) from error


def _ends(when: Date) -> Date:
    if when.last is None or when.last == date.max:
        raise field_error("date.form", suggestion="")
    return when


def _whole_day(when: Date) -> Date:
    if when.first is None or when.first != when.last:
        raise field_error("date.form", suggestion="")
    return when


def _period(value: object) -> object:
    if not isinstance(value, Text):
        raise field_error("field.type", expected_kind="period")
    period = parse_period(value)
    if period is None:
        raise suggestion_error("period.form", _near_period(value))
    return period


def _near_period(text: str) -> str:
    folded = unicodedata.normalize("NFKC", uncurled(text) or text).casefold()
    year = re.search(r"\d{4}", folded)
    if not year:
        return ""
    part = "h2" if re.search(r"下|后|h2|[^\d]2\b", folded) else "h1" if re.search(r"上|前|h1|[^\d]1\b", folded) else ""
    return f"{year[0]}-{part}" if part else ""


def _due(value: object) -> object:
    """Return a due time: a period, or else a date."""
    if not isinstance(value, Text):
        raise field_error("field.type", expected_kind="period")
    if period := parse_period(value):
        return period
    try:
        return parse_date(value)
    except DateError as error:
        rule = "date.impossible" if error.rule == "date.impossible" else "period.form"
        suggested = _near_period(value) or error.suggested
        raise suggestion_error(rule, suggested, certain=error.certain and suggested == error.suggested) from error


Day = Annotated[Date, BeforeValidator(_date)]
EndingDay = Annotated[Day, AfterValidator(_ends)]
WholeDay = Annotated[Day, AfterValidator(_whole_day)]
PeriodField = Annotated[Period, BeforeValidator(_period)]
Due = Annotated[Period | Date, BeforeValidator(_due)]
