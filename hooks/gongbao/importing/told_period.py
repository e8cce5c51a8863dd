"""The period of a report, and that in which its plans are due: from its title, or what else tells it.

A date of signing in July signs a first half. Masked years (20××, 201*) give none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..records.date_guesses import YEAR_DIGITS
from ..records.periods import Period, PeriodPart
from .documents import SourceText
from .doubts import Doubt, doubt
from .report_nodes import PLAN_WORDS, ReportTree

MASKED_DIGIT = r"[xX×ｘＸ*＊_＿○〇]"
_MASKED = re.compile(
    rf"(?:[12]\d{MASKED_DIGIT}{{2}}|[12]\d\d{MASKED_DIGIT}|二[〇○零]{MASKED_DIGIT}{{1,2}}|(?<![xX×*_]){MASKED_DIGIT}{{2,4}}(?:\s*-\s*{MASKED_DIGIT}{{2,4}})?)\s?年"
)
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d|[一二][〇○零九][〇○零一二三四五六七八九]{2})\s?年?(?:度)?(?!\d)")
_FIRST = re.compile(r"上半年|前半年|第[二2]学期|[1一]\s?[-—~至到]\s?[6六]月|半年来|半年以来|(?<![下])半年工作")
_SECOND = re.compile(r"下半年|第[一1]学期|[7七]\s?[-—~至到]\s?(?:12|十二)月")
_SCHOOL_YEAR = re.compile(
    r"(?P<first>20\d\d)\s?[-—–~至到/]{1,2}\s?(?P<last>20\d\d)\s?学年(?:度)?(?P<autumn>第[一1]学期)?"
)
_WHOLE = re.compile(r"年度|全年|年终|年工作|一年来|工作要点")
_WHOLE_YEAR = re.compile(r"一年来|全年工作|年度工作")
_PLAN = re.compile(PLAN_WORDS)
_SUMMARY = re.compile(r"总结|小结|汇报|报告|回顾|情况|完成")
_YEAR_ON = "一年来"
_LATE_MONTH = re.compile(
    r"(?:至|今年|到|截至|截止)?(?P<month>1[0-2]|[7-9]|十[一二]?)月(?:\d{1,2}日|份?[^，。]{0,2}(?:底|初|中旬|下旬|上旬)?)"
)
_LETTER = re.compile(r"的(?:报告|汇报|函|通知)$")  # 关于报送…工作计划的报告 is a plan


@dataclass(frozen=True, slots=True)
class ToldPeriod:
    """The period of a report, whether it is a plan alone, when its plans are due, the evidence and the doubts."""

    period: Period
    plan_only: bool
    due: Period
    evidence: tuple[Doubt, ...]
    doubts: tuple[Doubt, ...]


def told_period(
    report: ReportTree, source: SourceText, places: Sequence[tuple[str, str]], signed: str, before: Period | None
) -> ToldPeriod:
    """Return the period of a report. ``before`` is that of the report before it in the same part of a collection."""
    words = dict(places)
    title, opening = words.get("title", ""), words.get("opening", "")
    collected = bool(report.part) and (title.endswith(report.part) or report.follows)
    said = _LETTER.sub("", title)
    plan = bool(_PLAN.search(said)) and not _SUMMARY.search(said) and (report.follows or not collected)
    if report.follows and not title and re.match(r"\s*(?:下半年|下一步|明年)", opening):
        plan = True
    year, year_place = _year(places, signed, collected=collected)
    part, part_place = _part(places, collected=collected)
    if part is None and report.collection:
        part, part_place = _part(
            [("title", "".join(source.text[slice(*one)] for one in report.collection))], collected=True
        )
    doubts: list[Doubt] = []
    if plan and before and report.follows:
        as_before = (doubt("period-before", period=before.id),)
        return ToldPeriod(before, True, _after(before), as_before, (doubt("period-as-before"),))
    if collected and part == "h1" and "下半年" not in opening and (late := _late(report, source)):
        part, part_place = "year", "text"
        doubts.append(doubt("period-late", words=late))
    if part is None:
        months = int(signed[5:7]) if len(signed) >= 7 else 0
        part = "h1" if 5 <= months <= 8 else "year"
        part_place = "signature" if months else "nowhere"
        doubts.append(doubt("period-no-half"))
    if year is None:
        doubts.append(doubt("period-masked" if year_place == "masked" else "period-no-year"))
    elif year_place not in ("title", "opening"):
        doubts.append(doubt("period-year-from", place=year_place))
    period = Period(year, part)
    if plan:
        period = period.previous  # whose report makes the plan for it
    evidence = (doubt("period-year", place=year_place), doubt("period-half", place=part_place))
    return ToldPeriod(period, plan, _after(period) if plan else due_after(period, places), evidence, tuple(doubts))


def _year(places: Sequence[tuple[str, str]], signed: str, *, collected: bool) -> tuple[int | None, str]:
    """Return the year and where it stands. The title of a collection has none, and masked years give none."""
    for place, words in places:
        if place == "headings" or (collected and place in ("title", "name")):
            continue
        if place in ("title", "opening") and _MASKED.search(words):
            return None, "masked"
        if place == "signature" and signed:
            month = int(signed[5:7]) if len(signed) >= 7 else 12
            return int(signed[:4]) - (month <= 2), place
        if place in ("title", "opening", "name") and (school := _SCHOOL_YEAR.search(words[:60])):
            return int(school["first" if school["autumn"] else "last"]), place
        pattern = re.search(r"((?:19|20)\d\d)", words) if place == "name" else _YEAR.search(words[:60])
        if pattern and (place != "opening" or pattern.start() < 40):
            return int(pattern[1].translate(YEAR_DIGITS)), place
    return None, "nowhere"


def _part(places: Sequence[tuple[str, str]], *, collected: bool) -> tuple[PeriodPart | None, str]:
    order = sorted(places, key=lambda one: collected and one[0] == "title")
    for place, words in order:
        if place == "signature":
            continue
        first, second = _FIRST.search(words), _SECOND.search(words)
        past = re.search(r"下半年[^，。]{0,6}(?:总结|小结|汇报|回顾|情况)", words)
        plan_of_second = not past and re.search(r"下半年[^，。]{0,6}(?:计划|安排|打算|重点|思路|要点|工作)", words)
        if first and (not second or first.start() < second.start() or plan_of_second):
            return "h1", place  # else 下半年总结和明年上半年计划
        if second:
            only_plan = not _SUMMARY.search(_LETTER.sub("", words)) and place == "title"
            return ("h2" if only_plan or not plan_of_second else "h1"), place
        if place != "headings" and (_WHOLE if place != "opening" else _WHOLE_YEAR).search(words):
            return "year", place
    return None, ""


def _late(report: ReportTree, source: SourceText) -> str:
    """Return words of a report that tell of a whole year, or of the second half as past; else an empty text."""
    spans = sorted(span for node in _every(report) for span in node)
    if not spans:
        return ""
    if source.text.find(_YEAR_ON, spans[0][0], spans[-1][1]) >= 0:
        return _YEAR_ON
    for found in _LATE_MONTH.finditer(source.text, spans[0][0], spans[-1][1]):
        if re.match(r"(?:至|到|截至|截止)", found[0]) or re.search(
            r"[一-鿿]?(?:共|抽查|检查组|已)", source.text[found.end() : found.end() + 14]
        ):
            return found[0]
    return ""


def _every(report: ReportTree) -> Iterator[list[tuple[int, int]]]:
    waiting = [*report.nodes]
    while waiting:
        node = waiting.pop()
        yield node.paragraphs
        waiting += node.children


def _after(period: Period) -> Period:
    """Return the period for which a report of a period makes its plan."""
    if period.part == "year":
        return Period(period.year and period.year + 1, "year")
    return Period(period.year, "h2") if period.part == "h1" else Period(period.year and period.year + 1, "h1")


def due_after(period: Period, places: Sequence[tuple[str, str]]) -> Period:
    """Return the period in which the plans of a report are due."""
    words = " ".join(text for place, text in places if place in ("title", "headings"))
    next_year = rf"|{period.year + 1}年(?!上半年)[^，。]{{0,8}}(?:{PLAN_WORDS})" if period.year else ""
    whole_next = re.search(rf"明年|来年|下一?年度?(?!半)|新一年{next_year}", words)
    if period.part == "h1":
        return Period(period.year, "h2")
    if period.part == "h2" and period.year and not whole_next and re.search("明年上半年|下半年|下一步", words):
        return Period(period.year + 1, "h1")
    return Period(period.year and period.year + 1, "year")
