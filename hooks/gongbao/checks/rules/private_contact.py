"""``private.contact``: a landline, an e-mail address or an account that is not the issuer's or a unit's own.

A whole 联系人：… is one fault: without its number, the name would be left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...problems.problem import Problem
from ...records.vocabulary import Vocabulary
from ..masking import masked_hit
from ..nearby import comparable, has_long_number, is_order_number, own_contacts
from ..passages import Passage, matches_from, problem_in

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
_TOLD_SIGN = re.compile("[电传座热致拨联总专话TtFf]")
_MAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,12}"
)
# An account of a messenger. 微信公众号 and a group have other signs before the colon.
_ACCOUNT = re.compile(
    r"(?<!官方)(?<!公众)(?:微信(?:号|ID)?|[Qq]{2}(?:号码?)?|[Ww]e[Cc]hat)[ \t]*[:是为][ \t]*"
    r"([A-Za-z][A-Za-z0-9_-]{5,19}|[1-9][0-9]{5,10})"
    rf"{_BEHIND}"
)
_ACCOUNT_SIGN = re.compile("[微QqWw]")
_WITH_NAME = re.compile(r"联系人 ?:[^。\n;|]{0,60}")


def check(passage: Passage, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find landline numbers, e-mail addresses and accounts of messengers that are not the site's own."""
    text = passage.narrow
    spans = {found.span() for found in _PARTED.finditer(text)} if has_long_number(passage) else set()
    if "@" in text:
        spans |= {found.span() for found in _MAIL.finditer(text)}
    spans |= {found.span(1) for found in matches_from(_TOLD_SIGN, _TOLD, text)}
    spans |= {found.span(1) for found in matches_from(_ACCOUNT_SIGN, _ACCOUNT, text)}
    own = own_contacts(vocabulary, "private.contact") if spans else ""
    # What is allowed and begins with @ is every address of a host.
    hosts = tuple(one.lower() for one in vocabulary.site.allowed("private.contact") if one.startswith("@"))
    told = 0
    for start, end in sorted(spans):
        if text[start:end].lower().endswith(hosts):
            continue
        if start >= told and comparable(text[start:end]) not in own and not is_order_number(text, start):
            whole = next((one for one in _WITH_NAME.finditer(text) if one.start() <= start < one.end()), None)
            start, told = whole.span() if whole else (start, end)
            yield problem_in(passage, "private.contact", masked_hit(passage, start, told))
