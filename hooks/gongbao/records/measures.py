"""Units of measure: which units measure the same thing, and how they convert.

A unit is a word, maybe with a multiple before it: 万元, 千册, 万户次. Counting words (家, 人, 户次, and all words that
are not listed here) count whole things; the units of amounts measure money, shares, lengths, weights and the like.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

# The units of each dimension, with their scale. Counting words that mean the same have the same scale (人, 名, 位).
_COUNTS: Mapping[str, Mapping[str, str]] = {
    "people": {"人": "1", "名": "1", "位": "1"},
    "attendances": {"人次": "1"},
    "bodies": {"家": "1", "间": "1", "个": "1", "户": "1", "所": "1"},
    "cases": {"件": "1", "宗": "1", "起": "1", "桩": "1"},
    "events": {"次": "1", "场": "1", "期": "1", "届": "1"},
}
_AMOUNTS: Mapping[str, Mapping[str, str]] = {
    "money": {"元": "1", "人民币": "1", "角": "0.1", "分钱": "0.01"},
    "dollars": {"美元": "1"},
    "hong-kong-dollars": {"港元": "1", "港币": "1"},
    "euros": {"欧元": "1"},
    "yen": {"日元": "1"},
    "pounds": {"英镑": "1"},
    "share": {"%": "1", "％": "1", "‰": "0.1"},
    "points": {"个百分点": "1", "百分点": "1", "个千分点": "0.1"},
    "length": {"米": "1", "m": "1", "公里": "1000", "km": "1000", "里": "500", "厘米": "0.01", "毫米": "0.001"},
    "area": {"平方米": "1", "㎡": "1", "公顷": "10000", "平方公里": "1000000", "平方千米": "1000000"},
    "fields": {"亩": "1"},  # 1 亩 is 2000/3 平方米, which no decimal is
    "volume": {"立方米": "1", "升": "0.001", "毫升": "0.000001"},
    "weight": {"克": "1", "g": "1", "公斤": "1000", "kg": "1000", "斤": "500", "两": "50", "吨": "1000000"},
    "minutes": {"分钟": "1"},  # the parts of time are no decimals of each other either
    "hours": {"小时": "1"},
    "days": {"天": "1", "日": "1"},
    "months": {"个月": "1"},
    "years": {"年": "1"},
    "power": {"度": "1", "瓦时": "0.001"},
}
_SCALES: Mapping[str, tuple[str, Decimal]] = {
    unit: (dimension, Decimal(scale))
    for dimension, units in (*_COUNTS.items(), *_AMOUNTS.items())
    for unit, scale in units.items()
}
# Counting words that convert into no other.
_OTHER_COUNTS = (
    "户次 家次 车次 场次 项次 台次 课时 学时 支 队 本 册 份 条 项 张 幅 套 台 辆 篇 批 组 班 块 面 箱 袋 瓶 盒 例 处"
    " 座 棵 岁 桶 把 顶 副 床 双 只 枚 封 间次 人份 期次 节 门 首 部 片 团 对 道 株 头 亩"
)
KNOWN_UNITS = (*_SCALES, *_OTHER_COUNTS.split())
# 元 in other words: 人民币元, 元整, 元（人民币）, 人民币（万元）.
_YUAN = re.compile(
    r"人民币[（(]?(?P<before>[万亿]?)元?[）)]?|(?P<behind>[万亿]?)元(?:整|人民币|[（(](?:人民币|RMB|[¥￥])[）)])|RMB|CNY"
)
_MULTIPLE = re.compile(r"(?P<multiple>[十百千]?(?:万亿|[万亿])|[十百千])(?P<unit>.+)")
_VALUES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_ONE = Decimal(1)


def in_yuan(unit: str) -> str:
    """Return 元 or 万元 for a unit that means it in other words (元整, 人民币（万元）), and any other unit as it is."""
    found = _YUAN.fullmatch(unit)
    return f"{found['before'] or found['behind'] or ''}元" if found else unit


def is_known_unit(word: str) -> bool:
    """Whether a word is a unit of measure or a counting word, maybe with a multiple before it."""
    return ((found := _MULTIPLE.fullmatch(word)) is not None and found["unit"] in KNOWN_UNITS) or word in KNOWN_UNITS


def multiple(word: str) -> Decimal:
    """Return the number that a word of multiples names: 10000 for 万, 10 ** 12 for 万亿, 1 for an empty word."""
    value = _ONE
    for sign in word:
        value *= _VALUES[sign]
    return value


@cache
def _read(unit: str) -> tuple[str, Decimal]:
    """Return the dimension of a unit and its scale. An unknown word is a dimension of its own."""
    if unit in _SCALES:
        return _SCALES[unit]
    if found := _MULTIPLE.fullmatch(unit):
        name, scale = _read(found["unit"])
        return name, scale * multiple(found["multiple"])
    return unit, _ONE


def dimension(unit: str) -> str:
    """Return the name of what a unit measures. Units with one dimension convert into each other."""
    return _read(unit)[0]


def is_count(unit: str) -> bool:
    """Whether a unit counts whole things. So do words that are not known here, but for other currencies (澳元)."""
    name = dimension(unit)
    return name not in _AMOUNTS and not name.endswith("元")


def is_share(unit: str | None) -> bool:
    """Whether a unit is a rate (%, ‰), whose change is counted in points."""
    return unit is not None and dimension(unit) == "share"


def counted_alike(unit: str, other: str) -> Decimal | None:
    """Return how many of a counting word one of another is, where a list says that both count the same things.

    So 1 万人 is 10000 人次. None unless both are counting words.
    """
    return _read(unit)[1] / _read(other)[1] if is_count(unit) and is_count(other) else None


def convert(value: Decimal, unit: str, other: str) -> Decimal | None:
    """Return a value of ``unit`` in the unit ``other``, exactly. None if the units have different dimensions."""
    (name, scale), (other_name, other_scale) = _read(unit), _read(other)
    if name != other_name:
        return None
    return value if scale == other_scale else plain(value * scale / other_scale)


def times(value: Decimal, scale: Decimal) -> Decimal:
    """Return a value in a unit of which it takes ``scale`` to make one of its own unit."""
    return value if scale == 1 else plain(value * scale)


def plain(value: Decimal) -> Decimal:
    """Return a value without the zeros that a conversion leaves at its end: 4 for 4.0000, 120000 for 1.2E+5."""
    short = value.normalize()
    return short.quantize(_ONE) if short == short.to_integral_value() else short


def base_value(value: Decimal, unit: str) -> Decimal:
    """Return a value in the smallest unit of its dimension (元, 人, …); a value of an unknown unit stays as it is."""
    return value * _read(unit)[1]
