"""What no text of a record may have: links that are none, pictures from elsewhere, codes of control signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

from ..problems.problem import Problem
from ..problems.visible import code_point
from ..records.links import is_no_character, is_trap, leads_out, link_address
from ..records.record import Record
from ..records.vocabulary import Vocabulary
from .body import links, without_code
from .passages import Hit, Passage, body_of, problem_in

# A character by its number in Unicode, as HTML writes it. Browsers do without the semicolon.
_BY_NUMBER = re.compile("&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,10}));?")
# Tags but those of links, the attributes by which a page fetches something, and an address on another site.
_TAG = re.compile(r"<(?!a[\s/>])[a-z][^<>]{0,2000}>", re.IGNORECASE)
_FETCHES = re.compile(r"\b(?:src|srcset|data|poster|background|href|style)\s*=", re.IGNORECASE)
_ELSEWHERE = re.compile(r"https?:|//", re.IGNORECASE)


def check(record: Record, _vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find links that would run a script or that hide something, pictures from elsewhere, and codes of controls."""
    if not record.text or record.withdrawn:
        return
    body = body_of(record)
    told: set[int] = set()
    for link in links(body):
        address = unescape(link.address)
        if is_trap(address):
            yield problem_in(body, "text.link", Hit(link.start, link.end, link.address))
        elif link.picture and leads_out(link_address(address)):
            told.add(link.start)
            yield problem_in(body, "text.picture", Hit(link.start, link.end, link.address))
    if "<" in record.text:
        yield from (problem_in(body, "text.picture", hit) for hit in _fetched(body) if hit.start not in told)
    if "&#" in record.text:
        yield from _codes(body)


def _fetched(body: Passage) -> Iterator[Hit]:
    """Yield each tag that would fetch something from another site: a film, a frame, a picture in a drawing."""
    for tag in _TAG.finditer(without_code(body.text)):
        fetching = _FETCHES.search(tag[0])
        if fetching and _ELSEWHERE.search(unescape(tag[0]), fetching.end()):
            yield Hit(tag.start(), tag.end(), tag[0])


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
