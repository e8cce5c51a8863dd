"""A record's text: Markdown in, safe HTML out.

The dialect fits writers who are used to Word: an indented line is a paragraph and not code, ``#1`` and ``[注]: x`` are
text, and ``5*3*2`` keeps its asterisks. HTML in a text is sanitised. Links to the files of records and to attachments
become addresses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from urllib.parse import quote, unquote, urlsplit

import markdown
import nh3
from markdown.extensions.toc import TocExtension
from markdown.util import Registry

from .anchors import heading_id
from .simple_markdown import simple
from .typography import unbroken

_TAGS = nh3.ALLOWED_TAGS | {"figure", "figcaption", "section"}
_ATTRIBUTES = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()} | {
    f"h{level}": {"id"} for level in range(1, 7)
}
_ATTRIBUTES["a"] = _ATTRIBUTES["a"] | {"title"}
OUTGOING_SCHEMES = {"http", "https", "mailto", "tel"}  # the schemes that links to other places may have
_NOT_MEANT = ("code", "setextheader", "reference")  # Markdown's forms of blocks that these writers never mean
# The forms in lines that refer to a ``reference`` block. To look for them in vain takes a fifth of the time.
_NEVER_FOUND = ("reference", "image_reference", "short_reference", "short_image_ref")
_IN_LINES = re.compile(r"[\\`*_\[<&]|  $", re.MULTILINE)  # every form of Markdown in a line has one of these

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u2018-\u201d\u2014\u2026"
_INLINE = r"(?:</?(?:strong|em|b|i|a|code|s|del|ins|sub|sup|span|mark)\b[^<>]*>)*"
_BREAK_BETWEEN_WIDE = re.compile(rf"([{_WIDE}]{_INLINE})\n *(?={_INLINE}[{_WIDE}])")
_PREFORMATTED = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
_HEADING = re.compile(r"<(/?)h([1-6])\b")
_COUNT = "[一二三四五六七八九十百]+"
# The number at the start of a heading: 一、 第一章 （一） 1. 1.2、 （1）. 12.2万元 and 三节慰问 have none.
OWN_NUMBER = rf"{_COUNT}[、．.]|第{_COUNT}[章节条]|[（(](?:{_COUNT}|\d+)[)）]|\d+(?:\.\d+)*[．.、](?!\d)"
_OWN_NUMBER = re.compile(rf"(<h[2-6]\b)([^>]*>(?:<[^>]*>)*\s*(?:{OWN_NUMBER}))")
# A tag with attributes: these may have to be changed to fit into a page.
_TAG = re.compile(r'<[a-z][a-z0-9]*(?! class="gb-n")(?: [a-z-]+="[^"]*")+ ?/?>')
_TAG_SIGN, _TIMES = re.compile(r"^(#{1,6})(?=[^#\s])"), re.compile(r"(?<=\d)\*(?=\d)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")

Resolver = Callable[[str], str | None]


def render(text: str, resolve: Resolver) -> str:
    """Return a text as HTML, with headings from level 2 down.

    ``resolve`` is called with every relative link, without its fragment. It returns the path from the site's root
    (``/2014/h1/…``), an empty text to remove the link, or None to leave it as it is.
    Raises RecursionError for a text that is nested hundreds of levels deep.
    """
    if not text.strip():
        return ""

    def attribute(tag: str, name: str, value: str) -> str | None:
        del tag
        if name not in ("href", "src"):
            return value
        try:
            split = urlsplit(value)
        except ValueError:  # not an address
            return None
        if split.scheme or split.netloc or not split.path:
            return value
        found = resolve(unquote(split.path))
        if found is None:
            return value
        return quote(found) + (f"#{split.fragment}" if split.fragment else "") if found else None

    meant = "\n".join(as_meant(text))
    html = simple(meant)
    if html is None:
        html = nh3.clean(
            _converted(meant),
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            attribute_filter=attribute,
            url_schemes=OUTGOING_SCHEMES,
            link_rel="noopener",
        )
    if "<h" in html:
        html = _numbered(_from_level_2(html))
    return unbroken(_join_lines(html))


@lru_cache(maxsize=8192)
def _converted(text: str) -> str:
    """Return Markdown as HTML. Results are cached because a preview asks for the same texts again and again."""
    try:
        return str(_converter("#" in text or "[TOC]" in text, bool(_IN_LINES.search(text))).reset().convert(text))
    except RecursionError:
        _converter.cache_clear()  # the error has left it in an unknown state
        raise


@cache
def _converter(headed: bool, in_lines: bool) -> markdown.Markdown:
    """Return a converter that gives headings their ids (``headed``) and reads Markdown's forms in lines (``in_lines``).

    A text without either is converted faster.
    """
    converter = markdown.Markdown(extensions=["tables", "sane_lists", "fenced_code"])
    if headed:
        converter.registerExtensions([TocExtension(slugify=heading_id)], {})
    for name in _NOT_MEANT:
        converter.parser.blockprocessors.deregister(name)
    for name in _NEVER_FOUND:
        converter.inlinePatterns.deregister(name)
    if not in_lines:
        converter.inlinePatterns = Registry()
    return converter


def as_meant(text: str) -> Iterator[str]:
    """Yield the lines of a text, changed so that Markdown reads what the writer meant. Fenced code is unchanged."""
    fence = ""
    for line in text.split("\n"):
        found = _FENCE.match(line)
        if found and (not fence or found[1].startswith(fence)):
            fence = "" if fence else found[1]
            yield line
        elif fence:
            yield line
        else:
            if line.startswith(("\u3000", "    \u3000")):  # an indented line begins a new paragraph
                yield ""
            bare = line.lstrip("\u3000") if line.startswith("\u3000") else line
            bare = _TAG_SIGN.sub(r"\\\1", bare) if bare.startswith("#") else bare
            yield _TIMES.sub(r"\\*", bare) if "*" in bare else bare


def _from_level_2(html: str) -> str:
    """Return the HTML with its headings shifted so that the highest has level 2, below the record's title."""
    levels = [int(level) for _, level in _HEADING.findall(html)]
    shift = 2 - min(levels, default=2)
    return _HEADING.sub(lambda found: f"<{found[1]}h{min(6, int(found[2]) + shift)}", html) if shift else html


def _numbered(html: str) -> str:
    """Return the HTML with a class on each heading that begins with a number. On paper it gets no second number."""
    return _OWN_NUMBER.sub(r'\g<1> class="gb-numbered"\g<2>', html)


def _join_lines(html: str) -> str:
    """Return the HTML without line ends between Chinese characters, which browsers would show as spaces."""
    pieces = _PREFORMATTED.split(html)
    return "".join(piece if at % 2 else _BREAK_BETWEEN_WIDE.sub(r"\1", piece) for at, piece in enumerate(pieces))


def embed(html: str, prefix: str, deeper: int) -> str:
    """Fit a rendered text into a longer page: headings ``deeper`` levels down, and a prefix before each anchor."""
    lowered = _HEADING.sub(lambda found: f"<{found[1]}h{min(6, int(found[2]) + deeper)}", html)
    return _in_tags(lowered, r'( id="|href="#)', rf"\g<1>{prefix}")


def rebase(html: str, root: str) -> str:
    """Put ``root``, a page's relative path to the site's root, in place of the first ``/`` of links (``/topics/``)."""
    return _in_tags(html, r'((?:href|src)=")/(?!/)', rf"\g<1>{quote(root)}")


def _in_tags(html: str, pattern: str, replacement: str) -> str:
    """Replace a pattern within tags only, never in text that readers see."""
    compiled = re.compile(pattern)
    return _TAG.sub(lambda tag: compiled.sub(replacement, tag[0]), html)
