"""What no text of a record may have: links that are none, pictures from elsewhere, tags that hide text, controls."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator
from html import unescape

from ..problems.problem import Problem
from ..problems.visible import code_point
from ..records.links import is_no_character, is_trap
from ..records.record import Record
from ..records.vocabulary import Vocabulary
from .body import links, without_code
from .fetched import fetched
from .passages import Hit, Passage, body_of, problem_in

# A character by its number in Unicode, as HTML writes it. Browsers do without the semicolon.
_BY_NUMBER = re.compile("&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,10}));?")
# What a page shows nothing of: elements that hold no text, and what is no element at all.
_UNSHOWN = re.compile(
    r"<(style|script|template|desc|m[inos]|mtext|annotation-xml)(?=[\s/>])|<!\[CDATA\[|<\?(?!xml)|<!(?=doctype)",
    re.IGNORECASE,
)
_CLOSED_BY = {"<![cdata[": "]]>", "<?": "?>", "<!": ">"}


def check(record: Record, _vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find links that would run a script or that hide something, what is fetched from elsewhere, and text in tags."""
    if not record.text or record.withdrawn:
        return
    body = body_of(record)
    told: set[int] = set()
    for link in links(body):
        if is_trap(unescape(link.address)):
            told.add(link.start)
            yield problem_in(body, "text.link", Hit(link.start, link.end, link.address))
    for one in fetched(record.text):
        if one.start not in told:
            told.add(one.start)
            yield problem_in(body, "text.picture", Hit(one.start, one.end, one.written))
    if "<" in record.text:
        yield from _unshown(body, told)
    if "&#" in record.text:
        yield from _codes(body)


def _unshown(body: Passage, told: Container[int]) -> Iterator[Problem]:
    """Find the parts of a text that no reader sees, since they stand in tags. ``told`` are the places of known ones."""
    text = without_code(body.text)
    small = text.lower()
    end, missing = 0, set[str]()
    for tag in _UNSHOWN.finditer(text):
        closing = f"</{tag[1].lower()}>" if tag[1] else _CLOSED_BY[tag[0].lower()]
        if tag.start() < end or closing in missing:
            continue
        close = small.find(closing, tag.end())
        if close >= 0:
            end = close + len(closing)
            if tag.start() not in told:
                yield problem_in(body, "text.unshown", Hit(tag.start(), end))
        elif tag[1]:
            yield problem_in(body, "text.unclosed", Hit(tag.start(), tag.end(), values=(("closing", closing),)))
            return
        else:
            missing.add(closing)


def _codes(body: Passage) -> Iterator[Problem]:
    for found in _BY_NUMBER.finditer(without_code(body.text)):
        number = int(found[1], 16) if found[1] else int(found[2])
        if not _is_character(number):
            sign = code_point(chr(number)) if number <= 0x10FFFF else f"U+{number:X}"
            yield problem_in(body, "text.control", Hit(found.start(), found.end(), values=(("sign", sign),)))


def _is_character(number: int) -> bool:
    """Whether HTML takes a number for a character that can be shown. It has characters for 0x80 to 0x9F."""
    if not 0 < number <= 0x10FFFF or is_no_character(chr(number)):
        return False
    return number in (9, 10) or 0x80 <= number <= 0x9F or unicodedata.category(chr(number)) not in ("Cc", "Cs")
