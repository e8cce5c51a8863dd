"""``prose.decimal``: a Chinese comma or another sign in place of a decimal point."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..blocks import narrow_prose
from ..passages import Hit, Passage, in_passages, matches_from

# Two whole numbers before one of these units are no list, because a list of amounts repeats the unit.
_UNIT = r" ?(?:[万亿千%元倍]|个百分点)"
_RANGE = r"[-~—至到]{1,2}"
_NUMBER = re.compile(
    rf"(?<![\d.、·第])(?<!\d,)(?P<whole>\d{{1,6}})(?P<sign>[、,。·]|\. | \.)(?P<part>\d{{1,2}})"
    rf"(?:(?={_UNIT}(?!余?[元人名]?(?:[和、]|不等|两|等[两档]|各)))|(?P<range>(?={_RANGE}\d{{1,6}}(?:[、.]\d{{1,2}})?{_UNIT})))"
)
_SIGN = re.compile(r"\d(?:[、,。·]|\. | \.)\d")  # every such number has one of these
_END = re.compile(rf"{_UNIT}元?")
_DIGIT = re.compile(r"\d")


def find(passage: Passage) -> Iterator[Hit]:
    """Find numbers such as 12、2万元 and 3、5万元, but not 3、4万元, which means three or four."""
    text = narrow_prose(passage)
    for found in matches_from(_DIGIT, _NUMBER, text) if _SIGN.search(text) else ():
        if _is_decimal(text, found):
            point = f"{found['whole']}.{found['part']}"
            end = _END.match(text, found.end())
            stop = end.end() if end else found.end()
            right = point + text[found.end() : stop].strip()
            yield Hit(found.start(), stop, values=(("right", right),), mended=right)


def _is_decimal(text: str, found: re.Match[str]) -> bool:
    whole, part, sign = found["whole"], found["part"], found["sign"]
    before = text[max(0, found.start() - 12) : found.start()]
    clause = re.split(r"[\n。;:]", before)[-1]
    if sign in "、." and not clause.strip(" #*>-("):  # 1、5万元用于助学: the number of an item in a list
        return False
    if found["range"] is not None or re.search(rf"\d{_RANGE}$", before):  # 1、2-1、5万元
        return True
    if sign == "、" and (int(part) == int(whole) + 1 or (len(whole) == len(part) == 2 and int(part) > int(whole))):
        return False
    return not (len(whole) > 1 and whole[0] == "0") and not (sign in ",。" and len(whole) > 3)


check = in_passages("prose.decimal", find)
