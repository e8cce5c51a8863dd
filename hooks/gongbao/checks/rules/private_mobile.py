"""``private.mobile``: a mobile number of mainland China that is not the issuer's or a unit's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...problems.problem import Problem
from ...records.vocabulary import Vocabulary
from ..masking import masked_hit
from ..nearby import GAP, comparable, has_long_number, is_order_number, own_contacts
from ..passages import Passage, problem_in

_NUMBER = re.compile(
    rf"(?<![0-9A-Za-z_/=%#&$¥])(?<![0-9][-.])(?:(?:\+|\(\+?|00)?86\)?{GAP}|\+86|\(\+?86\)|0086)?"
    rf"(1[3-9][0-9](?:{GAP}?[0-9]{{4}}{GAP}?[0-9]{{4}}|{GAP}[0-9]{{3}}{GAP}[0-9]{{5}}|[0-9]{GAP}[0-9]{{3}}{GAP}[0-9]{{4}}"
    rf"|[0-9]{{2}}{GAP}[0-9]{{3}}{GAP}[0-9]{{3}}))(?![0-9]|[-.][0-9]|[A-Za-z_])"
    # not an amount or a count
    r"(?! ?(?:[元万亿%度吨股户件次个份斤台]|人(?!力|事|大)|余[元人]|多[元人]|名[职员会工女]"
    r"|公里|千米|平方|立方|千瓦|美元))"
)


def check(passage: Passage, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find mobile numbers that are not the site's own."""
    if not has_long_number(passage):
        return
    text = passage.narrow
    numbers = list(_NUMBER.finditer(text))
    own = own_contacts(vocabulary, "private.mobile") if numbers else ""
    for found in numbers:
        if comparable(found[1]).replace(".", "").replace("·", "") not in own and not is_order_number(
            text, found.start()
        ):
            yield problem_in(passage, "private.mobile", masked_hit(passage, *found.span()))
