"""Numbers within phrases, as reports word them: ``同比下降0.5个千分点``, ``由320人增加到335人``, ``三分之二``."""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import NamedTuple

from ..problems.names import BoundName
from .loose_numbers import LooseNumber, read_loosely
from .measures import plain

LONGEST = 100  # signs of a phrase with a number; a longer text is prose, and would take long to look through
_TOTAL = re.compile("(?:总共|一共|共计|合计|总计|共有|共|计|为|是|有|达到|达|实有|现有|已有)+")
_TIME = (
    r"(?:去|上|前|今|本|当)年度?|上一年度?|\d{4}年|(?:上|本|去年|上年)?同期|上一?期|[上下]半年|上个?月|上一?季度|年?[初末底]"
    r"|\d{1,2}月[份底末初]?"
)
_BEFORE = re.compile(rf"(?:{_TIME}|原来|原有|原|此前|之前|由|从|的|为|是|有|共|达到?|[，,:：])+")
_OF_THE_FIELD = re.compile("(?:上一?期|(?:去年|上年)?同期|原来|原有|原|的|为|是|有|共)+")  # as 上期 itself says
_AIM = re.compile("(?:计划|力争|争取|要求|年初|全年|年度|本年|今年|下达|确定|任务|目标|指标|完成|达到?|的|为|是)+")
_SHARE = re.compile("(?:占比|占|完成率|已完成|完成了?|实际|达到|达|为|是)+")
_COMPARED = re.compile(rf"(?:同比|环比|(?:与|和|同|跟|比|较)?(?:{_TIME}|的)+(?:相比|比)?|相比|[，,:：\s])+")
LESS = "减少|下降|降低|回落|下滑|下跌|缩减|缩小|少|降|减|跌"
MORE = "新增|增加|上升|提高|增长|提升|上涨|扩大|多|增|升|涨"
_DIRECTION = re.compile(rf"净?(?:(?P<less>{LESS})|(?P<more>{MORE}))了?(?![到至为])")
_LEVEL = re.compile("(?:基本)?(?:持平|不变|没有变化|无变化|没变)")
_FROM_TO = re.compile(
    rf"(?:由|从)?(?P<low>[^由从到至]+?)(?:净?(?:{LESS}|{MORE}|发展|扩展)?了?(?:到|至|为)|变为)(?P<high>[^到至]+)"
)
_FRACTION = re.compile(
    r"(?P<before>约|近|超过|不到|不少于|至少)?(?:(?P<below>[\d一二两三四五六七八九十百千]+)分之(?P<above>[\d一二两三四五六七八九十百千.]+)"
    r"|(?P<above2>\d+)/(?P<below2>\d+)|(?P<tenths>[一二两三四五六七八九])成(?P<hundredths>[一二三四五六七八九半])?"
    r"|(?P<half>过?半数?|一半|百分百))(?P<after>以上|以下|以内|左右|多)?"
)
_RANK = re.compile(r"(?P<before>[^\d第]*?)(?P<sign>第)?(?P<rank>\d+|[一二三四五六七八九十]+)(?P<name>名|位)?")
_CHAMPIONS = {"冠军": "1", "亚军": "2", "季军": "3", "殿军": "4"}
_NUMERAL = re.compile(r"[\d一二两三四五六七八九十百千万亿半零〇]")


class Reworded(NamedTuple):
    """A text without the words that its field says by itself, and whether nothing else was left out."""

    text: str
    whole: bool


def reworded(field: str, text: str) -> Reworded:
    """Return what is written in a field without the words that the field itself says: 第 and 名 of a rank."""
    if len(text) > LONGEST:
        return Reworded(text, True)
    if field == "rank":
        return _rank(text)
    if field == "change":
        return _change(text)
    if field in ("percent", "completion"):
        bare = re.sub("^百分之(.+)$", r"\1%", _without(_SHARE, text))
        return Reworded(bare, True)
    if field == "previous":
        return Reworded(_without(_BEFORE, text), _without(_BEFORE, text) == _without(_OF_THE_FIELD, text))
    if field == "target":
        return Reworded(_without(_AIM, text), _without(_AIM, text) == text.strip())
    return Reworded(_without(_TOTAL, text), True)


def has_number(text: str) -> bool:
    """Whether there is any digit or numeral in a text."""
    return _NUMERAL.search(text) is not None


def growth(text: str) -> tuple[LooseNumber, LooseNumber] | None:
    """Return both numbers of a phrase like 由320人增加到335人, of one unit, or None if it is none."""
    found = _FROM_TO.fullmatch(re.sub(r"\s", "", text))
    if not found:
        return None
    low = read_loosely(_without(_BEFORE, found["low"]))
    high = read_loosely(_without(_COMPARED, found["high"]))
    if not low or not high or low.bound != "exact" or not re.search(f"由|从|{LESS}|{MORE}|变为", text):
        return None
    if low.measure and low.measure != high.measure:
        return None
    return low, high


def fraction(text: str) -> tuple[Decimal, BoundName] | None:
    """Return the per cent that a fraction is (三分之二, 2/3, 八成, 过半), with its bound, or None if it is none.

    What has no end is rounded to one decimal; away from its bound, if it has one.
    """
    found = _FRACTION.fullmatch(re.sub(r"\s", "", text))
    if not found:
        return None
    if found["half"]:
        share = Decimal(100 if found["half"] == "百分百" else 50)
    elif found["tenths"]:
        last = found["hundredths"]
        more = 5 if last == "半" else _whole(last) if last else 0
        share = _whole(found["tenths"]) * 10 + more
    else:
        above = _whole(found["above"] or found["above2"])
        below = _whole(found["below"] or found["below2"])
        if not below or above > below:
            return None
        share = above * 100 / below
    bound = _bound(found["before"], found["after"])
    if bound is None:
        return None
    if (found["half"] or "").startswith("过"):
        bound = "over"
    rounding = {"at-least": ROUND_FLOOR, "over": ROUND_FLOOR, "at-most": ROUND_CEILING, "nearly": ROUND_CEILING}
    short = share.quantize(Decimal("0.1"), rounding.get(bound, ROUND_HALF_UP))
    if short != share and bound == "exact":
        bound = "about"
    return plain(short), bound


def _bound(before: str | None, after: str | None) -> BoundName | None:
    bounds = {loose.bound for word in (before, after) if word and (loose := read_loosely(_beside_one(word)))}
    return bounds.pop() if len(bounds) == 1 else None if bounds else "exact"


def _beside_one(word: str) -> str:
    return f"1{word}" if word in ("以上", "以下", "以内", "左右", "多") else f"{word}1"


def _whole(numeral: str) -> Decimal:
    loose = read_loosely(numeral)
    return loose.value if loose else Decimal(0)


def _rank(text: str) -> Reworded:
    bare = re.sub(r"\s", "", text)
    if champion := next((word for word in _CHAMPIONS if bare.endswith(word)), ""):
        return Reworded(_CHAMPIONS[champion], bare == champion)
    found = _RANK.fullmatch(bare)
    if not found or (found["before"] and not found["sign"] and not found["name"]) or found["before"][-1:] == "前":
        return Reworded(text, True)
    return Reworded(found["rank"], not found["before"])


def _change(text: str) -> Reworded:
    """Return a change as a number with its sign; what it is compared with is told by another field, or by none."""
    bare = _without(_COMPARED, text.strip())
    whole = bare == text.strip()
    if _LEVEL.fullmatch(bare):
        return Reworded("0", whole)
    if found := growth(bare):
        low, high = found
        return Reworded(f"{high.value - low.value:f}{high.measure}", whole=False)
    if not (direction := _DIRECTION.match(bare)):
        return Reworded(bare, whole)
    return Reworded(f"{'-' if direction['less'] else ''}{bare[direction.end() :]}", whole)


def _without(words: re.Pattern[str], text: str) -> str:
    """Return a text without the words at its beginning, or as it is if nothing is left."""
    found = words.match(text.strip())
    return text.strip()[found.end() :] or text.strip() if found else text.strip()
