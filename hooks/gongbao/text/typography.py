"""Typography that style sheets cannot do: a number and its unit stay on one line."""

from __future__ import annotations

import re

_CODE_OR_TAG = r"<(?:pre\b.*?</pre>|code\b.*?</code>|[^>]*>)"
# 8,000余元, 12.2万元, 12户次, 第6届, 90%, 2014年: a unit is a word or a sign, maybe after a multiple (万).
_MEASURE = (
    "[人户家场件车班批台架项]次(?![日年月要])|[平立]方(?:米|公里|千米)|公[里斤顷]|[千毫厘]米|[千毫]克|千瓦时?|[美港欧日]元|小时|分钟"
    "|个月|个?百分点|[课学工]时|工日|[\u4e00-\u9fff]"
)
_DIGIT = re.compile(r"\d")
_NUMBER = rf"(?:[第约近](?=\d)[\d,.]*|(?P<digits>\d[\d,.]*%?))(?:(?<=%)|%|[余多]?[百千万亿]{{0,2}}(?:{_MEASURE}))"
# Where a number has no unit, all of its digits are passed over at once: none of them begins one that has. Most signs
# begin nothing of this, which is asked first.
_NUMBER_OR_NOT = re.compile(rf"(?=[<第约近\d])(?:{_NUMBER}|(?P<other>{_CODE_OR_TAG}|\d[\d,.]*))", re.DOTALL)


def unbroken(html: str) -> str:
    """Return HTML in which no line breaks between a number and its unit. Code and attributes are unchanged.

    A number that begins with a word (第3期) is a ``span``. Of others the unit alone is one: browsers leave the space
    that they set before a number also at a line's start, if an element begins there. Digits don't part from each other.
    """
    if not _DIGIT.search(html):
        return html
    return _NUMBER_OR_NOT.sub(_as_one, html)


def _as_one(found: re.Match[str]) -> str:
    whole, digits = found[0], found["digits"]
    if found["other"] or digits == whole:
        return whole
    if not digits:
        return f'<span class="gb-n">{whole}</span>'
    return f'{digits}<span class="gb-u">{whole[len(digits) :]}</span>'
