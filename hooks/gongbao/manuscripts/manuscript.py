"""The pages that documents are made from, and the manuscript of each document."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from ..archive import addresses
from ..archive.bulletins import Bulletin
from ..pages.page import Page
from ..problems.catalogue import Language
from ..publishing.publication import Publishing
from ..records.dates import Date
from ..records.links import leads_out, link_address
from ..rendering.edition import Edition
from ..rendering.markup import parse
from ..rendering.rendered import Rendered
from ..text.display import period_title
from .document_cache import DocumentKind
from .paper import Child, for_paper, is_picture, pictures_of

ReadAttachment = Callable[[str], bytes]  # gives an attachment by its path in content/


@dataclass(frozen=True)
class Manuscript:
    """Everything that a document is made from.

    - ``content``: the page's elements for paper
    - ``pictures``: the pictures in ``content``, by the address that it has for them
    - ``address``: the page's absolute address, empty if the site's is not known; ``home`` is the site's own
    - ``created``: the date of the document, None for an undated period
    """

    title: str
    issuer: str
    subject: str
    description: str
    language: Language
    created: date | None
    address: str
    home: str
    content: Sequence[Child]
    pictures: Mapping[str, bytes]


def document_pages(edition: Edition, kind: DocumentKind) -> Mapping[str, Page]:
    """Return every page that a document of a kind is made from, as it is in the document, by the document's address."""
    return {
        address: shape
        for page in edition.pages
        for address, shape in page.manuscripts.items()
        if address.endswith(kind.ending)
    }


def document_digest(page: Page, key: bytes, read: ReadAttachment) -> str:
    """Return a digest of everything that a document depends on: its page's key, and its records' pictures."""
    digest = hashlib.sha256(key)
    for record in page.records:
        for path in record.attachments:
            if is_picture(data := read(path)):
                digest.update(path.encode() + data)
    return digest.hexdigest()


def manuscript_of(page: Page, rendered: Rendered, edition: Edition, read: ReadAttachment) -> Manuscript:
    """Return the manuscript of a page's document. Without the site's address, links within the site are plain text."""
    publishing, site_url = edition.publishing, edition.site_url
    language, attachments = publishing.language, edition.attachments
    bulletin: Bulletin = page.view["bulletin"]
    own = addresses.absolute(site_url, page.address) if site_url else ""

    def link(target: str) -> str:
        address = link_address(target, own)
        return address if leads_out(address) else ""

    content = parse(rendered.html)
    pictures = {}
    for src in pictures_of(content):
        path = attachments.get(addresses.target(page.address, urlsplit(src).path), "")
        if path and is_picture(data := read(path)):
            pictures[src] = data
    return Manuscript(
        title=page.title,
        issuer=bulletin.unit.title.text(language) if bulletin.unit else publishing.issuer,
        subject=period_title(bulletin.period, language),
        description=page.description,
        language=language,
        created=_day_of_issue(page, publishing),
        address=own,
        home=addresses.absolute(site_url, addresses.HOME) if site_url else "",
        content=for_paper(content, link, pictures),
        pictures=pictures,
    )


def _day_of_issue(page: Page, publishing: Publishing) -> date | None:
    """Return the day of issue that a bulletin's page shows, else its period's day; None for an undated one."""
    issued: Date | None = page.view["issued"]
    return (issued.last if issued else None) or publishing.published(page.view["bulletin"].period)
