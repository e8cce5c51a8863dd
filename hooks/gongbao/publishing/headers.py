"""``_headers``: what a host of static files says with each file, where it reads this file (Netlify, Cloudflare Pages).

A page's own policy stands in the page. Headers add what a page cannot say of itself: who may frame it, that files are
only what they are said to be (WHATWG, Fetch: ``nosniff``), and that a picture that is opened alone runs nothing.
"""

from __future__ import annotations

from collections.abc import Collection

from ..archive import addresses
from ..output import Output, Put

_TEXT = """\
/*
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
  Content-Security-Policy: frame-ancestors 'self'; object-src 'none'; base-uri 'none'
/*.svg
  Content-Security-Policy: sandbox; default-src 'none'; style-src 'unsafe-inline'
"""


def header_output() -> Output:
    """Return the file as an output."""

    def make(due: Collection[str], put: Put) -> None:
        for name in due:
            put(name, _TEXT.encode())

    return Output.of([addresses.HEADERS], _TEXT.encode(), make)
