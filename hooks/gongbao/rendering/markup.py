"""The HTML of a page as a tree. It must be our own or sanitised: every element has its end tag in its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from ..text.roles import APART, HERE, PARTED, SCREEN

_VOID = {"br", "hr", "img", "input", "link", "meta", "wbr"}
_LEFT_OUT = {"form", "head", "script", "style", "template"}


@dataclass
class Element:
    """An element with its attributes and its children."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def apart(self) -> bool:
        """Whether the style sheet sets it apart from what stands before it."""
        return not APART.isdisjoint(self.attributes) or self.tag == "small"

    @property
    def parted(self) -> bool:
        """Whether its children stand apart. In a list or table, the children of its items or cells do."""
        return not PARTED.isdisjoint(self.attributes)

    @property
    def left_out(self) -> bool:
        """Whether it is not for reading, or only for reading on the site."""
        unseen = "hidden" in self.attributes or self.attributes.get("aria-hidden") == "true"
        return unseen or self.tag in _LEFT_OUT or self.attributes.get(SCREEN) == HERE

    def elements(self, *tags: str) -> list[Element]:
        """Return the children with these tags."""
        return [child for child in self.children if isinstance(child, Element) and child.tag in tags]

    def text(self) -> str:
        """Return all text in it."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


class _Parser(HTMLParser):
    """Builds the tree."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(html: str) -> list[Element | str]:
    """Return the elements and texts of some HTML."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.open[0].children
