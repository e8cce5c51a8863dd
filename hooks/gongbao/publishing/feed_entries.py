"""Entries of feeds: each record once, as Atom (RFC 4287) and as JSON Feed 1.1 tell it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from mimetypes import MimeTypes
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from lxml.builder import ElementMaker  # type: ignore[import-untyped]

from ..archive import addresses
from ..records.record import Record
from .publication import Publishing

_NAMESPACE = "http://www.w3.org/2005/Atom"
ATOM = ElementMaker(namespace=_NAMESPACE, nsmap={None: _NAMESPACE})
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_MEDIA_TYPES = MimeTypes()  # Python's own table: with the machine's, feeds would differ from machine to machine
_ANY_TYPE = "application/octet-stream"
_OFFICE = {  # what Python's table lacks before 3.14
    ".docx": "openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "openxmlformats-officedocument.presentationml.presentation",
    ".odt": "oasis.opendocument.text",
    ".ods": "oasis.opendocument.spreadsheet",
}


@dataclass(frozen=True)
class FeedEntry:
    """One record as both kinds of feed tell it; ``published`` is None where its year is not known."""

    id: str
    url: str
    title: str
    summary: str
    content: str
    author: str
    topics: tuple[tuple[str, str], ...]  # slug and title
    attachments: tuple[tuple[str, str], ...]  # address and media type
    published: datetime | None
    updated: datetime

    @cached_property
    def atom(self) -> Any:
        """The entry as Atom has it, an element; a feed takes a copy, as an element stands in one feed only."""
        entry = ATOM.entry(
            ATOM.id(self.id),
            ATOM.title(self.title),
            ATOM.updated(self.updated.isoformat()),
            ATOM.author(ATOM.name(self.author)),
            ATOM.content(self.content, type="html"),
            ATOM.link(href=self.url, rel="alternate", type="text/html"),
            *(ATOM.link(href=url, rel="enclosure", type=kind) for url, kind in self.attachments),
        )
        if self.summary:
            entry.append(ATOM.summary(self.summary))
        entry.extend([ATOM.category(term=slug, label=title) for slug, title in self.topics])
        if self.published:
            entry.append(ATOM.published(self.published.isoformat()))
        return entry

    @cached_property
    def json(self) -> Mapping[str, Any]:
        """The entry as JSON Feed has it."""
        item: dict[str, Any] = {"id": self.id, "url": self.url, "title": self.title}
        if self.summary:
            item["summary"] = self.summary
        item["content_html"] = self.content
        if self.published:
            item["date_published"] = self.published.isoformat()
        item |= {"date_modified": self.updated.isoformat(), "authors": [{"name": self.author}]}
        return {**item, "tags": [title for _, title in self.topics]} if self.topics else item


class FeedEntries:
    """The records as entries, each made once; ``contents`` has what feeds carry of their pages, by address."""

    def __init__(self, publishing: Publishing, contents: Mapping[str, str]) -> None:
        self.publishing, self.contents = publishing, contents
        self.made: dict[str, FeedEntry] = {}

    def of(self, record: Record) -> FeedEntry:
        """Return a record's entry."""
        if record.id not in self.made:
            self.made[record.id] = self._entry(record)
        return self.made[record.id]

    def _entry(self, record: Record) -> FeedEntry:
        publishing, vocabulary = self.publishing, self.publishing.archive.vocabulary
        published = publishing.published(record.period)
        url = publishing.url(addresses.record(record))
        return FeedEntry(
            id=identity(publishing, first_address(record)),
            url=url,
            title=_fit(record.title),
            summary=_fit(record.summary or ""),
            content=_fit(self.contents[addresses.record(record)]),
            author=vocabulary.unit_title(record.unit),
            topics=tuple((slug, vocabulary.topic_title(slug)) for slug in record.topics),
            attachments=tuple(
                (publishing.url(addresses.attachment(record, path)), _media_type(path)) for path in record.attachments
            ),
            published=noon(published) if published else None,
            updated=noon(publishing.updated(record)),
        )


def first_address(record: Record) -> str:
    """Return the address that a record was first published at: that of the first of its earlier ids, if it has any."""
    return addresses.former_record(record.aliases[0]) if record.aliases else addresses.record(record)


def identity(publishing: Publishing, address: str) -> str:
    """Return what names a thing for ever: its address below the site's ``id``, else below the site's address.

    A site that moves keeps the ids of its entries by stating its first address as its ``id``.
    """
    own = publishing.archive.vocabulary.site.id
    if not own:
        return publishing.url(address)
    return addresses.absolute(own if _SCHEME.match(own) else f"urn:gongbao:{quote(own)}", address)


def noon(day: date) -> datetime:
    """Return noon of Greenwich, which is that day nearly everywhere: feeds know days and no hours."""
    return datetime.combine(day, time(12), UTC)


def _media_type(path: str) -> str:
    """Return the media type of a file by its name."""
    if office := _OFFICE.get(PurePosixPath(path).suffix.lower()):
        return f"application/vnd.{office}"
    kind, packed = _MEDIA_TYPES.guess_type(path, strict=False)
    return kind if kind and not packed else _ANY_TYPE


def _fit(text: str) -> str:
    """Take out the few signs that XML has no way to say."""
    return _NOT_XML.sub("", text)
