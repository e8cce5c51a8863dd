"""``private.plate``: the number plate of a vehicle of mainland China."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..masking import masked_hit
from ..passages import Hit, Passage, in_passages, matches_from

_SIGN = "[0-9A-HJ-NP-Z]"
_REGION = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
_PLATE = re.compile(
    rf"(?<![最更创全革翻刷重崭]){_REGION} ?[A-HJ-Z] ?[·.•・-]? ?"
    rf"(?P<tail>[DF]{_SIGN}[0-9]{{4}}|[0-9]{{5}}[DF]|{_SIGN}{{4}}(?:{_SIGN}|[学警挂港澳试超领]))(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_BEGUN = re.compile(f"{_REGION}(?= ?[A-Za-z])")
_DIGITS = 3  # the least number of digits among a plate's last signs; words with fewer are names


def find(passage: Passage) -> Iterator[Hit]:
    """Find plates with five signs after those of the region, or with six (vehicles of new energy)."""
    for found in matches_from(_BEGUN, _PLATE, passage.narrow):
        if sum(sign.isdecimal() for sign in found["tail"]) >= _DIGITS:
            yield masked_hit(passage, *found.span())


check = in_passages("private.plate", find)
