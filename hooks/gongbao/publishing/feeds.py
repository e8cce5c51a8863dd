"""Feeds: Atom (RFC 4287) and JSON Feed 1.1 with the same entries, for the site and for each topic and unit.

The newest entries stand first: by the day on which their period was published, else its last day; then the later
period; within a period by the records' own dates, those without one last; then in the archive's order. Records of
undated periods have no such day: they stand last, and what is said of them is only when they last changed.

Feeds know days and no hours, and say noon of Greenwich, which is that day nearly everywhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from heapq import nsmallest
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ..archive import addresses
from ..pages.page import Page
from ..records.record import Record
from .publication import FEED_PAGES, Publishing, description

if TYPE_CHECKING:
    from feedgen.entry import FeedEntry  # type: ignore[import-untyped]

NEWEST = 50
JSON_FEED = "https://jsonfeed.org/version/1.1"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True)
class Entry:
    """One record as both kinds of feed tell it; ``published`` is None where its year is not known."""

    id: str
    url: str
    title: str
    summary: str
    content: str
    author: str
    topics: tuple[tuple[str, str], ...]  # slug and title
    published: datetime | None
    updated: datetime

    @cached_property
    def atom(self) -> FeedEntry:
        """The entry as feedgen has it; one is enough for all feeds."""
        from feedgen.entry import FeedEntry

        entry = FeedEntry()
        entry.id(self.id)
        entry.title(self.title)
        entry.updated(self.updated)
        if self.published:
            entry.published(self.published)
        entry.link(href=self.url, rel="alternate", type="text/html")
        entry.author(name=self.author)
        entry.category([{"term": slug, "label": title} for slug, title in self.topics])
        if self.summary:
            entry.summary(self.summary)
        entry.content(self.content, type="html")
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


@dataclass(frozen=True)
class Feed:
    """A page's feed before it is written: the page, and its newest records."""

    page: Page
    records: tuple[Record, ...]

    @property
    def addresses(self) -> tuple[str, str]:
        """Where its two forms are."""
        return addresses.feed(self.page.address), addresses.json_feed(self.page.address)

    @property
    def entries(self) -> tuple[str, ...]:
        """The addresses of the pages that its entries are made from."""
        return tuple(addresses.record(record) for record in self.records)


def plan_feeds(pages: Iterable[Page], publishing: Publishing) -> tuple[Feed, ...]:
    """Return every feed with the records in it; none without the site's address."""
    if not publishing.site_url:
        return ()
    place = _places(publishing)
    return tuple(
        Feed(page, tuple(nsmallest(NEWEST, page.records, key=lambda record: place[record.id])))
        for page in pages
        if page.template in FEED_PAGES
    )


def feed_files(feeds: Iterable[Feed], contents: Mapping[str, str], publishing: Publishing) -> Mapping[str, str]:
    """Return feeds by their addresses; ``contents`` has what they carry of their records' pages, by address."""
    entries = _Entries(publishing, contents)
    files: dict[str, str] = {}
    for feed in feeds:
        newest = [entries.of(record) for record in feed.records]
        updated = max((entry.updated for entry in newest), default=_noon(publishing.newest_day))
        atom, json_feed = feed.addresses
        files[atom] = _atom(feed.page, newest, updated, publishing)
        files[json_feed] = _json(feed.page, newest, publishing)
    return files


def _places(publishing: Publishing) -> Mapping[str, int]:
    """Return the place of each record, by its id, among all, the newest first."""
    archive = publishing.archive
    days = {period: publishing.published(period) for period in archive.periods}
    newest_first = sorted(
        archive.records,
        key=lambda record: (days[record.period] or date.min, record.period.order, _own_day(record)),
        reverse=True,  # which keeps the archive's order where all this is the same
    )
    return {record.id: place for place, record in enumerate(newest_first)}


class _Entries:
    """The records as entries, each made once."""

    def __init__(self, publishing: Publishing, contents: Mapping[str, str]) -> None:
        self.publishing, self.contents = publishing, contents
        self.made: dict[str, Entry] = {}

    def of(self, record: Record) -> Entry:
        if record.id not in self.made:
            self.made[record.id] = self._entry(record)
        return self.made[record.id]

    def _entry(self, record: Record) -> Entry:
        publishing, vocabulary = self.publishing, self.publishing.archive.vocabulary
        published = publishing.published(record.period)
        url = publishing.url(addresses.record(record))
        return Entry(
            id=_identity(publishing, first_address(record)),
            url=url,
            title=_fit(record.title),
            summary=_fit(record.summary or ""),
            content=_fit(self.contents[addresses.record(record)]),
            author=vocabulary.units[record.unit].title.text(publishing.language),
            topics=tuple((slug, vocabulary.topics[slug].title.text(publishing.language)) for slug in record.topics),
            published=_noon(published) if published else None,
            updated=_noon(publishing.updated(record)),
        )


def _own_day(record: Record) -> date:
    return record.date.first or date.min if record.date else date.min


def first_address(record: Record) -> str:
    """Return the address that a record was first published at: that of the first of its earlier ids, if it has any."""
    return addresses.former_record(record.aliases[0]) if record.aliases else addresses.record(record)


def _identity(publishing: Publishing, address: str) -> str:
    """Return what names a thing for ever: its address below the site's ``id``, else below the site's address.

    A site that moves keeps the ids of its entries by stating its first address as its ``id``.
    """
    own = publishing.archive.vocabulary.site.id
    if not own:
        return publishing.url(address)
    return addresses.absolute(own if _SCHEME.match(own) else f"urn:gongbao:{quote(own)}", address)


def _atom(page: Page, entries: Iterable[Entry], updated: datetime, publishing: Publishing) -> str:
    from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]  # slow to import, and not always needed

    feed = FeedGenerator()
    feed.id(_identity(publishing, page.address))
    feed.title(publishing.title(page))
    feed.subtitle(description(page))
    feed.updated(updated)
    feed.language(publishing.language)
    feed.author(name=publishing.issuer)
    feed.generator("Gongbao")
    feed.link(href=publishing.url(addresses.feed(page.address)), rel="self", type="application/atom+xml")
    feed.link(href=publishing.url(page.address), rel="alternate", type="text/html")
    for entry in entries:
        feed.add_entry(entry.atom, order="append")
    text: bytes = feed.atom_str()
    return text.decode() + "\n"


def _json(page: Page, entries: Iterable[Entry], publishing: Publishing) -> str:
    feed = {
        "version": JSON_FEED,
        "title": publishing.title(page),
        "home_page_url": publishing.url(page.address),
        "feed_url": publishing.url(addresses.json_feed(page.address)),
        "description": description(page),
        "language": publishing.language,
        "authors": [{"name": publishing.issuer}],
        "items": [entry.json for entry in entries],
    }
    return json.dumps(feed, ensure_ascii=False) + "\n"


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def _fit(text: str) -> str:
    """Take out the few signs that XML has no way to say."""
    return _NOT_XML.sub("", text)
