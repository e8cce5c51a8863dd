"""``private.bank-card``: the number of a person's bank card or account. The words around it tell what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import luhn

from ..masking import masked_hit
from ..nearby import GAP, has_long_number, is_near
from ..passages import Hit, Passage, in_passages

_NUMBER = re.compile(
    rf"(?<![0-9A-Za-z.])(?:[0-9]{{16,19}}|[0-9]{{4}}(?:{GAP}[0-9]{{4}}){{3}}(?:{GAP}?[0-9]{{1,3}})?"
    rf"|[0-9]{{6}}{GAP}[0-9]{{10,13}})(?![0-9A-Za-z]|{GAP}[0-9])"
)
_TELLING = re.compile(
    r"卡号|[账帐][号户]|银行卡|储蓄卡|借记卡|信用卡|工资卡|存折|开户|户名|汇[入到款至]|打[款入到至]|转[账帐入到至]|尾号|[工农中建]行卡"
)
_OF_UNIT = re.compile(r"对公|单位[账帐]|[账帐]户名称|专户|专用[账帐]|基本[账帐存户]|公户|工会[账帐]户|公司[账帐]户")
_REACH = 20  # the most signs between a number and the word that tells what it is


def find(passage: Passage) -> Iterator[Hit]:
    """Find numbers of 16 to 19 digits that a bank card can have, near a word for a card or an account."""
    text = passage.narrow
    if not has_long_number(passage) or not _TELLING.search(text):
        return
    for found in _NUMBER.finditer(text):
        number = re.sub("[^0-9]", "", found[0])
        around = (text, *found.span(), _REACH, _REACH)
        if luhn.is_valid(number) and is_near(_TELLING, *around) and not is_near(_OF_UNIT, *around):
            yield masked_hit(passage, *found.span())


check = in_passages("private.bank-card", find)
