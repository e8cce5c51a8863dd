"""What a text asks a page to fetch from another site: a page does not, and shows nothing in its place.

One decision for records' texts, fields, word lists and pages written by hand: pictures of Markdown, also by a name that
is defined elsewhere (``![a][b]``), attributes by which HTML and SVG fetch, and styles. What is written out within an
address (``data:``) counts as another site, too. Time is linear in the text's length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from ..records.links import is_trap, leads_out, link_address
from .body import links_in, references, without_code

_VALUE = r"""\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+)"""
# The attributes by which HTML (Living Standard, and what browsers knew before it) and SVG 2 fetch something.
_FETCHING = re.compile(
    r"(?<=[\s\"'/])(?:src|srcset|imagesrcset|lowsrc|dynsrc|poster|background|data|style|content|ping|icon|manifest"
    r"|code|codebase|archive|classid|profile|values?|from|to|by|fill|stroke|filter|mask|clip-path|cursor"
    rf"|marker(?:-start|-mid|-end)?){_VALUE}",
    re.IGNORECASE,
)
_REFERRING = re.compile(
    rf"<(?!(?:a|area)[\s/>])[a-z][^\s<>/]{{0,40}}[^<>]{{0,2000}}?(?<=[\s\"'/])(?:xlink:)?href{_VALUE}", re.IGNORECASE
)
_STYLE = re.compile(r"<style[\s/>].*?(?:</style|\Z)", re.IGNORECASE | re.DOTALL)
_OUTSIDE = re.compile(
    r"(?:^|[\s,;(\"'=])(?:(?:https?|ftps?|file|data|blob|filesystem|wss?|javascript):|[\\/]{2})", re.IGNORECASE
)
_LEFT_OUT = re.compile(r"[\s\x00-\x1f\x7f-\xa0\xad\u200b-\u200f\u2060-\u2064\ufeff]+")  # by browsers, in an address
_CSS_CODE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)")
_LONGEST_TAG = 2000  # characters


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a page would have to fetch: its place ``[start, end)`` in the text, and what stands there."""

    start: int
    end: int
    written: str


def fetched(text: str) -> list[Fetched]:
    """Return what a Markdown text asks a page to fetch from another site, in order, each once."""
    if "<" not in text and "![" not in text:
        return []
    shown = without_code(text)
    found = [*_pictures(text), *_in_tags(shown)]
    return sorted({one.start: one for one in reversed(found)}.values(), key=lambda one: one.start)


def is_elsewhere(address: str) -> bool:
    """Whether the address of a picture, as written, is not a file of this site."""
    plain = unescape(address)
    return is_trap(plain) or leads_out(link_address(plain)) or _names_another_site(plain)


def _pictures(text: str) -> Iterator[Fetched]:
    for link in links_in(text):
        if link.picture and is_elsewhere(link.address):
            yield Fetched(link.start, link.end, link.address)
    for picture in references(text):
        if is_elsewhere(picture.address):
            yield Fetched(picture.start, picture.end, f"{text[picture.start : picture.end]} {picture.address}")


def _in_tags(text: str) -> Iterator[Fetched]:
    """Yield the tags with an attribute that fetches from elsewhere, and the styles that do. ``text`` has no code."""
    for attribute in (*_FETCHING.finditer(text), *_REFERRING.finditer(text)):
        if _names_another_site(attribute[0].partition("=")[2].strip(" \t\n\"'")):
            start = text.rfind("<", max(0, attribute.start() - _LONGEST_TAG), attribute.start() + 1)
            end = text.find(">", attribute.end(), attribute.end() + _LONGEST_TAG) + 1 or attribute.end()
            start = attribute.start() if start < 0 else start
            yield Fetched(start, end, text[start:end])
    for style in _STYLE.finditer(text):
        if _names_another_site(style[0]):
            yield Fetched(style.start(), style.end(), style[0])


def _names_another_site(value: str) -> bool:
    """Whether the value of an attribute, or a style sheet, has an address elsewhere, however it is written."""
    plain = unescape(value)
    ways = (plain, _LEFT_OUT.sub("", plain), _CSS_CODE.sub(_decoded, plain))
    return any(map(_OUTSIDE.search, ways))


def _decoded(code: re.Match[str]) -> str:
    """Return the character for a code of CSS (Syntax Level 3, section 4.3.7)."""
    if not code[1]:
        return code[2]
    number = int(code[1], 16)
    return chr(number) if 0 < number < 0xD800 else ""
