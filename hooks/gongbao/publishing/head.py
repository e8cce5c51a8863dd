"""The tags in a page's head for feed readers, chat programs and search engines."""

from __future__ import annotations

import json
from collections.abc import Iterator

from markupsafe import Markup, escape

from ..archive import addresses
from ..pages.page import Page
from ..problems.catalogue import label
from ..records.periods import Period
from ..text.display import bulletin_title
from .pictures import HEIGHT, WIDTH
from .publication import Publishing, description
from .structured import structured

_LOCALES = {"zh": "zh_CN", "en": "en_US"}


def head_tags(page: Page, publishing: Publishing) -> Markup:
    """Return the tags of a page: Open Graph (ogp.me), a Twitter card, its feeds, and JSON-LD with terms of schema.org.

    If the site's address is not known, the tags that need it are left out.
    """
    return Markup("\n".join(_tags(page, publishing)))


def _tags(page: Page, publishing: Publishing) -> Iterator[str]:
    address = page.canonical or page.address
    kind = "article" if page.full else "website"
    yield _property_tag("og:type", kind)
    yield _property_tag("og:title", page.title)
    yield _property_tag("og:description", description(page))
    yield _property_tag("og:site_name", publishing.name)
    yield _property_tag("og:locale", _LOCALES[publishing.language])
    if page.address == addresses.COMPARE:
        yield f'<script src="{addresses.relative(page.address, addresses.COMPARE_SCRIPT)}" defer></script>'
    if not publishing.site_url:
        return
    yield _property_tag("og:url", publishing.url(address))
    if publishing.pictured and (period := _period_of(page, publishing)):
        yield _property_tag("og:image", publishing.url(addresses.picture(period)))
        yield _property_tag("og:image:width", str(WIDTH))
        yield _property_tag("og:image:height", str(HEIGHT))
        title = bulletin_title(period, publishing.language)
        yield _property_tag("og:image:alt", label("picture-alt", publishing.language, title=title))
        yield '<meta name="twitter:card" content="summary_large_image">'
    else:
        yield '<meta name="twitter:card" content="summary">'
    if page.feed:
        yield _feed_link("application/atom+xml", addresses.feed(page.address), f"{page.title} (Atom)", publishing)
        yield _feed_link("application/feed+json", addresses.json_feed(page.address), f"{page.title} (JSON)", publishing)
    if said := structured(page, publishing):
        text = json.dumps({"@context": "https://schema.org", **said}, ensure_ascii=False).replace("<", "\\u003c")
        yield f'<script type="application/ld+json">{text}</script>'


def _property_tag(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{escape(content)}">'


def _feed_link(kind: str, address: str, title: str, publishing: Publishing) -> str:
    # Material's script takes a link whose rel is exactly "alternate" for the site in another language, and asks for a
    # sitemap beside it. The space keeps feeds out of that, and means nothing to other programs.
    href = escape(publishing.url(address))
    return f'<link rel="alternate " type="{kind}" title="{escape(title)}" href="{href}">'


def _period_of(page: Page, publishing: Publishing) -> Period | None:
    """Return the period whose picture shared links to a page show: its own, else the newest."""
    holder = page.view.get("bulletin") or page.view.get("record")
    period: Period | None = holder.period if holder else page.view.get("period")
    return period if period and publishing.archive.of_period(period) else publishing.archive.newest
