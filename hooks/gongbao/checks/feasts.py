"""Feasts in a text about work done that lie in the other half of the year: what is left of the last half's text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..records.periods import PeriodPart
from .blocks import narrow_prose
from .passages import Passage

# The feasts that always lie in one half. Spring Festival is left out where December prepares it together with 元旦.
_FEASTS: dict[PeriodPart, str] = {
    "h1": "春节|元宵|三八|妇女节|清明节|五一|劳动节|五四|青年节|护士节|六一|儿童节|端午",
    "h2": "中秋|国庆|重阳|教师节|建军节|八一|记者节",
}
_OTHER: dict[PeriodPart, PeriodPart] = {"h1": "h2", "h2": "h1"}
_BEHIND = (
    r"[\"”]?(?:国际|劳动|妇女|青年|儿童)*节?[\"”]?(?:小?长?假|佳节)?"
    r"(?:前夕?|节?期间|当天|当日|之际|来临|到来|假期|放假|后|慰问|走访|看望|联欢|晚会|游园|茶话会|座谈会|活动)"
)
_ANY = {part: re.compile(rf"(?<![迎庆祝贺第])(?<![迎庆][“\"])(?:{names}){_BEHIND}") for part, names in _FEASTS.items()}
_NAMES = {part: re.compile(names) for part, names in _FEASTS.items()}
# A plan, an earlier year, what holds for every year, or a name: then the feast may be any.
_NOT_DONE_NOW = re.compile(
    r"计划|打算|拟|准备|将|预计|下一步|届时|筹备|谋划|今后|明年|来年|每年|每逢|年年|历年|往年|去年|上年|前年|以来|元旦|两节|双节"
    r"|节假日|传统|制度|方案|预案|通知|办法|迎接|等.{0,4}节|奖|称号|荣誉|巾帼|年度|再|后续|继续|要|应|争取|力争|12月|十二月|一月"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d) ?年")
_SENTENCE = re.compile(r"[^。；;!?\n]+")
_HALVES: dict[PeriodPart, str] = {"h1": "上半年", "h2": "下半年", "year": "全年"}


def feasts_of_other_half(passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield the places of such feasts in the title, the summary or the text of a record about work."""
    period = passage.record.period
    if passage.record.kind != "done" or period.part not in _OTHER or not period.year:
        return
    other = _OTHER[period.part]
    text = narrow_prose(passage)
    if not _NAMES[other].search(text):  # much faster than a search that begins with a look back
        return
    for sentence in _SENTENCE.finditer(text):
        words = sentence[0]
        if not (found := _ANY[other].search(words)) or _NAMES[period.part].search(words):
            continue
        years = {int(year) for year in _YEAR.findall(words)} - {period.year}
        if not years and _HALVES[other] not in words and not _NOT_DONE_NOW.search(words):
            yield sentence.start() + found.start(), sentence.start() + found.end()
