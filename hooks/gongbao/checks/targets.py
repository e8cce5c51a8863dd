"""The targets of links in records: files of ``content/``, resolved as the renderer does, and pages of the site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote, unquote, urlsplit

from ..archive import addresses
from ..archive.filing import Archive
from ..records.record import Record
from .body import Link, links
from .passages import body_of

PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|bmp)$", re.IGNORECASE)
_LOCAL = re.compile(r"[A-Za-z]:[\\/]|file:", re.IGNORECASE)
_NO_PATH = re.compile(r"[%#?\s()<>\"]")


def links_of(record: Record) -> Sequence[Link]:
    """Return the links and pictures of a record's text."""
    return links(body_of(record))


def linked_path(record: Record, address: str) -> str:
    """Return the path in ``content/`` that a link's address in a record means. Empty if the address cannot be read."""
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        return ""
    return addresses.link_target(record.content_path, path)


def is_local(address: str) -> bool:
    """Whether an address is that of a file on the writer's own computer."""
    return _LOCAL.match(address) is not None


def name_of_local_file(address: str) -> str:
    """Return the name of the file at an address on the writer's own computer."""
    return re.split(r"[\\/]", address)[-1]


def escaped(path: str) -> str:
    """Return a path as a link's address: with codes for the signs that end a path there, and for spaces."""
    return _NO_PATH.sub(lambda sign: quote(sign[0]), path)


class LinkTargets:
    """All files and pages that a link in a record can lead to."""

    def __init__(self, archive: Archive) -> None:
        every = (*archive.records, *archive.withdrawn)
        self.files = {record.content_path: record for record in every}
        self.attachments = {path for record in archive.records for path in record.attachments}
        self.records = {addresses.record(record).strip("/"): record for record in every}
        self.pages = {page.strip("/") for page in _pages(archive)}

    def meant(self, record: Record, link: str) -> str:
        """Return the address that a link to a file leads to when its signs are escaped, or an empty text.

        A name may have a sign with a meaning in addresses (``第1期#附件.pdf``), or be written in another case.
        """
        path = addresses.link_target(record.content_path, unquote(link))
        files = {*self.files, *self.attachments}
        if path in files:
            return escaped(link)
        for ending in (".md", ".yml", "/index.md"):
            if f"{path}{ending}" in files:
                return escaped(f"{link}{ending}")
        alike = [file for file in files if file.casefold() == path.casefold()]
        if len(alike) != 1:
            return ""
        return escaped(posixpath.relpath(alike[0], posixpath.dirname(record.content_path)))

    def leads(self, record: Record, path: str) -> bool:
        """Whether a path, as written in a record's text, leads to a file or a page."""
        if not path.startswith("/"):
            target = linked_path(record, path)
            return target in self.files or target in self.attachments
        page = _page(path)
        return page in self.pages or f"{page}/".startswith(addresses.DATA)

    def record(self, start: Record, path: str) -> Record | None:
        """Return the record to which a path leads that is written in the text of ``start``; itself for no path."""
        if not path:
            return start
        return self.records.get(_page(path)) if path.startswith("/") else self.files.get(linked_path(start, path))


def _page(path: str) -> str:
    return unquote(path).removesuffix("index.html").strip("/")


def _pages(archive: Archive) -> Iterator[str]:
    """Yield the addresses of all pages, also of those that only some sites have."""
    yield from (value for name, value in vars(addresses).items() if name.isupper() and isinstance(value, str))
    yield from (addresses.topic(topic.slug) for topic in archive.vocabulary.topics)
    yield from (addresses.unit(unit.slug) for unit in archive.vocabulary.units)
    yield from (addresses.indicator(indicator.slug) for indicator in archive.vocabulary.indicators)
    yield from (addresses.year(name) for name in archive.years)
    yield from (addresses.bulletin(period) for period in archive.periods)
    for record in (*archive.records, *archive.withdrawn):
        yield addresses.record(record)
        yield addresses.unit_bulletin(record.unit, record.period)
        yield from (addresses.topic_of_period(record.period, topic) for topic in record.topics)
        yield from (addresses.former_record(alias) for alias in record.aliases)
        yield from (addresses.attachment(record, path) for path in record.attachments)
