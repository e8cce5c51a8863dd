"""A record's page as a feed carries it: what is to be read, with absolute links, and nothing of the page around it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from lxml import html as lxml_html  # type: ignore[import-untyped]

from ..cache.store import load, save
from ..text.roles import CITE, PARTED, SCREEN
from .publication import Publishing

_NOT_CONTENT = frozenset({"nav", "h1", "caption", "script", "style", "button", "form"})
_NOT_NEWS = frozenset({SCREEN, CITE})  # how to cite a page: an entry has its own title and address
_KEPT = frozenset({"href", "src", "alt", "title", "colspan", "rowspan", "scope", "start", "lang", "datetime"})
_LINKS = frozenset({"href", "src"})


class FeedContents:
    """What feeds carry of their entries' pages, by address, kept from run to run.

    ``keys`` are the keys of the entries' pages, by address; ``record`` is the file in which the contents are kept.
    """

    def __init__(self, keys: Mapping[str, bytes], publishing: Publishing, record: Path) -> None:
        self._keys, self._publishing, self._record = keys, publishing, record
        self._known: Mapping[bytes, str] = (load(record) or {}) if keys else {}
        self._contents = {address: self._known[key] for address, key in keys.items() if key in self._known}

    def lacks(self, address: str) -> bool:
        """Whether a page is an entry of which it is not known what feeds carry."""
        return address in self._keys and address not in self._contents

    def made_of(self, address: str, html: str) -> tuple[str, str]:
        """Return a page's address and what feeds carry of it, for `take`."""
        return address, feed_content(html, self._publishing.url(address))

    def of(self, addresses: Iterable[str]) -> Mapping[str, str]:
        """Return what feeds carry of pages, by their addresses."""
        return {address: self._contents[address] for address in addresses}

    def take(self, address: str, content: str) -> None:
        """Take what feeds carry of a page."""
        self._contents[address] = content

    def keep(self) -> None:
        """Keep the contents for the next run."""
        kept = {self._keys[address]: content for address, content in self._contents.items()}
        if kept.keys() != self._known.keys():
            save(self._record, kept)


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
