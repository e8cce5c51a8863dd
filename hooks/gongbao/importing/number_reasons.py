"""Why a number of a text is no figure: a date, an ordinal, an age, part of a name, the size of a group …"""

from __future__ import annotations

import re
from typing import Literal

# Why a number is none of a record's figures. Each has a label ``import-why-…``.
Reason = Literal[
    "",
    "date",
    "ordinal",
    "age",
    "name",
    "document",
    "threshold",
    "structure",
    "code",
    "multiple",
    "unitless",
    "repeated",
]

# The words right before a number, or right behind it, that say what it is. The first that fits counts.
_SAID: tuple[tuple[Reason, re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (reason, re.compile(f"(?:{before})$"), re.compile(behind))  # type: ignore[misc]
    for reason, before, behind in (
        ("document", r"[〔\[【（(]\d{4}[〕\]】）)]\s?第?", r"[〕\]】）)]\s?\d+\s?号|号(?:文|令|公告|通知)"),
        (
            "date",
            r"\d(?:年|月|[-./]\d{1,2}[-./])|\d{4}[-—~至到/]",
            r"\s?(?:年(?!级)|月(?!饼)|日(?!均)|号(?!召)|时(?!间|期|候|代)|点(?!对|名|击|评)|季度|世纪|周年|旬)"
            r"|[-—~至到]\d{1,2}\s?[年月日号]|[-—]\d{4}年",
        ),
        ("age", r"(?!)", r"(?:[-—~至到]\d{1,3})?周?岁"),
        (
            "ordinal",
            "第",
            "届|中全会|大(?=精神|报告|会议|以来|代表|召开)"
            "|次(?:全会|全委|会议|全体|职代|代表|党代|常委|执委|扩大|主席|理事)",
        ),
        ("multiple", r"[\d一二三四五六七八九][万亿千百]", r"(?!)"),  # the rest of 3万5千元
    )
)
_CODE_BEFORE, _CODE_AFTER = re.compile(r"(?:[A-Za-z]|\d|)\.$|[A-Za-z]$"), re.compile(r"[A-Za-z]|\.\w|版")
_NAME_AFTER = re.compile(r"星级|[A-Za-z]|级(?!别)|等(?!奖)|\+|[楼层路线版型化好双](?![次个名])")
_HOURS = re.compile("(?:×24)?小时(?!的?培训)")  # 24小时热线, 8小时以外
_LIMIT_BEFORE = re.compile("(?:[高低]|收入水平)于?$|(?:超|满|低于|高于)$")
_LIMIT_AFTER = re.compile(r"[^，。；\d]{0,3}的")
_RANGE_AFTER = re.compile(r"\s?[-—~～至到]\s?\d")
_RANGE_BEFORE = re.compile(r"\d[个名家万元%]{0,2}\s?[-—~～至到]\s?$")
_THRESHOLD = re.compile(r"[)）]?(?:的)?(?=[一-鿿])(?!的?[，。；、）)]|的?是|达|为|参|，)")
_QUOTES = {"“": "”", "《": "》", "「": "」", "『": "』", "‘": "’"}
_SPACED = re.compile(r"(?<!\d)\d{1,3} $")
_CODE = 7  # digits of a number without a unit that is none of things
_LONGEST = 15  # digits of a number that counts something
_QUOTED = 16  # signs: a longer quotation is a text of its own, with figures
_NO_ONE = re.compile(r"(?:每|任何?|同|统|唯|第|新的|另|某|哪|不让|不落|不漏|不少|其)$")
_EVERY = re.compile(r"每(?:个)?(?:月|季度?|年|周|半年|星期)[^，。；]{0,14}$")
_STRUCTURE = re.compile(
    r"(?:方面|特点|层面|环节|阶段|代表|文明|率先|坚持|确保|必须|一样|重点|原则|关系|机制|职能|维度|类别|意识|区域|突出|结合|提高|到位|关键|不|转变|面向|优先)"
)
_COUNTED = re.compile(
    r"(?:月|村|企业|社区|工会|单位|小组|家庭|基层|站|点|项目|班|队|岗|基地|中心|职工|街道|镇|乡|县|行政|分会|支部|党|学校|代表|工地|车间|窗口|平台|组织|委员会|协会)"
)
_WORDLIKE = frozenset("个项条次张面篇组期份本台块班支日")  # units that make phrases: 三个方面, 十项举措
_NO_UNIT_OF_FIGURE = frozenset("日部分面把头起所门节片单口眼副种")  # often words


def reason_of(text: str, found: re.Match[str], before: str, after: str, start: int, stop: int) -> Reason:
    """Return why the number that was ``found`` is no figure, or an empty text if it is one.

    ``before`` and ``after`` are the words beside it, within the stretch ``[start, stop)`` of the text.
    """
    first, last = found.span("number")
    han, unit, digits = found["han"] or "", found["unit"] or "", len(found["number"])
    for reason, said_before, said_behind in _SAID:
        if said_before.search(before) or said_behind.match(after):
            return reason
    if _SPACED.search(before) and digits == 3:
        return "multiple"  # the rest of 1 256人
    if not han and (_CODE_BEFORE.search(before) or _CODE_AFTER.match(after)):
        return "code"
    if digits > _LONGEST or len(found["multiple"] or "") > 2 or (not han and digits >= _CODE and not unit):
        return "code"
    if found["number"] in ("24", "7", "8") and _HOURS.match(after):
        return "name"
    if _quoted_name(text, first, last, start, stop) or (_NAME_AFTER.match(after) and not (han and unit)):
        return "name"
    ranged = _RANGE_AFTER.match(text, last, stop) or _RANGE_AFTER.match(text, found.end(), stop)
    if ranged or _RANGE_BEFORE.search(before):
        return "threshold"
    limits = found["after"] and found["after"] != "左右" and unit != "%"
    if limits and _THRESHOLD.match(text, found.end(), stop):
        return "threshold"
    if _LIMIT_BEFORE.search(before + (found["before"] or "")) and _LIMIT_AFTER.match(text, found.end(), stop):
        return "threshold"
    return _han_reason(text, found, before, stop) if han else ""


def _han_reason(text: str, found: re.Match[str], before: str, stop: int) -> Reason:
    """Return why a Chinese numeral with a unit is no figure. Small ones are parts of many words."""
    han, unit = found["han"], found["unit"] or ""
    if not unit or (unit == "次" and _EVERY.search(before)):
        return ""
    following = text[found.end("unit") : stop]
    loose = found["before"] or found["inner"] or found["between"] or found["later"]
    if han in ("十", "百", "千") and not loose:
        return "" if han == "十" and unit not in _WORDLIKE else "structure"  # 百人合唱, 千场培训
    if unit in _NO_UNIT_OF_FIGURE and not found["multiple"] and len(han) < 2:
        return "structure"
    if _NO_ONE.search(before) or before.endswith(("三", "四", "五")):
        return "structure"
    if han == "一" and not found["multiple"]:
        counted = unit in ("户", "家") and not following.startswith(("人", "之", "一"))
        return "" if counted or found["before"] or unit.endswith("元") else "structure"
    if unit in _WORDLIKE and len(han) == 1:
        plain = unit not in ("个", "项") or _COUNTED.match(following) or found["inner"]
        return "" if plain and not _STRUCTURE.match(following) else "structure"
    return ""


def _quoted_name(text: str, first: int, last: int, start: int, stop: int) -> bool:
    """Whether a number stands in a name in quotation marks: “5.1服务卡”, “八统一”, 《…20条》."""
    left = text.rfind("\n", start, first) + 1
    for opening, closing in _QUOTES.items():
        begin = text.rfind(opening, max(left, start, first - _QUOTED), first)
        if begin >= 0 and closing not in text[begin:first]:
            close = text.find(closing, last, min(stop, last + _QUOTED))
            if close >= 0 and (opening == "《" or close - begin <= _QUOTED):
                return True
    return False
