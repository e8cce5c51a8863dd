"""``prose.percent``: a share of more than 100 percent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..blocks import narrow_prose
from ..passages import Hit, Passage, in_passages

REACH = 30  # the most characters of the clause before a number that are searched
_PERCENT = re.compile(
    r"(?<![\d.,\-~—至])\d{3,9}(?:\.\d{1,9})?(?: ?%)|百分之(?:一百|[二三四五六七八九]百)[一二三四五六七八九十零]{1,4}"
)
# Written out, because such a search is faster than one for \d{3}; bounded, because a row of digits has no end.
_THREE_DIGITS = re.compile(r"\d\d\d[\d.]{0,17} ?%")
_SHARE = re.compile(
    r"(?<![效频速汇心增幅毛])率(?![先领队真])|占|比例|比重|覆盖|满意|参与(?!了)|合格|知晓|达标(?!率?[奖费])"
)
# Words of a comparison or of growth, which may be over 100 %.
_COMPARED = re.compile(
    r"同比|环比|去年|上年|往年|前年|上期|年初|增|长|提高|提升|上升|上涨|扩大|超|完成|计划|任务|目标|指标|预算|预期|定额|翻|涨|收益|回报|利润|投资"
    r"|负债|周转|折|基准|最低|标准|工资的|底薪|加班|的倍|杠杆|浓度|湿度|下降|减少|高出|多出|相当"
)


def find(passage: Passage) -> Iterator[Hit]:
    """Find percentages over 100 which are shares, as a word in their clause tells."""
    text = narrow_prose(passage)
    if "百分之" not in text and not _THREE_DIGITS.search(text):
        return
    for found in _PERCENT.finditer(text):
        number = found[0].rstrip("% ")
        if number[0].isdigit() and Decimal(number) <= 100:
            continue
        clause = re.split(r"[,。;!?\n、(]", text[max(0, found.start() - REACH) : found.start()])[-1]
        after = text[found.end() : found.end() + 6]
        if _SHARE.search(clause) and not _COMPARED.search(clause) and not re.match(r"的?(?:增|涨|提|速)", after):
            yield Hit(found.start(), found.end(), clause[-12:] + passage.text[found.start() : found.end()])


check = in_passages("prose.percent", find)
