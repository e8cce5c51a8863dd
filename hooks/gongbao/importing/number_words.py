"""The numbers of a text, each with its unit and bound, or with the reason why it is no figure.

In Arabic, full-width and Chinese numerals. A number is what is printed, never a guess: 翻一番, 数十 and 若干 give none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from ..problems.names import BoundName
from ..records.loose_numbers import read_loosely
from ..records.numerals import numeral_value
from .marks import Span
from .number_reasons import Reason, reason_of

# What a number says of its figure.
Role = Literal["value", "percent", "completion", "change", "target", "rank", "none"]

_WIDE = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), *map(ord, "．％＋－～／"))
_NARROW = {wide: wide - 0xFEE0 for wide in _WIDE}
_UNITS = (
    "个百分点 百分点 人次 户次 家次 场次 车次 台次 批次 项次 件次 只次 课时 学时 平方公里 平方千米"
    " 针次 剂次 班次 例次 辆次 轮次 册次 趟次 篇次 平方米 平米 立方米 公里 千米 公斤 千克 公顷"
    " 美元 港元 欧元 个月 小时 分钟 元 人 名 位 户 家"
    " 间 个 所 件 宗 起 桩 次 场 期 份 本 册 台 套 支 条 项 张 幅 辆 篇 批 组 班 块 面 箱"
    " 袋 瓶 盒 例 处 座 棵 株 亩 吨 斤 米 天 对 枚 只 头"
    " 针 剂 副 首 顶 尾 羽 口 眼 种 片 节 堂 门 款 轮 则 幢 栋 盏 把 床 桶 艘 架 部 分 笔 单 日"
)
_UNIT = "|".join(sorted(_UNITS.split(), key=len, reverse=True))
_MULTIPLE = "[十百千]?万?亿|[百千]?万|[千百]"
_BEFORE = "不少于|不低于|不超过|不高于|至少|最少|至多|最多|超过|突破|将近|接近|大约|约|近|超|逾|不足|不到"
_AFTER = "及以上|以上|以下|以内|左右|上下"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}、\d(?=-?(?:\d、\d)?[万亿])|\d+(?:\.\d+)?"
_HAN = "[一二两三四五六七八九十百千万〇零]"
_NUMBER = re.compile(
    rf"(?P<before>{_BEFORE})?(?P<number>(?P<digits>{_DIGITS})|(?P<han>{_HAN}+(?:点[一二三四五六七八九〇零]+)?))"
    rf"(?P<inner>[余多])?(?P<multiple>{_MULTIPLE})?(?P<between>[余多])?"
    rf"\n?(?P<unit>%|{_UNIT})?(?P<later>[余多])?(?P<after>{_AFTER})?"
)
_PERCENT_IN_WORDS = re.compile(  # 百分之三点十 is none
    rf"百分之(?P<number>{_HAN}+(?:点[一二两三四五六七八九〇零]+)?(?!点?[十百千万])|\d+(?:\.\d+)?)(?P<after>{_AFTER})?"
)
_PLACED = re.compile(r"(?:获|夺|取得|位列|位居|居|列|排名)[^，。；]{0,16}第$")
_CLAUSE_END = re.compile(r"[，。；、\s]|$")
_PRIZE = re.compile(r"等奖")
_CHANGE = re.compile(
    r"(?:增加|减少|提高|下降|增长|上升|降低|提早|上涨|回落|比[^，。；]{1,10}[多少])了?(?:近|约|超过?|逾)?$"
)
_LESS = re.compile(r"(?:减少|下降|降低|回落|少)了?(?:近|约|超过?|逾)?$")
_TASK_AFTER = re.compile(r"的?[^，。；\d]{0,10}(?:任务|目标|指标|计划)")
_TASK_BEFORE = re.compile(r"(?:下达|目标|任务|计划|指标)[^，。；\d]{0,6}$")
_COMPLETION = re.compile(
    r"(?:完成[^，。；]{0,12}(?:任务|目标|计划|指标)[^，。；]{0,4}|完成率[^，。；\d]{0,3}|占[^，。；]{0,6}任务的?)$"
)
_MONEY_AFTER = re.compile(r"的?[^，。；\d]{0,6}(?:金|款|经费|资金|费)")
_MULTIPLES = re.compile(
    r"翻[一两二三四]番|[\d一二两三四五六七八九十.]+倍|[一二两三]成|数[十百千万]|几[十百千万个名家]|[十百千]几|若干|[近上约过][万亿](?=[元人名户件份])"
)


@dataclass(frozen=True, slots=True)
class SourceNumber:
    """A number in a text: its place ``[start, end)`` with unit and bound, what it says, and why it is no figure.

    ``value`` is an exact decimal in ``unit``; a share is in percent.
    """

    start: int
    end: int
    printed: str
    value: Decimal
    unit: str
    bound: BoundName
    role: Role
    reason: Reason = ""

    @property
    def is_plain(self) -> bool:
        """Whether its digits are printed as a record writes them."""
        return f"{self.value:f}".lstrip("-") in with_plain_digits(self.printed)


def with_plain_digits(text: str) -> str:
    """Return a text with half-width digits and letters, and the signs of numbers. Other punctuation stays as it is."""
    return text.translate(_NARROW)


def numbers_of(text: str, span: Span) -> list[SourceNumber]:
    """Return the numbers of a stretch of a text, in its order."""
    start, end = span
    words = with_plain_digits(text[start:end])
    return [
        replace(one, start=one.start + start, end=one.end + start, printed=text[one.start + start : one.end + start])
        for one in _numbers(words, 0, len(words))
    ]


def _numbers(text: str, start: int, end: int) -> Iterator[SourceNumber]:
    at = start
    while at < end:
        many = _MULTIPLES.match(text, at, end)
        if many:
            yield _none(many.start(), many.end(), many[0], "multiple")
            at = many.end()
            continue
        share = _PERCENT_IN_WORDS.match(text, at, end)
        if share and (loose := read_loosely(_pointed(share["number"]))):
            bound: BoundName = "at-least" if "上" in (share["after"] or "") else "exact"
            yield SourceNumber(at, share.end(), share[0], loose.whole, "%", bound, _share_role(text, at))
            at = share.end()
            continue
        found = _NUMBER.match(text, at, end)
        if not found or _inside_number(text, found, at):
            at += 1
            continue
        number = _number_at(text, found, start, end)
        if number:
            yield number
        at = max(number.end if number else found.end("number"), at + 1)


def _inside_number(text: str, found: re.Match[str], at: int) -> bool:
    """Whether a match begins within a number, or is a multiple (万) without one."""
    if found["han"] and not found["han"].strip("万亿"):
        return True
    before = text[at - 1 : at] if at else ""
    return found.start("number") == at and (before.isdigit() if found["digits"] else before.isdecimal())


def _none(start: int, end: int, printed: str, reason: Reason) -> SourceNumber:
    return SourceNumber(start, end, printed, Decimal(0), "", "exact", "none", reason)


def _number_at(text: str, found: re.Match[str], start: int, stop: int) -> SourceNumber | None:
    """Return the number that a match stands for. None for numerals that are words (一定, 三八)."""
    first, last = found.span("number")
    before, after = text[max(start, first - 24) : first], text[last:stop]
    reason = reason_of(text, found, before, after, start, stop)
    placed = reason == "ordinal" and _PLACED.search(before) and _CLAUSE_END.match(after)
    if found["han"] and not placed:
        if reason in ("date", "document", "code") or (not found["unit"] and not _PRIZE.match(after)):
            return None if not reason or reason in ("document", "code") else _none(first, last, found["number"], reason)
        if _PRIZE.match(after) and re.match("等奖[\\d一二两三四五六七八九十]", after):
            return _none(first, last, found["number"], "name")  # 一等奖1个: a kind of prizes, which are counted
        if not reason and _PRIZE.match(after) and len(found["han"]) == 1:
            return _read(found, first, last + 2, "rank", "")
    if before.endswith("第") and (reason == "ordinal") and found["unit"] == "名":
        return _read(found, first, found.end("unit"), "rank", "")
    if placed and not found["unit"]:
        return _read(found, first, last, "rank", "")
    if reason:
        return _none(first, last, found["number"], reason)
    unit = found["unit"] or ""
    if not unit:
        if found["digits"] and len(found["digits"]) > 2 and _MONEY_AFTER.match(after):
            return _read(found, first, last, "value", "")
        return _none(first, last, found["number"], "unitless")
    if unit == "%":
        return _read(found, found.start(), found.end(), _share_role(text, found.start()), "%")
    role: Role = "value"
    outside = text[max(start, found.start() - 24) : found.start()]
    if _CHANGE.search(outside):
        role = "change"
    elif unit not in ("元",) and (_TASK_AFTER.match(text, found.end(), stop) or _TASK_BEFORE.search(outside)):
        role = "target"
    number = _read(found, found.start(), found.end(), role, unit)
    if number and role == "change" and _LESS.search(outside):
        return SourceNumber(number.start, number.end, number.printed, -number.value, number.unit, number.bound, role)
    return number


def _share_role(text: str, at: int) -> Role:
    """Return what a share says: how much of a task is done, by how much something grew, or a part of a whole."""
    before = text[max(0, at - 24) : at]
    return "completion" if _COMPLETION.search(before) else "value" if _CHANGE.search(before) else "percent"


def _read(found: re.Match[str], start: int, end: int, role: Role, unit: str) -> SourceNumber | None:
    """Return the number with its value, or None if it has none that is certain (三四百)."""
    text = _pointed(found["number"]) if found["han"] else found["number"]
    parts = (found["before"], text, found["inner"], found["multiple"], found["between"], found["after"])
    if role == "rank":
        parts = ("", text, "", "", "", "")
    later = "余" if found["later"] and not (found["inner"] or found["between"]) and role != "rank" else ""
    loose = read_loosely("".join(part or "" for part in parts))
    if loose is None:
        return _none(start, end, found["number"], "multiple")
    bound = "over" if later and loose.bound == "exact" else loose.bound
    value = loose.whole if loose.multiple and not unit else loose.value
    return SourceNumber(start, end, found.string[start:end], value, f"{loose.multiple}{unit}", bound, role)


def _pointed(numeral: str) -> str:
    """Return a Chinese numeral with a point (十二点二) in digits."""
    whole, point, fraction = numeral.partition("点")
    if not point:
        return numeral
    loose = read_loosely(whole)
    digits = "".join(str(numeral_value(sign)) for sign in fraction)
    return f"{loose.whole:f}.{digits}" if loose else numeral
