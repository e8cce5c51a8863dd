"""A record's page as a feed carries it: what is to be read, with absolute links, and nothing of the page around it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from lxml import html as lxml_html  # type: ignore[import-untyped]

from ..text.roles import CITE, PARTED, SCREEN

_NOT_CONTENT = frozenset({"nav", "h1", "caption", "script", "style", "button", "form"})
_NOT_NEWS = frozenset({SCREEN, CITE})  # how to cite a page: an entry has its own title and address
_KEPT = frozenset({"href", "src", "alt", "title", "colspan", "rowspan", "scope", "start", "lang", "datetime"})
_LINKS = frozenset({"href", "src"})


def feed_content(page: str, url: str) -> str:
    """Return the content of a record's page, whose HTML is ``page`` and whose absolute address ``url``.

    Its text was sanitised when it was rendered. The title, which an entry has of its own, is left out.
    """
    tree = lxml_html.fragment_fromstring(page, create_parent="div")
    for element in list(tree.iter()):
        if element.tag in _NOT_CONTENT or not _NOT_NEWS.isdisjoint(element.attrib):
            element.drop_tree()
    elements = list(tree.iter())  # held in a list, as lxml would make each anew every time that it comes by
    for element in elements:
        if not PARTED.isdisjoint(element.attrib):
            _set_apart(element)
    for element in elements:
        for name, value in element.attrib.items():
            if name not in _KEPT:
                del element.attrib[name]
            elif name in _LINKS:
                element.set(name, urljoin(url, value.strip()))
    text: str = lxml_html.tostring(tree, encoding="unicode")
    return text.removeprefix("<div>").removesuffix("</div>").strip()


def _set_apart(parted: Any) -> None:
    """Put a space between children that only our styles set apart."""
    for holder in [*parted.iter("li", "td", "th")] or [parted]:
        for element in holder[:-1]:
            element.tail = element.tail or " "
