"""``robots.txt`` (RFC 9309): robots may read everything, and find the sitemap."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from ..archive import addresses
from ..output import Output, Put


def robots_output(site_url: str) -> Output:
    """Return the file as an output. Only a site at its host's root has one: robots look for it there alone."""
    if not site_url or urlsplit(site_url).path.strip("/"):
        return Output.nothing()
    text = f"User-agent: *\nAllow: /\n\nSitemap: {addresses.absolute(site_url, addresses.SITEMAP)}\n".encode()

    def make(due: Collection[str], put: Put) -> None:
        for name in due:
            put(name, text)

    return Output.of([addresses.ROBOTS], text, make)
