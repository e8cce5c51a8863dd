"""Entries of feeds: a record in the form of Atom (RFC 4287) and in that of JSON Feed 1.1."""

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

from lxml import etree  # type: ignore[import-untyped]
from lxml.builder import ElementMaker  # type: ignore[import-untyped]

from ..archive import addresses
from ..records.record import Record
from .publication import Publishing

_NAMESPACE = "http://www.w3.org/2005/Atom"
ATOM = ElementMaker(namespace=_NAMESPACE, nsmap={None: _NAMESPACE})
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OF_IDS = re.compile("(?:https?|urn|tag):")  # the schemes that an id may have: some readers make a link of it
_MEDIA_TYPES = MimeTypes()  # Python's own table: the machine's differs from machine to machine, and feeds would too
_ANY_TYPE = "application/octet-stream"
_OFFICE = {  # Python's table lacks these before 3.14
    ".docx": "openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "openxmlformats-officedocument.presentationml.presentation",
    ".odt": "oasis.opendocument.text",
    ".ods": "oasis.opendocument.spreadsheet",
}


@dataclass(frozen=True)
class FeedEntry:
    """One record as both kinds of feed have it. ``published`` is None if the year is not known."""

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
    def atom(self) -> str:
        """The entry as an element of Atom, written for a feed that names the namespace itself."""
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
        text: str = etree.tostring(entry, encoding="unicode")
        return text.replace(f' xmlns="{_NAMESPACE}"', "", 1)

    @cached_property
    def json(self) -> Mapping[str, Any]:
        """The entry as an object of JSON Feed."""
        item: dict[str, Any] = {"id": self.id, "url": self.url, "title": self.title}
        if self.summary:
            item["summary"] = self.summary
        item["content_html"] = self.content
        if self.published:
            item["date_published"] = self.published.isoformat()
        item |= {"date_modified": self.updated.isoformat(), "authors": [{"name": self.author}]}
        return {**item, "tags": [title for _, title in self.topics]} if self.topics else item


class FeedEntries:
    """The records as entries, each made once. ``contents`` has the content of each entry by the address of its page."""

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
    """Return the first address of a record: the address of the first of its earlier ids, else its own."""
    return addresses.former_record(record.aliases[0]) if record.aliases else addresses.record(record)


def identity(publishing: Publishing, address: str) -> str:
    """Return the permanent id of a page (an IRI, RFC 4287): its address below the site's ``id`` or else its address.

    A site that moves keeps the ids of its entries if it states its first address as its ``id``.
    """
    own = publishing.archive.vocabulary.site.id
    if not own:
        return publishing.url(address)
    return addresses.absolute(own if _OF_IDS.match(own) else f"urn:gongbao:{quote(own)}", address)


def noon(day: date) -> datetime:
    """Return noon in Greenwich: feeds want an hour, and at this one the day is the same nearly everywhere."""
    return datetime.combine(day, time(12), UTC)


def _media_type(path: str) -> str:
    """Return the media type of a file by its name (RFC 6838)."""
    if office := _OFFICE.get(PurePosixPath(path).suffix.lower()):
        return f"application/vnd.{office}"
    kind, packed = _MEDIA_TYPES.guess_type(path, strict=False)
    return kind if kind and not packed else _ANY_TYPE


def _fit(text: str) -> str:
    """Remove the characters that XML 1.0 does not allow."""
    return _NOT_XML.sub("", text)
