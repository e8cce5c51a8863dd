"""The content of a feed's entry: the text of a record's page with absolute links, without the page around it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree  # type: ignore[import-untyped]

from ..cache.store import load, save
from ..records.links import link_address
from ..text.roles import CITE, PARTED, SCREEN
from .publication import Publishing

_NOT_CONTENT = frozenset({"nav", "h1", "caption", "script", "style", "button", "form"})
_NOT_NEWS = frozenset(
    {SCREEN, CITE}
)  # an entry has a title and an address of its own, so nobody needs the words for citing the page
_KEPT = frozenset({"href", "src", "alt", "title", "colspan", "rowspan", "scope", "start", "lang", "datetime"})
_LINKS = frozenset({"href", "src"})


class KeptContents(NamedTuple):
    """The contents of entries by the keys of their pages."""

    contents: Mapping[bytes, str]


class FeedContents:
    """The contents of all entries, by the address of their page. They are kept from run to run.

    ``keys`` are the keys of the entries' pages, by address. ``record`` is the file that keeps the contents.
    """

    def __init__(self, keys: Mapping[str, bytes], publishing: Publishing, record: Path) -> None:
        self._keys, self._publishing, self._record = keys, publishing, record
        kept = load(record, KeptContents) if keys else None
        self._known = kept.contents if kept else {}
        self._contents = {address: self._known[key] for address, key in keys.items() if key in self._known}

    def lacks(self, address: str) -> bool:
        """Whether a page belongs to an entry whose content is not known yet."""
        return address in self._keys and address not in self._contents

    def made_of(self, address: str, html: str) -> tuple[str, str]:
        """Return a page's address and its content for feeds, which `take` takes."""
        return address, feed_content(html, self._publishing.url(address))

    def of(self, addresses: Iterable[str]) -> Mapping[str, str]:
        """Return the contents of pages by their addresses. Raises KeyError if one is lacking."""
        return {address: self._contents[address] for address in addresses}

    def take(self, address: str, content: str) -> None:
        """Take the content of a page."""
        self._contents[address] = content

    def keep(self) -> None:
        """Keep the contents for the next run."""
        kept = {self._keys[address]: content for address, content in self._contents.items()}
        if kept.keys() != self._known.keys():
            save(self._record, KeptContents(kept))


def feed_content(page: str, url: str) -> str:
    """Return the content of a record's page: ``page`` is its HTML, ``url`` its absolute address.

    The record's text was sanitised when it was rendered. The title is left out, as an entry has one of its own.
    """
    # Not by lxml.html, whose elements of Python's own take half of the time.
    tree = etree.fromstring(f"<html><body>{page}</body></html>", etree.HTMLParser()).find("body")
    for element in list(tree.iter()):
        if element.tag in _NOT_CONTENT or not _NOT_NEWS.isdisjoint(element.keys()):
            _drop(element)
    elements = list(tree.iter())  # a list: lxml would make each element anew in every round
    for element in elements:
        if not PARTED.isdisjoint(element.keys()):
            _set_apart(element)
    for element in elements:
        for name, value in element.items():
            if name not in _KEPT:
                del element.attrib[name]
            elif name in _LINKS:
                if address := link_address(value, url):
                    element.set(name, address)
                else:
                    del element.attrib[name]
    text: str = etree.tostring(tree, method="html", encoding="unicode")
    return text.removeprefix("<body>").removesuffix("</body>").strip()


def _drop(element: Any) -> None:
    """Take an element out of its tree, but not the words behind it."""
    above, before = element.getparent(), element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        above.text = (above.text or "") + element.tail
    above.remove(element)


def _set_apart(parted: Any) -> None:
    """Put a space between children that the page's style sheet alone sets apart."""
    for holder in [*parted.iter("li", "td", "th")] or [parted]:
        for element in holder[:-1]:
            element.tail = element.tail or " "
