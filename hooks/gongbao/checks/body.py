"""The headings, links and pictures in a body's Markdown, with their places. Time is linear in the text's length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..text.hidden import without_hidden
from .blocks import lines
from .passages import Passage

_CODE = re.compile(r"(?<!`)(`{1,9})(?!`)[^`\n]+\1(?!`)")
_SIGN = re.compile(r"\\.|[\[\]()]|\n[ \t]*\n", re.DOTALL)
_HTML = re.compile(r"<(?:a|img)[\s/][^<>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"(?<=[\s/\"'])(href|src|alt)\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))", re.IGNORECASE
)
_REFERENCE = re.compile(r"!\[([^\[\]]{0,300})\](?![(:])(?:[ \n]?\[([^\[\]]{0,300})\])?")
_DEFINITION = re.compile(r"^[ >\t]{0,12}\[([^\[\]^\n][^\[\]\n]{0,300})\]:[ \t]*\n?[ >\t]*<?([^\s<>]+)", re.MULTILINE)
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class MarkdownHeading:
    """A heading: its place ``[start, end)``, its level (1 to 6) and its words."""

    start: int
    end: int
    level: int
    words: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link or picture: its place ``[start, end)``, its text or description, and its address as written."""

    start: int
    end: int
    words: str
    address: str
    picture: bool


def without_code(text: str) -> str:
    """Return a Markdown text with spaces for its code and comments. Offsets stay the same."""
    return _CODE.sub(lambda code: " " * len(code[0]), without_hidden(text))


def headings(passage: Passage) -> Iterator[MarkdownHeading]:
    """Yield the headings of a body."""
    for line in lines(passage):
        if line.kind == "heading":
            end = line.start + len(line.text.rstrip())
            words = passage.text[line.start + line.at : end].rstrip(" \t#")
            yield MarkdownHeading(line.start, end, len(line.mark), words)


def links(passage: Passage) -> list[Link]:
    """Return the links and pictures of a body in order, also those that are written as HTML."""
    return passage.once(_links) if "](" in passage.text or "<" in passage.text else []


def _links(passage: Passage) -> list[Link]:
    return links_in(passage.text)


def links_in(text: str) -> list[Link]:
    """Return the links and pictures of a Markdown text in order, also those that are written as HTML."""
    text = without_code(text)
    closing = _pairs(text)
    found = [link for tag in _HTML.finditer(text) if (link := _html(text, tag))]
    for start, end in closing.items():
        if text[start] == "[" and text.startswith("(", end + 1) and end + 1 in closing:
            close = closing[end + 1]
            picture = text.startswith("!", start - 1) if start else False
            address = _address(text[end + 2 : close])
            found.append(Link(start - picture, close + 1, text[start + 1 : end], address, picture))
    return sorted(found, key=lambda link: (link.start, -link.end))


def references(text: str) -> Iterator[Link]:
    """Yield the pictures of a Markdown text whose address stands elsewhere in it: ``![a][b]``, ``![b]``, ``[b]: x``.

    Records' texts have no such form (`text.prose`): readers see its signs.
    """
    if "]:" not in text:
        return
    text = without_code(text)
    defined = {_label(name): address for name, address in reversed(_DEFINITION.findall(text))}
    for picture in _REFERENCE.finditer(text):
        if address := defined.get(_label(picture[2] or picture[1])):
            yield Link(picture.start(), picture.end(), picture[1], address, True)


def _label(name: str) -> str:
    return " ".join(name.casefold().split())


def _pairs(text: str) -> dict[int, int]:
    """Return the place of the closing bracket for each opening one that is closed within its paragraph."""
    pairs: dict[int, int] = {}
    opened: dict[str, list[int]] = {"]": [], ")": []}
    for sign in _SIGN.finditer(text):
        if sign[0] in "[(":
            opened["]" if sign[0] == "[" else ")"].append(sign.start())
        elif sign[0] in "])":
            if opened[sign[0]]:
                pairs[opened[sign[0]].pop()] = sign.start()
        elif sign[0][0] == "\n":
            opened = {"]": [], ")": []}
    return pairs


def _address(written: str) -> str:
    """Return an address without its title and without angle brackets around it."""
    address = written.strip()
    quote = address[-1:]
    if quote in ("'", '"') and 0 < (at := address.find(quote)) < len(address) - 1 and address[at - 1].isspace():
        address = address[:at].rstrip()
    return address[1:-1] if address.startswith("<") and address.endswith(">") else address


def _html(text: str, tag: re.Match[str]) -> Link | None:
    said = {name.lower(): "".join(values) for name, *values in _ATTRIBUTE.findall(tag[0])}
    if tag[0][1:4].lower() == "img":
        return Link(tag.start(), tag.end(), said.get("alt", ""), said.get("src", ""), True)
    if "href" not in said:
        return None
    close = text.find("</", tag.end(), tag.end() + 2000)
    words = text[tag.end() : close] if close >= 0 else ""
    return Link(tag.start(), tag.end(), words, said["href"], False)


def plain_words(words: str) -> str:
    """Return the words of a link or heading without Markdown's signs and pictures around them."""
    return _TAG.sub("", words).strip(" \t\n\u3000*_~`")
