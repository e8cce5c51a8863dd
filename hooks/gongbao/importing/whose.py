"""Whose a report is, and of which period: from title, opening, signature and file name, with the evidence.

The period is that of the title; a date of signing in July signs a first half. Masked years (20××, 201*) give none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..records.date_guesses import likely_date
from ..records.periods import Period, PeriodPart
from ..records.vocabulary import Vocabulary, spoken_names
from ..records.wordlists import Unit
from .documents import SourceText
from .doubts import Doubt, doubt
from .report_trees import ReportTree

_MASK = r"[xX×ｘＸ*＊_＿○〇]"
_MASKED = re.compile(
    rf"(?:[12]\d{_MASK}{{2}}|[12]\d\d{_MASK}|二[〇○零]{_MASK}{{1,2}}|(?<![xX×*_]){_MASK}{{2,4}}(?:\s*-\s*{_MASK}{{2,4}})?)\s?年"
)
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d|[一二][〇○零九][〇○零一二三四五六七八九]{2})\s?年?(?:度)?(?!\d)")
_NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_FIRST = re.compile(r"上半年|前半年|[1一]\s?[-—~至到]\s?[6六]月|半年来|半年以来|(?<![下])半年工作")
_SECOND = re.compile(r"下半年|[7七]\s?[-—~至到]\s?(?:12|十二)月")
_WHOLE = re.compile(r"年度|全年|年终|年工作|一年来|工作要点")
_WHOLE_YEAR = re.compile(r"一年来|全年工作|年度工作")
_PLAN = re.compile(r"计划|要点|打算|安排|思路|规划")
_SUMMARY = re.compile(r"总结|小结|汇报|报告|回顾|情况|完成")
_LATE_MONTH = re.compile(
    r"(?:至|今年|到|截至|截止)?(?P<month>1[0-2]|[7-9]|十[一二]?)月(?:\d{1,2}日|份?[^，。]{0,2}(?:底|初|中旬|下旬|上旬)?)"
)
_TITLE_WORDS = re.compile(
    rf"(?:关于|[12]\d(?:\d\d|{_MASK}{{2}}|\d{_MASK})|二[〇○零][〇○零一二三四五六七八九{_MASK[1:-1]}]{{2}})?年?(?:度|上半年|下半年|全年|半年)?"
    r"(?:工会)?(?:主要)?(?:重点)?工作(?:的)?(?:总结|计划|要点|汇报|报告|打算|安排|情况|小结|思路).*$"
)
_PERIOD_WORDS = re.compile(
    rf"关于|(?:[12]\d(?:\d\d|{_MASK}{{2}}|\d{_MASK})|二[〇○零][〇○零一二三四五六七八九]{{2}})\s?年(?:度)?|{_MASK}{{2,4}}年(?:度)?|[上下]半年|全年|年度|第[一二三四]季度|半年|今年"
)
_ORGANISATION = re.compile(
    r"(?:工会|总工会|委员会|联合会|协会|局|办|办公室|公司|集团|医院|学院|大学|中学|小学|学校|院|厂|站|中心|街道|社区|村|镇|乡|区|市|县|科|处|室|部|队|所)$"
)
_NAMED = re.compile(r"(?P<unit>[一-鿿]{0,14}?(?:总工会|工会联合会|工会))")
_GENERIC = re.compile(r"(?:我|本)?(?P<unit>[镇乡县区市院局校厂村]|街道|社区|公司)(?P<end>总工会|工会)")
_NOT_A_NAME = re.compile(
    r"[您们]|今天|本站|围绕|^(?:上级|各级|基层|企业|全体|广大|全镇|全区|全县|全市|在|的|了|与|和|及|各|由|按|级)|(?:会员|干部)$"
)
_LETTER = re.compile(r"的(?:报告|汇报|函|通知)$")  # 关于报送…工作计划的报告 is a plan
_GREETING = re.compile(r"[\s\u3000]*[^，。；]{2,20}[：:][\s\u3000]*$")
_OPENING = 160  # signs of an opening that tell who writes
UNKNOWN_UNIT = "待核单位"  # the name of a unit that nobody knows yet


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose a report is: the ``unit`` as the word list names it, or a new one by its ``name``; its period.

    ``due`` is the period in which its plans are due. ``evidence`` says in words where unit and period stand, and
    ``doubts`` what is not certain of them. ``signed`` is the date of signing, or empty.
    """

    unit: str
    name: str
    period: Period
    due: Period
    plan_only: bool
    evidence: tuple[Doubt, ...]
    doubts: tuple[Doubt, ...]
    signed: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person who imports says of a document: its unit, as a name, and its period; or nothing."""

    unit: str = ""
    period: Period | None = None


def whose(report: ReportTree, source: SourceText, vocabulary: Vocabulary, asked: Asked, before: Whose | None) -> Whose:
    """Return whose a report is. ``before`` is that of the report before it in the same part of a collection."""
    places = _places(report, source)
    signed = next(filter(None, (likely_date(source.text[slice(*one)].strip())[0] for one in report.signature)), "")
    period, plan, evidence, doubts = _period(report, source, places, signed, before)
    if asked.period:
        period, evidence, doubts = asked.period, (doubt("period-asked", period=asked.period.id),), ()
    unit, name, unit_evidence, unit_doubts = _unit(places, vocabulary, asked, before)
    return Whose(
        unit,
        name,
        period,
        _after(period) if plan else _due(period, places),
        plan,
        (unit_evidence, *evidence),
        (*unit_doubts, *doubts),
        signed,
    )


def _places(report: ReportTree, source: SourceText) -> Sequence[tuple[str, str]]:
    """Return the places that tell whose a report is, each with its text, the most trusted first."""
    text = source.text
    title = "".join(text[slice(*span)].replace("\n", "").strip() for span in report.titles)
    paragraphs = [text[slice(*span)] for span in report.opening.paragraphs]
    opening = "".join(one for one in paragraphs if not _GREETING.match(one))[:_OPENING]
    headings = [text[slice(*node.heading)] for node in report.nodes if node.heading]
    signature = " ".join(text[slice(*span)].strip() for span in report.signature)
    name = re.sub(r"\.\w{2,8}$", "", source.name.replace("\\", "/").rpartition("/")[2])
    found = [
        ("title", title),
        ("opening", opening),
        ("headings", " ".join(headings)),
        ("signature", signature),
        ("name", name),
    ]
    return [(place, words) for place, words in found if words]


def _period(
    report: ReportTree, source: SourceText, places: Sequence[tuple[str, str]], signed: str, before: Whose | None
) -> tuple[Period, bool, tuple[Doubt, ...], tuple[Doubt, ...]]:
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
        return before.period, True, (doubt("period-before", period=before.period.id),), (doubt("period-as-before"),)
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
        period = _before(period)
    evidence = [doubt("period-year", place=year_place), doubt("period-half", place=part_place)]
    return period, plan, tuple(evidence), tuple(doubts)


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
        pattern = re.search(r"((?:19|20)\d\d)", words) if place == "name" else _YEAR.search(words[:60])
        if pattern and (place != "opening" or pattern.start() < 40):
            return int(pattern[1].translate(_NUMERALS)), place
    return None, "nowhere"


def _part(places: Sequence[tuple[str, str]], *, collected: bool) -> tuple[PeriodPart | None, str]:
    order = sorted(places, key=lambda one: collected and one[0] == "title")
    for place, words in order:
        if place == "signature":
            continue
        if _FIRST.search(words):
            return "h1", place
        if _SECOND.search(words):
            plan_of_second = re.search(r"下半年[^，。]{0,6}(?:计划|安排|打算|重点|思路|要点|工作)", words)
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
    if found := re.compile("一年来").search(source.text, spans[0][0], spans[-1][1]):
        return found[0]
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


def _before(period: Period) -> Period:
    """Return the period whose report makes the plan for a period."""
    if period.part == "year":
        return Period(period.year and period.year - 1, "year")
    return Period(period.year, "h1") if period.part == "h2" else Period(period.year and period.year - 1, "h2")


def _after(period: Period) -> Period:
    """Return the period for which a report of a period makes its plan."""
    if period.part == "year":
        return Period(period.year and period.year + 1, "year")
    return Period(period.year, "h2") if period.part == "h1" else Period(period.year and period.year + 1, "h1")


def _due(period: Period, places: Sequence[tuple[str, str]]) -> Period:
    """Return the period in which the plans of a report are due."""
    words = " ".join(text for place, text in places if place in ("title", "headings"))
    whole_next = re.search(r"明年|来年|下一?年度?(?!半)|新一年", words)
    if period.part == "h1":
        return Period(period.year, "h2")
    if period.part == "h2" and period.year and not whole_next and re.search("明年上半年|下半年|下一步", words):
        return Period(period.year + 1, "h1")
    return Period(period.year and period.year + 1, "year")


def _unit(
    places: Sequence[tuple[str, str]], vocabulary: Vocabulary, asked: Asked, before: Whose | None
) -> tuple[str, str, Doubt, tuple[Doubt, ...]]:
    """Return the unit's slug, or its name if the word list lacks it, with the evidence and the doubts."""
    units = vocabulary.units
    if asked.unit:
        known = units.find(asked.unit) or units.meant(asked.unit)
        return (known.slug if known else ""), asked.unit, doubt("unit-asked", unit=asked.unit), ()
    told = dict(places)
    for place in ("title", "signature", "opening", "name"):
        words = told.get(place, "")
        if unit := _listed(words, vocabulary, place):
            return unit.slug, unit.title.text("zh"), doubt("unit-from", place=place, unit=unit.title.text("zh")), ()
        if place != "opening" and (name := _own_name(words)):
            return "", name, doubt("unit-from", place=place, unit=name), ()
    if name := _named(told.get("opening", "")):
        known = units.meant(name)
        evidence = doubt("unit-from", place="opening", unit=name)
        return (known.slug if known else ""), name, evidence, (doubt("unit-guess", unit=name),)
    if before:
        return before.unit, before.name, doubt("unit-before", unit=before.name), (doubt("unit-as-before"),)
    if len(units) == 1:
        only = next(iter(units))
        return only.slug, vocabulary.unit_title(only.slug), doubt("unit-only"), ()
    return "", UNKNOWN_UNIT, doubt("unit-nowhere"), (doubt("unit-unknown"),)


def _listed(words: str, vocabulary: Vocabulary, place: str) -> Unit | None:
    """Return the unit of the word list that words name first, unless they name another that is longer."""
    own = _own_name(words) if place != "opening" else ""
    if own and (known := vocabulary.units.meant(own)):
        return known
    least = 4 if place == "opening" else 2
    names = [(name, unit) for unit in vocabulary.units for name in spoken_names(unit) if name in words]
    names = [(name, unit) for name, unit in names if len(name) > least and not (own != name and own.endswith(name))]
    return min(names, key=lambda one: (words.index(one[0]), -len(one[0])))[1] if names else None


def _own_name(title: str) -> str:
    """Return the name of the organisation in a title (烟墩镇工会2022年上半年工作总结), or an empty text."""
    bare = _PERIOD_WORDS.sub(" ", re.sub(r"[（(].*?[）)]", "", title))
    for piece in re.split(r"[\s、，,—\-_]+", bare):
        words = re.sub(
            r"(?:主要|重点)?工作?(?:总结|计划|要点|汇报|报告|打算|安排|情况|小结|思路|和|及|暨|与).*$", "", piece
        ).strip()
        if (
            2 < len(words) <= 30
            and _ORGANISATION.search(words)
            and not re.search("[xX×*_]", words)
            and words not in ("工会", "总工会")
        ):
            return words
    return ""


def _named(opening: str) -> str:
    for clause in re.split("[，。；：、\n（）()]", opening):
        for found in _NAMED.finditer(clause):
            name = re.sub(r"^.*(?:[在由是让和与及]|[xX×*_年]|我)", "", found["unit"])
            if len(name) > 4 and not _NOT_A_NAME.search(name):
                return name
        if generic := _GENERIC.search(clause):
            return f"某{generic['unit']}{generic['end']}"
    return ""
