"""The surroundings of a number: the signs between its groups, and the words that tell what the number is."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from ..records.vocabulary import Vocabulary
from .passages import Passage

# The sign between the groups of a number. Wide signs have become half-width before.
GAP = r"(?: ?[-\u2010-\u2015\u2212·.] ?|[ \t\u2000-\u200a]{1,2})"
# A number after one of these words is not the number of a person.
ORDERS = re.compile(
    r"(?:单号|订单|编号|流水号|批号|合同号|条码|文号|票号|号段|案号|序列号|执照号?|注册号|登记号|信用代码|机构代码|税号|纳税人识别号"
    r"|项目代码|IMEI|ISBN)[^0-9一-鿿]{0,4}(?:[为是][^0-9一-鿿]{0,2})?$"
)
_TABLE = re.compile(r"^\|[^\n]*\n\|[ :|-]+(?:\n\|[^\n]*)*", re.MULTILINE)
_WIDEST = 2000  # the most signs of a table's row
_TEN_DIGITS = re.compile(r"[0-9](?:[^0-9]{0,3}[0-9]){9}")
_APART = re.compile(r"[ ()\-\u2010-\u2015+]")


def has_long_number(passage: Passage) -> bool:
    """Whether ten digits stand as near together as in one number. Most texts have none and need no closer look."""
    return passage.once(_has_long_number)


def _has_long_number(passage: Passage) -> bool:
    return _TEN_DIGITS.search(passage.narrow) is not None


def is_near(words: re.Pattern[str], text: str, start: int, end: int, before: int, after: int) -> bool:
    """Whether one of the words stands near ``[start, end)``, or in the heading of its table's column.

    ``before`` and ``after`` say how many signs before and after the place are searched, within its line.
    """
    around = (text_before(text, start, before), text_behind(text, end, after), _heading(text, start))
    return any(words.search(one) for one in around)


def _heading(text: str, at: int) -> str:
    """Return the heading of the table's column in which a place lies, or an empty text."""
    tables = _tables(text)
    place = bisect_right(tables, at, key=lambda table: table[0]) - 1
    if place < 0 or at >= tables[place][1]:
        return ""
    line = text.rfind("\n", max(0, at - _WIDEST), at)
    column = text.count("|", line + 1, at) if line >= 0 else 0
    cells = text[tables[place][0] : text.index("\n", tables[place][0])].split("|")
    return cells[column] if column < len(cells) else ""


@lru_cache(maxsize=4)
def _tables(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in _TABLE.finditer(text)]


def text_before(text: str, start: int, signs: int) -> str:
    """Return up to ``signs`` signs before a place, all of its line."""
    return text[max(0, start - signs) : start].rpartition("\n")[2]


def text_behind(text: str, end: int, signs: int) -> str:
    """Return up to ``signs`` signs after a place, all of its line."""
    return text[end : end + signs].partition("\n")[0]


def is_order_number(text: str, start: int) -> bool:
    """Whether the words before a number say that it belongs to an order, a contract or a firm."""
    return bool(ORDERS.search(text_before(text, start, 16)))


def own_contacts(vocabulary: Vocabulary, rule: str) -> str:
    """Return the contacts that the site and its units publish of themselves, and those it lets a rule leave alone.

    They are `comparable` text.
    """
    site = vocabulary.site
    described = [text for unit in vocabulary.units if unit.description for text in unit.description.every()]
    return comparable("\n".join([site.contact or "", *site.allowed(rule), *described]))


def comparable(contact: str) -> str:
    """Return a contact in the form in which contacts are compared: without signs between groups, case folded."""
    return _APART.sub("", contact).casefold()
