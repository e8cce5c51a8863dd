"""``private.contact``: a landline number or an e-mail address that is not the issuer's or a unit's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...problems.problem import Problem
from ...records.vocabulary import Vocabulary
from ..masking import masked_hit
from ..nearby import comparable, has_long_number, is_order_number, own_contacts
from ..passages import Passage, problem_in

_AREA = "0(?:10|2[0-9]|[3-9][0-9]{2})"
_LOCAL = "[0-9]{2,3}[ -]?[0-9]{4}"
_BEFORE = r"(?<![0-9A-Za-z.])(?<![0-9]-)"
_BEHIND = r"(?:-[0-9]{1,6})?(?![0-9A-Za-z]|[-.][0-9]|[元人万亿余多个次件户份%年])"
_PARTED = re.compile(
    rf"{_BEFORE}(?:\+?86[ -]?)?(?:\({_AREA}\) ?-?|{_AREA}(?: ?[-\u2010-\u2015] ?| ))[1-9]{_LOCAL}{_BEHIND}"
)
_TOLD = re.compile(
    r"(?:电话|传真|座机|热线|致电|拨打|联系方式|总机|专线|话机|[Tt][Ee][Ll]|[Ff][Aa][Xx])(?:号码?)?"
    rf"[ \t]*[:是为|]?[ \t]*((?:{_AREA})?[2-9]{_LOCAL}){_BEHIND}"
)
_MAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,12}"
)


def check(passage: Passage, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find landline numbers and e-mail addresses that are not the site's own."""
    text = passage.narrow
    spans = {found.span() for found in _PARTED.finditer(text)} if has_long_number(passage) else set()
    if "@" in text:
        spans |= {found.span() for found in _MAIL.finditer(text)}
    spans |= {found.span(1) for found in _TOLD.finditer(text)}
    own = own_contacts(vocabulary, "private.contact") if spans else ""
    for start, end in sorted(spans):
        if comparable(text[start:end]) not in own and not is_order_number(text, start):
            yield problem_in(passage, "private.contact", masked_hit(passage, start, end))
