"""``form.period``: a text about another period than that of its folder."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...problems.problem import Problem
from ...records.date_guesses import YEAR_DIGITS
from ...records.numerals import MONTH, NUMERAL, numeral_value
from ...records.periods import Period, PeriodPart
from ...records.record import Record
from ...records.vocabulary import Vocabulary
from ..feasts import feasts_of_other_half
from ..passages import Hit, Passage, problem_in

_PHRASE = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d|[一二][〇○零一二三四五六七八九]{3}) ?年 ?(?:度|的)?|今年|本年度?)?"
    r" ?(?P<half>[上下]半年度?)?"
)
_MONTH = re.compile(r" ?(?P<month>\d{1,2}) ?(?:[月./-]|[—～~至到、]\d)|[一二三四五六七八九十]{1,2}月")
_DAY = re.compile(rf" ?(?P<month>{MONTH}) ?月 ?(?:\d{{1,2}}|{NUMERAL}{{1,3}}) ?[日号]")
_ANY_MONTH = re.compile(
    rf"(?<![\d个]){MONTH}(?= ?(?:[、至到—～~-] ?{MONTH} ?)?月(?!份?以?[前起]))|(?<=[./-])\d{{1,2}}(?=[./-])"
)
# Words after a time that is not the period of the text: since, until or between times; the date of a document, a
# prize or a beginning. Or the time only tells which thing is meant.
_ONLY_NAMED = re.compile(
    r" ?(?:以[来前后]|之[前后]|[底末初起至到前后和与及、/—–～~-]|期间|同期|来)"
    r"|[^，,。；;：:！？\n]{0,20}?(?:表彰|先进|优秀|劳模|荣获|获得|获评|被评|评为|评选|考核|成立|启动|印发|出台|颁布|实施|施行|修订|制定"
    r"|建成|开始|签订|相比|同期|以来)"
)
_NAMED_BY = re.compile(r"[^，,。；;：:！？\n]{1,12}的")
_BEFORE = " 　【〔[（(“「《关于#*_>-"
_OWN_TOO = re.compile(r"今年|本年|本期|相比")
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_LOOKED_AT = 300  # the most characters of a first sentence that are searched


def check(passage: Passage, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find another period at the start of the title, the summary or the body, and feasts of the other half."""
    record = passage.record
    if record.withdrawn or not (passage.is_body or passage.steps in (("title",), ("summary",))):
        return
    for first, last in feasts_of_other_half(passage):
        told = (("period", record.period.id), ("feast", passage.text[first:last]))
        yield problem_in(passage, "form.period", Hit(first, last, values=told))
    for start in _starts(record, passage, vocabulary):
        end = _SENTENCE_END.search(passage.narrow, start, start + _LOOKED_AT)
        text = passage.narrow[start : end.start() if end else start + _LOOKED_AT]
        found = _PHRASE.match(text)
        if found and not found["half"] and (day := _other_day(record, passage, found, text[found.end() :])):
            end_of_day = start + found.end() + day
            yield problem_in(passage, "form.period", Hit(start, end_of_day, values=(("period", record.period.id),)))
        elif found and _is_other(record, passage.field, found, text[found.end() :]):
            values = (("period", record.period.id),)
            yield problem_in(passage, "form.period", Hit(start, start + len(found[0].rstrip()), values=values))


def _starts(record: Record, passage: Passage, vocabulary: Vocabulary) -> Iterator[int]:
    """Yield the places of the first words, after marks and the unit's name: in headings, and in the text below."""
    unit = vocabulary.units.find(record.unit)
    names = [*unit.title.every(), *(unit.short.every() if unit.short else ())] if unit else []
    at = 0
    for line in passage.narrow.split("\n"):
        if words := line.lstrip(_BEFORE):
            start = at + len(line) - len(words)
            yield start + max((len(name) for name in names if words.startswith(name)), default=0)
            if not (passage.is_body and line.startswith("#")):
                return
        at += len(line) + 1


def _other_day(record: Record, passage: Passage, found: re.Match[str], rest: str) -> int:
    """Return the end of a day at the beginning of a text that lies in the other half than its record's date, or 0.

    A text that names any month of its own half tells of both.
    """
    day, part = _DAY.match(rest), record.period.part
    year = int(found["year"].translate(YEAR_DIGITS)) if found["year"] else None
    if not day or part == "year" or not record.date or year not in (None, record.period.year):
        return 0
    months = record.date.months
    if not months or {_half(months[0]), _half(months[1])} != {part} or _half(numeral_value(day["month"])) == part:
        return 0
    every = {_half(numeral_value(month[0])) for month in _ANY_MONTH.finditer(passage.narrow)}
    return 0 if part in every or _ONLY_NAMED.match(rest[day.end() :]) else day.end()


def _half(month: int) -> PeriodPart:
    return "h1" if month <= 6 else "h2"


def _is_other(record: Record, field: str, found: re.Match[str], rest: str) -> bool:
    """Whether a text begins with its own period, and this is not the folder's period."""
    if not (found["year"] or found["half"]):
        return False
    year = int(found["year"].translate(YEAR_DIGITS)) if found["year"] else None
    part: PeriodPart | None = None if not found["half"] else "h1" if found["half"][0] == "上" else "h2"
    titled, month = field == "title", _MONTH.match(rest)
    if _ONLY_NAMED.match(rest) or (not titled and year and not part and _NAMED_BY.match(rest)):
        return False
    if month and titled and month["month"]:
        part = "h1" if int(month["month"]) <= 6 else "h2"
    elif month and not (year and record.period.year and year > record.period.year):
        return False  # the time of one event, not the period of the text
    if not titled and ((year and _OWN_TOO.search(rest)) or _own(record.period, year) in rest):
        return False
    return not _fits(record, year, part)


def _own(period: Period, year: int | None) -> str:
    """Return the folder's period in the words that a comparison of two times would use for it."""
    half = {"h1": "上半年", "h2": "下半年", "year": "全年"}[period.part]
    return f"{period.year}年" if year and period.year else half


def _fits(record: Record, year: int | None, part: PeriodPart | None) -> bool:
    """Whether a text of this folder may be about a year and a half."""
    period = record.period
    candidates = record.dating.candidates if record.dating else ()
    ahead = record.kind in ("plan", "proposal")
    starts = (one.due.first_day if isinstance(one.due, Period) else one.due.first for one in record.commitments)
    due = {start.year for start in starts if start}
    years = {period.year} if period.year else {int(year) for year in candidates}
    if ahead:
        years |= {known + 1 for known in years} | due
    if year is not None and year not in years:
        return False
    if part is None or period.part in ("year", part):
        return True
    return ahead and (part == "h2" or year != period.year or year in due)
