"""Numbers as people write them, ``约8.5万元`` or ``−5``, taken apart into number, multiple, unit and bound."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from ..problems.names import BoundName
from .measures import in_yuan, multiple

# Words around a number that bound it. The words of a bound that a record may use are in `problems.names`.
_BOUND_WORDS: dict[BoundName, str] = {
    "about": "大约 大概 约为 约有 约 左右 上下 ~ ≈ ±",
    "over": "余 多 来 出头",
    "nearly": "将近 接近 不到 不足 近",
    "at-least": "不少于 不低于 不小于 至少 最少 超过 大于等于 大于 多于 高于 突破 以上 超 逾 起 >= ≥ > +",
    "at-most": "不超过 不多于 不高于 不大于 至多 最多 小于等于 小于 少于 低于 以内 以下 <= ≤ <",
}
_BOUND_OF = {word: bound for bound, words in _BOUND_WORDS.items() for word in words.split()}
_NUMERALS = ("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九")
_DIGITS = {sign: at for at, signs in enumerate(_NUMERALS) for sign in signs}
_MINUS = str.maketrans("−–—‐‑‒﹣－", "-" * 8)
_ONES = {"十": 10, "百": 100, "千": 1000}
_BEHIND = "|".join(sorted(map(re.escape, _BOUND_OF), key=len, reverse=True))
_BEFORE = _BEHIND.replace(r"|\+", "")  # there it is the number's sign
_CAPITALS = str.maketrans(  # as on receipts, where nobody can add a stroke
    "壹弌贰貳贰叁叄參肆伍陆陸柒捌玖拾佰仟萬億圆圓", "一一二二二三三三四五六六七八九十百千万亿元元"
)
_CHINESE = "[零〇一二两三四五六七八九十百千万亿]+"
_SHAPE = re.compile(
    rf"(?P<before>{_BEFORE})?(?P<money>¥|￥|人民币|RMB|CNY|rmb)?(?P<sign>[+-]|负)?"
    rf"(?:(?P<number>\d{{1,3}}(?:[,_]\d{{3}})+(?:\.\d+)?|\d*[.、]\d+|\d+)|(?P<chinese>{_CHINESE}))"
    rf"(?P<inner>[余多来]|左右)?(?P<multiple>[十百千]?(?:万亿|[万亿])|[百千])?(?P<between>[余多来])?"
    rf"(?P<unit>[^\d,.、\-+余多来]{{0,8}}?)整?(?P<after>{_BEHIND})?(?:\(含\))?"
)

_NO_UNIT = re.compile(r"[^(（]*[(（]|分之|成[一二三四五六七八九半]?$")  # 40份(春节), 三分之二, 八成


@dataclass(frozen=True, slots=True)
class LooseNumber:
    """A number taken apart. ``value`` is without the ``multiple`` (万), which stands before the ``unit`` (元).

    It ``is_plain`` if it is written in digits and with a decimal point, so that nobody has to guess what it is.
    """

    value: Decimal
    multiple: str
    unit: str
    bound: BoundName
    is_plain: bool

    @property
    def whole(self) -> Decimal:
        """The number with its multiple: 12000 for 1.2万."""
        return self.value * multiple(self.multiple)

    @property
    def measure(self) -> str:
        """The unit with the multiple: 万元."""
        return f"{self.multiple}{self.unit}"


def read_loosely(text: str) -> LooseNumber | None:
    """Return the one number that a text can mean, or None: ranges, fractions and ``12,5`` could mean several."""
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", text.translate(_MINUS))).translate(_MINUS | _CAPITALS)
    found = _SHAPE.fullmatch(folded)
    if found is None or len(folded) > 40:
        return None
    words = [found[name] for name in ("before", "inner", "between", "after") if found[name]]
    if len({_BOUND_OF[word] for word in words}) > 1:
        return None
    value = _chinese_number(found["chinese"]) if found["chinese"] else _number(found["number"])
    if value is None:
        return None
    signed = -value if found["sign"] in ("-", "负") else value
    unit = found["unit"] or ("元" if found["money"] else "")
    if _NO_UNIT.match(unit) and in_yuan(unit) == unit:
        return None
    bound = _BOUND_OF[words[0]] if words else "exact"
    return LooseNumber(signed, found["multiple"] or "", unit, bound, bool(found["number"]) and "、" not in folded)


def bound_meant(word: str) -> BoundName | None:
    """Return the bound that a word or sign means that is none of those that a record may use, or None."""
    folded = unicodedata.normalize("NFKC", word).strip().casefold()
    english: dict[str, BoundName] = {name.replace("-", ""): name for name in _BOUND_WORDS}
    return _BOUND_OF.get(folded) or english.get(re.sub(r"[\W_]", "", folded))


def _number(text: str) -> Decimal:
    exact = re.sub("[,_]", "", text).replace("、", ".")
    return Decimal(f"0{exact}" if exact.startswith(".") else exact)


def _chinese_number(text: str) -> Decimal | None:
    """Return the whole number that Chinese numerals name: 58 for 五十八, 2014 for 二〇一四. None if they name none."""
    if all(sign in _DIGITS for sign in text):
        return Decimal("".join(str(_DIGITS[sign]) for sign in text)) if len(text) != 2 else None
    # 三百五 is 350 or 305, and 三四百 is a range
    if re.search("[百千万亿][一二两三四五六七八九]$|[一二两三四五六七八九]{2}", text):
        return None
    total, section, digit = 0, 0, None
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _ONES:
            section += (1 if digit is None else digit) * _ONES[sign]
            digit = None
        else:
            total = (total + section + (digit or 0)) * int(multiple(sign))
            section, digit = 0, None
    return Decimal(total + section + (digit or 0))
