"""What could run, lead to a script, or fetch from elsewhere in some HTML, found without a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

_FETCHING = {"src", "srcset", "poster", "background", "action", "formaction", "ping", "cite", "data"}
_SCHEMES = {"http", "https", "mailto", "tel", ""}
_RUNNING = {"script", "iframe", "object", "embed", "base", "applet", "frame", "style", "math", "template", "portal"}
_NAMED = {"input", "select", "meta"}  # the page's own


class _Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def harm(html: str, own: str = "") -> Iterator[str]:
    """Yield what could do harm in some HTML. Addresses that begin with ``own`` are the site's."""
    for tag, attributes in _Tags(html).found:
        if tag in _RUNNING and attributes.get("type") != "application/ld+json":
            yield f"<{tag}>"
        for name, value in attributes.items():
            led = name in ("href", "xlink:href") and not may_lead(value)
            fetched = name in _FETCHING and not (own and value.startswith(own)) and not is_of_site(value)
            runs = name.startswith("on") or name in ("style", "srcdoc") or (name == "name" and tag not in _NAMED)
            if led or fetched or runs:
                yield f"<{tag} {name}={value!r}>"


def may_lead(address: str) -> bool:
    """Whether a browser takes an address for a place, and not for a script or another host than it seems."""
    bare = re.sub(r"[\x00-\x20\x7f-\xa0]", "", address)
    return urlsplit(bare).scheme.lower() in _SCHEMES and not bare.startswith(("//", "\\", "/\\"))


def is_of_site(address: str) -> bool:
    """Whether an address is a place in the site."""
    return may_lead(address) and not urlsplit(address).scheme


def ids(html: str) -> set[str]:
    """The ids and names in some HTML."""
    return {
        value for _, attributes in _Tags(html).found for name, value in attributes.items() if name in ("id", "name")
    }
