"""The HTML that a record's text may have: a list of allowed tags and attributes, after Markdown."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import nh3

from ..records.links import OUTGOING_SCHEMES, leads_out, link_address
from .anchors import OF_NOTE, OF_TEXT, anchor_in_text

# Everything else is removed: classes, styles, names and ``data-…``, by which the page's scripts and style sheets go;
# tags that frame a page; and ``cite``, which nobody sees.
_TAGS = {
    *("a", "abbr", "aside", "b", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd"),
    *("del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section"),
    *("small", "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead"),
    *("time", "tr", "tt", "u", "ul", "var", "wbr"),
}
_ATTRIBUTES = {
    **{"a": {"href", "title"}, "abbr": {"title"}, "img": {"src", "alt", "title", "width", "height"}, "ol": {"start"}},
    **{"td": {"colspan", "rowspan", "align"}, "th": {"colspan", "rowspan", "align", "scope"}, "col": {"span"}},
    **{"colgroup": {"span"}, "del": {"datetime"}, "ins": {"datetime"}, "time": {"datetime"}},
    **{f"h{level}": {"id"} for level in range(1, 7)},
    "li": {"id"},
}
_LARGEST = {"start": 9999, "colspan": 50, "rowspan": 1000, "span": 50, "width": 9999, "height": 9999}
_WHOLE_NUMBER = re.compile("[0-9]{1,4}")
_FORMS = {
    "align": re.compile("left|center|right"),
    "scope": re.compile("row|col"),
    "datetime": re.compile("[0-9][0-9TZ:.+-]{0,30}"),
}
_WITHOUT_ADDRESS = re.compile(r'<img((?: (?!src=)[a-z]+="[^"]*")*)>')
_DESCRIPTION = re.compile(r' alt="([^"]*)"')
_NOT_IN_HTML = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ufffe\\uffff]")

Resolver = Callable[[str], str | None]


def safe_html(html: str, resolve: Resolver) -> str:
    """Return HTML with nothing in it that runs, is fetched from elsewhere, or meets the page's scripts.

    ``resolve`` is called with the path of every link within the site. It returns the path from the site's root
    (``/2014/h1/…``), an empty text to remove the link, or None for what is no file of ours.
    """
    cleaned = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=lambda tag, name, value: _attribute(tag, name, value, resolve),
        url_schemes=OUTGOING_SCHEMES,
        link_rel="noopener",
    )
    return _NOT_IN_HTML.sub("", _WITHOUT_ADDRESS.sub(_described, cleaned))


def _described(picture: re.Match[str]) -> str:
    """Return the description of a picture that lost its address."""
    alt = _DESCRIPTION.search(picture[1])
    return alt[1] if alt else ""


def _attribute(tag: str, name: str, value: str, resolve: Resolver) -> str | None:
    """Return the value of an attribute as a page may have it, or None to remove the attribute."""
    if name in ("href", "src"):
        return _target(tag, value, resolve)
    if name == "id":
        return anchor_in_text(value) if value and (tag != "li" or value.startswith(OF_NOTE)) else None
    if name in _LARGEST:
        return value if _WHOLE_NUMBER.fullmatch(value) and 0 < int(value) <= _LARGEST[name] else None
    return value if name not in _FORMS or _FORMS[name].fullmatch(value) else None


def _target(tag: str, value: str, resolve: Resolver) -> str | None:
    """Return the address of a link or picture, or None to remove it."""
    address = link_address(value)
    if not address or leads_out(address):
        return address if address and tag != "img" else None  # a page fetches nothing from elsewhere
    split = urlsplit(address)
    if not split.path:
        return f"#{_fragment(split.fragment)}" if split.fragment and not split.query else None
    found = resolve(unquote(split.path))
    if found:
        return quote(found) + (f"#{_fragment(split.fragment)}" if split.fragment else "")
    if found is None and split.path.startswith("/"):  # a page: no way leads above the site's root
        path = posixpath.normpath(f"/{unquote(split.path).lstrip('/')}")
        end = "/" if split.path.endswith("/") and path != "/" else ""
        return urlunsplit(("", "", quote(path) + end, split.query, split.fragment))
    return address if found is None else None


def _fragment(written: str) -> str:
    """Return the fragment of a link to a place in a record's text, or on the page around it (``gb-…``)."""
    name = unquote(written)
    return written if name.startswith("gb-") or anchor_in_text(name) == name else f"{OF_TEXT}{written}"
