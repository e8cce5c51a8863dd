"""``robots.txt``: everything may be read, and where the sitemap is."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from ..archive import addresses


def robots(site_url: str) -> Mapping[str, str]:
    """Return the file by its address, for a site at its host's root; below a path nobody would ask for it."""
    if not site_url or urlsplit(site_url).path.strip("/"):
        return {}
    sitemap = addresses.absolute(site_url, addresses.SITEMAP)
    return {addresses.ROBOTS: f"User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n"}
