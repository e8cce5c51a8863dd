"""Chinese typography that style sheets cannot do: a number is kept on one line with its unit."""

from __future__ import annotations

import re

_PIECES = re.compile(r"(<pre\b.*?</pre>|<code\b.*?</code>|<[^>]*>)", re.DOTALL)
# 8,000余元, 12.2万元, 300人次, 第6届, 90%, 2014年: the unit is at most a multiple and a word of two characters.
_MEASURE = "人次|平方米|平方公里|公里|小时|个月|场次|课时|[\u4e00-\u9fff]"
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(rf"(?:第|约|近)?\d[\d,.]*(?:%|[余多]?[百千万亿]{{0,2}}(?:{_MEASURE}))")


def unbroken(html: str) -> str:
    """Keep numbers and their units together, in the text of some HTML; code and attributes stay as they are."""
    if not _DIGIT.search(html):
        return html
    pieces = _PIECES.split(html)
    return "".join(
        piece if at % 2 else _NUMBER.sub(r'<span class="gb-n">\g<0></span>', piece) for at, piece in enumerate(pieces)
    )
