"""Dates and periods: our own parser against the EDTF library, and what follows from the calendar."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from edtf import EDTFParseException, parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from gongbao.records.dates import Date, DateError, parse_date
from gongbao.records.periods import Period, PeriodPart, parse_period

PARTS: tuple[PeriodPart, ...] = ("h1", "h2", "year")
few = settings(max_examples=40, deadline=None)  # the library takes 7 ms a date

days = st.dates(min_value=date(1800, 1, 1), max_value=date(2199, 12, 31))
plain = st.builds(lambda day, length: day.isoformat()[:length], days, st.sampled_from([4, 7, 10]))
years = st.integers(1, 9998)  # the half after the last one must still be a date
dated = st.builds(Period, years, st.sampled_from(PARTS))
periods = st.builds(Period, st.none() | years, st.sampled_from(PARTS))


def bounds_by_library(text: str) -> tuple[date, date]:
    parsed = parse_edtf(text)
    return date(*parsed.lower_strict()[:3]), date(*parsed.upper_strict()[:3])


def bounds(text: str) -> tuple[date | None, date | None]:
    read = parse_date(text)
    return read.first, read.last


@few
@given(plain)
def test_plain_dates_agree_with_the_library(text: str) -> None:
    assert parse_date(text).text == text
    assert bounds(text) == bounds_by_library(text)


@few
@given(years, st.integers(0, 14), st.integers(0, 33))
def test_impossible_days_are_those_that_the_library_refuses(year: int, month: int, day: int) -> None:
    text = f"{year:04}-{month:02}-{day:02}"
    try:
        expected: object = bounds_by_library(text)
    except (EDTFParseException, ValueError):  # the latter for a 29 February of the year 1
        expected = "date.impossible"
    try:
        found: object = bounds(text)
    except DateError as error:
        found = error.rule
    assert found == expected


@few
@given(plain, plain)
def test_intervals_run_from_first_to_last_day(start: str, end: str) -> None:
    text = f"{start}/{end}"
    first, last = parse_date(start).first, parse_date(end).last
    assert first and last
    if first <= last:
        assert bounds(text) == (first, last) == bounds_by_library(text)
    else:
        with pytest.raises(DateError) as caught:
            parse_date(text)
        assert (caught.value.rule, caught.value.suggested) == ("date.form", f"{end}/{start}")


@few
@given(plain, st.sampled_from("~?%"))
def test_approximate_dates_keep_their_bounds(text: str, sign: str) -> None:
    assert parse_date(text + sign).text == text + sign
    assert bounds(text + sign) == bounds(text) == bounds_by_library(text + sign)


@given(days)
def test_chinese_dates_are_the_same_days(day: date) -> None:
    year, month = day.year, day.month
    assert parse_date(f"{year}年{month}月{day.day}日") == parse_date(day.isoformat())
    assert parse_date(f"{year}年{month:02}月{day.day:02}号") == parse_date(day.isoformat())
    assert parse_date(f"{year}年{month}月") == parse_date(f"{year:04}-{month:02}")
    assert parse_date(f"{year}年") == parse_date(f"{year:04}")


@given(days, st.sampled_from(["{0}.{1}.{2}", "{0}/{1}/{2}", "“{0}-{1:02}-{2:02}”", "{0}年{1}月{2}", "{0} {1} {2}"]))
def test_other_spellings_are_taught(day: date, form: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(form.format(day.year, day.month, day.day))
    assert (caught.value.rule, caught.value.suggested) == ("date.form", day.isoformat())


@given(st.text(max_size=24) | st.text(alphabet="0123456789X-/.~?%年月日", max_size=24))
def test_any_text_is_a_date_or_a_date_error(text: str) -> None:
    try:
        read: object = parse_date(text)
    except DateError as error:
        assert error.rule in ("date.form", "date.impossible")
    else:
        assert isinstance(read, Date)


@given(days, dated)
def test_a_day_is_within_a_period_that_contains_it(day: date, period: Period) -> None:
    assert period.first_day and period.last_day
    half = Period(day.year, "h1" if day.month <= 6 else "h2")
    read = parse_date(day.isoformat())
    assert read.within(half) and read.within(Period(day.year, "year"))
    assert read.within(period) == (period.first_day <= day <= period.last_day)


@given(dated)
def test_a_coarse_date_does_not_contradict_and_a_straddling_one_does(period: Period) -> None:
    assert period.first_day and period.last_day
    assert parse_date(f"{period.year:04}").within(period)
    if period.part == "h1":
        assert not parse_date(f"{period.year:04}-06/{period.year:04}-07").within(period)


@given(st.integers(1, 12), st.sampled_from(PARTS))
def test_a_month_of_an_unknown_year(month: int, part: PeriodPart) -> None:
    read = parse_date(f"20XX-{month:02}")
    assert (read.first, read.last, read.months) == (None, None, (month, month))
    assert read.within(Period(None, part)) == (part == "year" or (part == "h1") == (month <= 6))
    assert parse_date("20XX").within(Period(None, part))


@given(periods)
def test_a_period_is_read_back_from_its_id(period: Period) -> None:
    assert parse_period(period.id) == period
    assert parse_period(f" {period.id.upper()} ") == period


@given(years.filter(lambda year: year >= 1000))
def test_chinese_periods(year: int) -> None:
    assert parse_period(f"{year}年上半年") == Period(year, "h1")
    assert parse_period(f"{year}年下半年") == Period(year, "h2")
    assert (
        parse_period(f"{year}年")
        == parse_period(f"{year}年度")
        == parse_period(f"{year}年全年")
        == Period(year, "year")
    )


@pytest.mark.parametrize("text", ["", "2014", "14-h1", "2014-h3", "2014h1", "2014上", "2014-1", "year", "上半年"])
def test_what_is_no_period(text: str) -> None:
    assert parse_period(text) is None


@given(periods, periods)
def test_order_is_total_and_follows_the_calendar(one: Period, other: Period) -> None:
    assert (one.order == other.order) == (one == other)
    if one.year is None and other.year is not None:
        assert one.order < other.order, "undated periods are never the newest"
    if one.last_day and other.last_day and one.last_day < other.last_day:
        assert one.order < other.order
    if one.last_day and one.last_day == other.last_day and (one.part, other.part) == ("h2", "year"):
        assert one.order < other.order, "a whole year's report comes after its second half's"
    assert one.ended_by(other) == bool(one.last_day and other.last_day and one.last_day <= other.last_day)


@given(dated)
def test_first_and_last_day(period: Period) -> None:
    assert period.first_day and period.last_day
    assert period.year is not None
    first_month, last_month = period.months
    assert period.first_day == date(period.year, first_month, 1)
    assert period.last_day == date(period.year, last_month, calendar.monthrange(period.year, last_month)[1])
    if period.next_half and period.part != "year" and period.next_half.first_day:
        assert period.next_half.first_day == period.last_day + timedelta(days=1)


@few
@given(st.integers(1800, 2199), st.sampled_from(PARTS))
def test_edtf_of_a_period_is_the_same_span_to_the_library(year: int, part: PeriodPart) -> None:
    period = Period(year, part)
    assert bounds_by_library(period.edtf) == (period.first_day, period.last_day)
    assert Period(None, part).edtf == ""
