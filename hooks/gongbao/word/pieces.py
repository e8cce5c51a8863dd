"""Lines of a Word paragraph: pieces of text, each with its look, and the runs that are made from them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Node

from ..manuscripts.paper import Child
from ..markdown.signs import BREAK, GAP
from ..rendering.markup import Element
from .elements import on, text_element, w

_STYLES = {"em": "Emphasis", "i": "Emphasis", "cite": "Emphasis", "small": "Beside"}
_STYLES |= {"code": "HtmlCode", "kbd": "HtmlCode", "samp": "HtmlCode"}
_BOLD = {"b", "strong"}
_STRUCK, _UNDERLINED = {"del", "s", "strike"}, {"ins", "u"}
_RAISED = {"sup": "superscript", "sub": "subscript"}
_SPACE = "[ \t\r\n\f]+"


@dataclass(frozen=True, slots=True)
class Look:
    """The look of a piece, and the address that it leads to."""

    style: str = ""
    bold: bool = False
    struck: bool = False
    underlined: bool = False
    raised: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of one look, or a picture."""

    text: str
    look: Look = field(default_factory=Look)
    picture: Element | None = None


def pieces(children: Iterable[Child], parted: bool = False, look: Look | None = None) -> Iterator[Piece]:
    """Yield the pieces of a line; ``parted`` says that each child stands apart from the others."""
    look = look or Look()
    for child in children:
        if isinstance(child, str):
            yield Piece(child, look)
            continue
        if parted or child.apart:
            yield Piece(GAP)
        if child.tag == "br":
            yield Piece(BREAK)
        elif child.tag == "img":
            yield Piece("", look, child)
        else:
            yield from pieces(child.children, look=_look_of(child, look))
        if parted:
            yield Piece(GAP)


def _look_of(element: Element, around: Look) -> Look:
    tag = element.tag
    return replace(
        around,
        style=_STYLES.get(tag, around.style),
        bold=around.bold or tag in _BOLD,
        struck=around.struck or tag in _STRUCK,
        underlined=around.underlined or tag in _UNDERLINED,
        raised=_RAISED.get(tag, around.raised),
        link=element.attributes.get("href", "") if tag == "a" else around.link,
    )


def joined_pieces(found: Iterable[Piece], gap: str = "\u3000") -> Sequence[Piece]:
    """Return pieces with single white space within and between them, and ``gap`` where a piece stands apart."""
    made: list[Piece] = []
    waiting = ""
    for piece in found:
        for part in re.split(f"({_SPACE}|{GAP}|{BREAK})", piece.text) if not piece.picture else [""]:
            if part in (GAP, BREAK) or (part and not part.strip(" \t\r\n\f")):
                kind = part if part in (GAP, BREAK) else " "
                waiting = max(waiting, kind, key=["", " ", GAP, BREAK].index)
            elif part or piece.picture:
                if made and waiting:
                    between = gap if waiting == GAP else waiting
                    made.append(Piece(between, piece.look if made[-1].look == piece.look else Look()))
                waiting = ""
                made.append(replace(piece, text=part))
    return made


def runs(
    line: Sequence[Piece], picture: Callable[[Element], Node], link: Callable[[str, Sequence[Node]], list[Node]]
) -> list[Node]:
    """Return the runs of a line.

    ``picture`` makes a drawing. ``link`` takes an address and the runs that lead there, and returns the nodes to put in
    their place.
    """
    made: list[Node] = []
    for target, group in groupby(line, key=lambda piece: piece.look.link):
        members = list(group)
        ours = [
            run(look, *(child for piece in same for child in _content(piece, picture)))
            for look, same in groupby(members, key=lambda piece: piece.look)
        ]
        made += link(target, ours) if target else ours
    return made


def _content(piece: Piece, picture: Callable[[Element], Node]) -> list[Node]:
    if piece.picture:
        return [picture(piece.picture)]
    return line_elements(piece.text.split(BREAK))


def line_elements(texts: Sequence[str]) -> list[Node]:
    """Return the elements of a run that put each text on a line of its own."""
    made: list[Node] = []
    for at, text in enumerate(texts):
        made += [w("br")] if at else []
        made += [text_element(text)] if text else []
    return made


def run(look: Look, *content: Node) -> Node:
    """Return a run with its look and its content."""
    properties = w(
        "rPr",
        w("rStyle", val=look.style) if look.style else None,
        on("b", look.bold),
        on("strike", look.struck),
        w("u", val="single") if look.underlined else None,
        w("vertAlign", val=look.raised) if look.raised else None,
    )
    return w("r", properties if len(properties) else None, *content)


def styled(made: Iterable[Node], style: str) -> None:
    """Give a style to the runs that have none."""
    for one in made:
        properties = one.find(qn("w:rPr"))
        if properties is None:
            properties = w("rPr")
            one.insert(0, properties)
        if properties.find(qn("w:rStyle")) is None:
            properties.insert(0, w("rStyle", val=style))


def longest_line(children: Iterable[Child], parted: bool) -> int:
    """Return the length of a cell's longest line in Chinese characters. Two narrow characters count as one."""
    text = "".join(piece.text for piece in joined_pieces(pieces(children, parted), BREAK))
    return max(-(-sum(2 if sign >= "\u2010" else 1 for sign in line) // 2) for line in text.split(BREAK))
