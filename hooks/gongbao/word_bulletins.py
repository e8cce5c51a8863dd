"""Which pages there are as Word documents, what each is made from, and the links to those that fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from urllib.parse import urljoin, urlsplit

from markupsafe import Markup

from . import addresses
from .bulletins import Bulletin
from .dates import Date
from .display import period_title
from .markup import parse
from .page import Page
from .rendering import Rendered, Site
from .word import Source, digest
from .word_text import for_paper, is_picture, pictures_of
from .wording import label

PLACE = "<!--gb-word-->"  # in the template of a page that there is as a document

Read = Callable[[str], bytes]  # gives an attachment by its path in content/


def wanted(site: Site) -> Iterator[tuple[str, Rendered]]:
    """Yield every page that there is as a Word document, after the document's address."""
    for rendered in site.pages:
        if PLACE in rendered.html and not rendered.page.canonical:
            yield _document(rendered.page), rendered


def _document(page: Page) -> str:
    bulletin: Bulletin = page.view["bulletin"]
    return addresses.word(bulletin.unit.slug if bulletin.unit else "", bulletin.period)


def source_of(rendered: Rendered, site: Site, site_url: str, read: Read) -> Source:
    """Return all that a page's document is made from; without the site's address, links within it are plain text."""
    page, language = rendered.page, site.publishing.language
    bulletin: Bulletin = page.view["bulletin"]
    own = addresses.absolute(site_url, page.address) if site_url else ""

    def link(target: str) -> str:
        return urljoin(own, target) if own or urlsplit(target).scheme else ""

    content = parse(rendered.html)
    pictures = {}
    for src in pictures_of(content):
        path = site.attachments.get(addresses.target(page.address, urlsplit(src).path), "")
        if path and is_picture(data := read(path)):
            pictures[src] = data
    return Source(
        title=page.title,
        issuer=bulletin.unit.title.text(language) if bulletin.unit else site.publishing.issuer,
        site=site.publishing.name,
        subject=period_title(bulletin.period, language),
        description=page.description,
        language=language,
        created=_date(page, site),
        address=own,
        home=addresses.absolute(site_url, addresses.HOME) if site_url else "",
        content=for_paper(content, link, pictures),
        pictures=pictures,
    )


def _date(page: Page, site: Site) -> date | None:
    """Return the day when a bulletin was issued, as its page says, else its period's; None for one without a year."""
    issued: Date | None = page.view["issued"]
    return (issued.last if issued else None) or site.publishing.published(page.view["bulletin"].period)


def linked(site: Site, known: Mapping[str, str], site_url: str, read: Read) -> tuple[Site, int]:
    """Link pages to their documents, those of ``known`` (address: digest) that fit; return also how many do not."""
    fitting = {
        address
        for address, rendered in wanted(site)
        if address in known and known[address] == digest(source_of(rendered, site, site_url, read))
    }
    stale = sum(address in known for address, _ in wanted(site)) - len(fitting)
    pages = tuple(_linked(rendered, fitting, label("word", site.publishing.language)) for rendered in site.pages)
    return replace(site, pages=pages, documents=tuple(sorted(fitting))), stale


def _linked(rendered: Rendered, fitting: set[str], words: str) -> Rendered:
    if PLACE not in rendered.html or _document(rendered.page) not in fitting:
        return rendered
    way = addresses.relative(rendered.page.address, _document(rendered.page))
    link = Markup('<a href="{}" download>{}</a>').format(way, words)
    return replace(rendered, html=rendered.html.replace(PLACE, link))
