"""Feeds: Atom (RFC 4287) and JSON Feed 1.1 with the same entries, for the site and for each topic and unit.

The newest entries stand first. They are sorted by the day on which their period was published (else its last day),
then by period, then by the records' own dates (records without one last), then in the archive's order. Records of
undated periods have no such day: they stand last, and have a day of their last change alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from heapq import nsmallest

from lxml import etree  # type: ignore[import-untyped]

from ..archive import addresses
from ..output import Keys, Output, Put
from ..pages.page import Page
from ..records.record import Record
from .feed_content import FeedContents
from .feed_entries import ATOM, FeedEntries, FeedEntry, identity, noon
from .publication import Publishing, description

NEWEST = 50
JSON_FEED = "https://jsonfeed.org/version/1.1"
_END = "</feed>"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Feed:
    """A page's feed before it is written: the page, and its newest records."""

    page: Page
    records: tuple[Record, ...]

    @property
    def addresses(self) -> tuple[str, str]:
        """The addresses of its two forms: Atom, then JSON Feed."""
        return addresses.feed(self.page.address), addresses.json_feed(self.page.address)

    @property
    def entries(self) -> tuple[str, ...]:
        """The addresses of its entries' pages."""
        return tuple(addresses.record(record) for record in self.records)


def plan_feeds(pages: Iterable[Page], publishing: Publishing) -> tuple[Feed, ...]:
    """Return every feed with its records. A site without an address has no feeds."""
    if not publishing.site_url:
        return ()
    places = _places(publishing)
    return tuple(
        Feed(page, tuple(nsmallest(NEWEST, page.records, key=lambda record: places[record.id])))
        for page in pages
        if page.feed
    )


def feed_output(
    feeds: Sequence[Feed],
    keys: Mapping[str, bytes],
    contents: FeedContents,
    publishing: Publishing,
    rendered: Callable[[Sequence[str]], Iterable[str]],
) -> Output:
    """Return feeds as an output.

    ``keys`` are the keys of the pages, by address. ``rendered`` gives the HTML of the pages at some addresses, for the
    entries that ``contents`` lacks.
    """

    def feed_keys() -> Keys:
        found: dict[str, bytes] = {}
        for feed in feeds:
            made_from = b"".join(keys[address] for address in (feed.page.address, *feed.entries))
            found |= dict.fromkeys(feed.addresses, hashlib.sha256(made_from).digest())
        return found

    def make(due: Collection[str], put: Put) -> None:
        making = [feed for feed in feeds if not {*due}.isdisjoint(feed.addresses)]
        lacking = [*dict.fromkeys(address for feed in making for address in feed.entries if contents.lacks(address))]
        for address, html in zip(lacking, rendered(lacking), strict=True):
            contents.take(*contents.made_of(address, html))
        carried = contents.of(address for feed in making for address in feed.entries)
        for name, text in feed_files(making, carried, publishing).items():
            if name in due:
                put(name, text.encode())
        contents.keep()

    return Output(feed_keys, make)


def feed_files(feeds: Iterable[Feed], contents: Mapping[str, str], publishing: Publishing) -> Mapping[str, str]:
    """Return feeds by their addresses. ``contents`` has the content of each entry by the address of its page."""
    entries = FeedEntries(publishing, contents)
    files: dict[str, str] = {}
    for feed in feeds:
        newest = [entries.of(record) for record in feed.records]
        updated = max((entry.updated for entry in newest), default=noon(publishing.newest_day))
        atom, json_feed = feed.addresses
        files[atom] = _atom(feed.page, newest, updated, publishing)
        files[json_feed] = _json(feed.page, newest, publishing)
    return files


def _places(publishing: Publishing) -> Mapping[str, int]:
    """Return the place of each record among all, by its id. The newest has place 0."""
    archive = publishing.archive
    days = {period: publishing.published(period) for period in archive.periods}
    newest_first = sorted(
        archive.records,
        key=lambda record: (days[record.period] or date.min, record.period.order, _own_day(record)),
        reverse=True,  # records that are equal in all this keep the archive's order
    )
    return {record.id: place for place, record in enumerate(newest_first)}


def _own_day(record: Record) -> date:
    return record.date.first or date.min if record.date else date.min


def _atom(page: Page, entries: Iterable[FeedEntry], updated: datetime, publishing: Publishing) -> str:
    feed = ATOM.feed(
        {_LANGUAGE: publishing.language},
        ATOM.id(identity(publishing, page.address)),
        ATOM.title(publishing.title(page)),
        ATOM.updated(updated.isoformat()),
        ATOM.author(ATOM.name(publishing.issuer)),
        ATOM.link(href=publishing.url(addresses.feed(page.address)), rel="self", type="application/atom+xml"),
        ATOM.link(href=publishing.url(page.address), rel="alternate", type="text/html"),
        ATOM.generator("Gongbao"),
        ATOM.subtitle(description(page)),
    )
    head: bytes = etree.tostring(feed, encoding="UTF-8", xml_declaration=True)
    return f"{head.decode().removesuffix(_END)}{''.join(entry.atom for entry in entries)}{_END}\n"


def _json(page: Page, entries: Iterable[FeedEntry], publishing: Publishing) -> str:
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
