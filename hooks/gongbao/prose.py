"""A record's text: Markdown in, safe HTML out.

Headings begin at level 2, below the record's title; raw HTML is sanitised; links to other records' files and to
attachments are turned into addresses.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from urllib.parse import quote, unquote, urlsplit

import markdown
import nh3

_TAGS = nh3.ALLOWED_TAGS | {"figure", "figcaption", "section"}
_ATTRIBUTES = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()} | {
    f"h{level}": {"id"} for level in range(1, 7)
}
_ATTRIBUTES["li"] = {"id"}
_ATTRIBUTES["a"] = _ATTRIBUTES["a"] | {"title"}
_SCHEMES = {"http", "https", "mailto", "tel"}
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u2018-\u201d\u2014\u2026"
_BREAK_BETWEEN_WIDE = re.compile(rf"(?<=[{_WIDE}])\n(?=[{_WIDE}])")
_PREFORMATTED = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
_HEADING = re.compile(r"<(/?)h([2-6])\b")

Resolver = Callable[[str], str | None]


def render(text: str, resolve: Resolver) -> str:
    """Render a text.

    ``resolve`` is given every relative link without its fragment and returns where it leads from the page, or
    None to leave it as it is.
    """
    if not text.strip():
        return ""
    converter = markdown.Markdown(
        extensions=["tables", "sane_lists", "toc"],
        extension_configs={"toc": {"baselevel": 2, "slugify": heading_id, "permalink": False}},
    )

    def attribute(tag: str, name: str, value: str) -> str | None:
        del tag
        if name not in ("href", "src"):
            return value
        split = urlsplit(value)
        if split.scheme or split.netloc or not split.path:
            return value
        found = resolve(unquote(split.path))
        return value if found is None else found + (f"#{split.fragment}" if split.fragment else "")

    html = nh3.clean(
        converter.convert(text),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=attribute,
        url_schemes=_SCHEMES,
        link_rel="noopener",
    )
    return _join_lines(html)


def _join_lines(html: str) -> str:
    """Take out line ends between Chinese characters, which a browser would show as spaces."""
    pieces = _PREFORMATTED.split(html)
    return "".join(piece if at % 2 else _BREAK_BETWEEN_WIDE.sub("", piece) for at, piece in enumerate(pieces))


def heading_id(title: str, separator: str = "-") -> str:
    """Make a heading's anchor: its own words, Chinese ones as they are, joined by hyphens."""
    return re.sub(r"[\W_]+", separator, title).strip(separator).casefold() or "section"


def embed(html: str, slug: str) -> str:
    """Fit a rendered text into a longer page: headings two levels deeper, anchors made unique by the record's slug."""
    deeper = _HEADING.sub(lambda found: f"<{found[1]}h{min(6, int(found[2]) + 2)}", html)
    return re.sub(r'(<(?:h\d|li) id="|href="#)', rf"\g<1>{quote(slug, safe='')}-", deeper)


def link_target(start: str, link: str) -> str:
    """Return the path in ``content/`` that a relative link in the file ``start`` leads to."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(start), link))


def rebase(html: str, root: str) -> str:
    """Make links that begin at the site's root (``/topics/``) begin at ``root``, the way there from a page."""
    return re.sub(r'((?:href|src)=")/(?!/)', lambda found: f"{found[1]}{quote(root)}", html)
