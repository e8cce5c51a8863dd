"""``prose.unit``: a unit written twice, two that exclude each other, a fraction of a person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..blocks import narrow_prose
from ..passages import Hit, Passage, in_passages, matches_from

_END = r"(?=[,。;:、!?)\s]|的|以上|以下|左右|$)"
_COUNT = r"(?<![\dA-Za-z.])\d[\d,]{0,15}(?:\.\d{1,6})?[余多]? ?[万亿]?[余多]?"
_MEASURE = "人名位个家户件场次期份条项宗起册篇支批台套吨所"
_FAULTS = (
    # A unit twice: 元元, 人人次. Nothing is wrong if the second one begins a word: 5个个体户, 500元元旦补贴.
    rf"{_COUNT} ?(?:([{_MEASURE}元])\1{_END}|人人次|人次人次?{_END}"
    r"|(?:万元|亿元|人次|万人){2}|元元(?![旦宵首老月])|%%|万元元|亿元元|亿亿)",
    r"(?<![\dA-Za-z.])\d[\d,.]{0,15}[余多]? ?万万",
    # Two units that exclude each other.
    r"\d ?(?:家个(?![体人私别性税旧])|户个(?![体人别性])|名个(?![体人别性])"
    r"|个家(?![庭属政长具电乡园访务族居门装底教委常用境企校])"
    r"|人个(?![体人别性])|名位(?![居列于置次])|位名(?![师校誉])|个名(?![额单称师牌优人词片字企校为叫])|件个(?![体人])|场个(?![体人]))",
    rf"\d ?(?:(?:[名位户家件场]人|人[名户家]|户家|家户|件场|场件|元人|人元|个元|元个){_END})",
    rf"% ?[{_MEASURE}元]{_END}",
    # Units in the wrong order: 100元万, 万3元.
    rf"\d ?[元人名户家个件](?:万|亿){_END}",
    r"(?<=[\u4e00-\u9fff])(?<![一二三四五六七八九十百千两几数上近超过余多逾破成])[万亿]\d+(?:\.\d+)?[余多]?元",
)
_FAULT = re.compile(
    "|".join(f"(?:{fault})" for fault in _FAULTS)
    .replace(r"\1", "(?P=twice)")
    .replace(f"([{_MEASURE}元])", f"(?P<twice>[{_MEASURE}元])")
)
_FRACTION = re.compile(
    r"(?<![\d.\-])\d[\d,]{0,12}\.\d{1,4} ?(?:人次?(?![均大才民力事物生格间防日/])|名(?![次额])|户(?![均型外])|位(?!数))"
)
# The raised number of Word's m² is lost when it is copied.
_LOST_POWER = re.compile(
    r"(?<![\dA-Za-z.])(?P<number>\d[\d,]*(?:\.\d+)?[余多]?[万亿]?[余多]?)"
    r" ?(?P<unit>[kc]?m)(?P<power>[23])(?![A-Za-z0-9_./])"
)
_POWERS = {"m2": "平方米", "m3": "立方米", "km2": "平方公里", "cm2": "平方厘米", "cm3": "立方厘米"}
# About is more or less, 余 and 多 are more only: one of them is wrong.
_TWO_BOUNDS = re.compile(
    r"(?:约|近|接近|超过|至少)[ ]?(?:\d[\d,.]{0,12}|[一二两三四五六七八九]?(?=[十百千万]))[十百千万亿]{0,2}"
    r"(?:余(?!额|款|粮|下|地|热)|多(?!功能|媒体|[元样]化|边|方|年生|次方))"
    r"|(?:约|近|接近)[ ]?\d[\d,.]{0,12}[十百千万亿]{0,2}[\u4e00-\u9fff]{0,2}(?:左右|上下|以上|以下|以内)"
)
_BOUND = re.compile("[约近接超至]")
_AVERAGE = re.compile(r"均|每|/|比例|系数|指数|率")
_SIGN = re.compile(r"[\d%万亿]")


def find(passage: Passage) -> Iterator[Hit]:
    """Find impossible units. An average of 3.5 people is possible."""
    text = narrow_prose(passage)
    for found in matches_from(_SIGN, _FAULT, text):
        yield Hit(found.start(), found.end(), values=(("leftover", "unit"),))
    for found in _LOST_POWER.finditer(text) if "m" in text else ():
        right = f"{found['number']}{_POWERS.get(found['unit'] + found['power'], '')}"
        if right != found["number"]:
            values = (("leftover", "unit"), ("suggestion", right))
            yield Hit(found.start(), found.end(), values=values, mended=right, safe=True)
    for found in matches_from(_BOUND, _TWO_BOUNDS, text):
        yield Hit(found.start(), found.end(), values=(("leftover", "two-bounds"),))
    for found in matches_from(_SIGN, _FRACTION, text) if "." in text else ():
        clause = re.split(r"[。;!?\n]", text[max(0, found.start() - 20) : found.start()])[-1]
        if not _AVERAGE.search(clause + text[found.end() : found.end() + 2]):
            yield Hit(found.start(), found.end(), values=(("leftover", "unit"),))


check = in_passages("prose.unit", find)
