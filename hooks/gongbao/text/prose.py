"""A record's text: Markdown in, safe HTML out.

`dialect` says how lines are read. ``~~…~~`` is struck out, ``[^1]`` a footnote, a bare address a link; ``[注]: x`` is
text. HTML in a text is sanitised. Links to the files of records and to attachments become addresses.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import ClassVar
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.toc import TocExtension
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor
from markdown.util import AtomicString, Registry

from ..records.joining import WIDE
from ..records.numerals import NUMERAL
from .anchors import heading_anchor
from .dialect import as_meant
from .safe_html import Resolver, safe_html
from .simple_markdown import simple
from .typography import unbroken

_WAY_BACK = re.compile(r'(?:&#160;)?<a class="footnote-backref"[^>]*>[^<]*</a>')  # no arrow on paper and in the search
_NOT_MEANT = ("code", "setextheader", "reference")  # Markdown's forms of blocks that these writers never mean
# The forms in lines that refer to a ``reference`` block. To look for them in vain takes a fifth of the time.
_NEVER_FOUND = ("reference", "image_reference", "short_reference", "short_image_ref")
_IN_LINES = re.compile(r"[\\`*_\[<&]|~~|://|  $", re.MULTILINE)  # every form of Markdown in a line has one of these
_STRUCK_OUT = r"(~~)(?=[^\s~])([^~]*[^\s~])~~"
_ADDRESS = r"(?<![A-Za-z0-9])https?://[A-Za-z0-9\-._~:/?#@!$&()+,;=%]+"  # RFC 3986, without signs that Markdown uses

_INLINE = r"(?:</?(?:strong|em|b|i|a|code|s|del|ins|sub|sup|span|mark)\b[^<>]*>)*"
_BREAK_BETWEEN_WIDE = re.compile(rf"([{WIDE}]{_INLINE})\n *(?={_INLINE}[{WIDE}])")
_BREAK_BEFORE_WIDE = re.compile(rf"\n *(?={_INLINE}[{WIDE}])")  # most texts have none, and it is found at once
_BARE_ADDRESS = re.compile(r'<a href="([^"]+)"( rel="noopener")?>\1</a>')
_PREFORMATTED = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
_HEADING = re.compile(r"<(/?)h([1-6])\b")
# The number at the start of a heading: 一、 第一章 （一） 1. 1.2、 （1）. 12.2万元 and 三节慰问 have none.
OWN_NUMBER = rf"{NUMERAL}+[、．.]|第{NUMERAL}+[章节条]|[（(](?:{NUMERAL}+|\d+)[)）]|\d+(?:\.\d+)*[．.、](?!\d)"
_OWN_NUMBER = re.compile(rf"(<h[2-6]\b)([^>]*>(?:<[^>]*>)*\s*(?:{OWN_NUMBER}))")
# A tag with attributes: these may have to be changed to fit into a page.
_TAG = re.compile(r'<[a-z][a-z0-9]*(?! class="gb-[nu]")(?: [a-z-]+="[^"]*")+ ?/?>')


def render(text: str, resolve: Resolver) -> str:
    """Return a text as HTML, with headings from level 2 down.

    ``resolve`` says where links within the site lead: see `safe_html`.
    Raises RecursionError for a text that is nested hundreds of levels deep.
    """
    if not text.strip():
        return ""

    meant = "\n".join(as_meant(text))
    html = simple(meant)
    if html is None:
        html = safe_html(_converted(meant), resolve)
    if "<h" in html:
        html = _numbered(_from_level_2(html))
    if "://" in html:
        html = _BARE_ADDRESS.sub(r'<a class="gb-address" href="\1"\2>\1</a>', html)  # on paper it stands there once
    return unbroken(_join_lines(html))


@lru_cache(maxsize=8192)
def _converted(text: str) -> str:
    """Return Markdown as HTML. Results are cached because a preview asks for the same texts again and again."""
    try:
        converter = _converter("#" in text or "[TOC]" in text, bool(_IN_LINES.search(text)), "[^" in text)
        return _WAY_BACK.sub("", str(converter.reset().convert(text)))
    except RecursionError:
        _converter.cache_clear()  # the error has left it in an unknown state
        raise


@cache
def _converter(headed: bool, in_lines: bool, noted: bool) -> markdown.Markdown:
    """Return a converter that gives headings their ids (``headed``), and reads forms in lines and footnotes.

    A text without these is converted faster.
    """
    converter = markdown.Markdown(extensions=["tables", "sane_lists", "fenced_code"])
    if headed:
        converter.registerExtensions([TocExtension(slugify=heading_anchor)], {})
    if noted:
        converter.registerExtensions([FootnoteExtension()], {})
    for name in _NOT_MEANT:
        converter.parser.blockprocessors.deregister(name)
    for name in _NEVER_FOUND:
        converter.inlinePatterns.deregister(name)
    converter.inlinePatterns.register(_Address(_ADDRESS, converter), "address", 85)
    converter.inlinePatterns.register(SimpleTagInlineProcessor(_STRUCK_OUT, "del"), "struck-out", 55)
    if not in_lines:
        converter.inlinePatterns = Registry()
    return converter


class _Address(InlineProcessor):
    """Makes a bare address a link, as far as its signs are ASCII.

    Python-Markdown wants angle brackets around it, and the extension of pymdownx takes in the Chinese text behind it.
    """

    ANCESTOR_EXCLUDES: ClassVar = ("a",)

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int] | tuple[None, None, None]:
        """Return the link with its place in ``data``."""
        address = m[0].rstrip(".,;:!?")
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(".,;:!?")
        end = m.start() + len(address)
        if not urlsplit(address).netloc or (address[-1] in "/=-_%&?#" and data[end : end + 1].isalpha()):
            return None, None, None  # Chinese letters behind it may belong to it or not
        link = Element("a", {"href": address})
        link.text = AtomicString(address)
        return link, m.start(), end


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
    if not _BREAK_BEFORE_WIDE.search(html):
        return html
    pieces = _PREFORMATTED.split(html)
    return "".join(piece if at % 2 else _BREAK_BETWEEN_WIDE.sub(r"\1", piece) for at, piece in enumerate(pieces))


def embed(html: str, prefix: str, deeper: int) -> str:
    """Fit a rendered text into a longer page: headings ``deeper`` levels down, and a prefix before each anchor."""
    lowered = _HEADING.sub(lambda found: f"<{found[1]}h{min(6, int(found[2]) + deeper)}", html)
    if ' id="' not in html and 'href="#' not in html:
        return lowered
    return _in_tags(lowered, r'( id="|href="#)', rf"\g<1>{prefix}")


def rebase(html: str, root: str) -> str:
    """Put ``root``, a page's relative path to the site's root, in place of the first ``/`` of links (``/topics/``)."""
    return _in_tags(html, r'((?:href|src)=")/(?!/)', rf"\g<1>{quote(root)}") if '="/' in html else html


def _in_tags(html: str, pattern: str, replacement: str) -> str:
    """Replace a pattern within tags only, never in text that readers see."""
    compiled = re.compile(pattern)
    return _TAG.sub(lambda tag: compiled.sub(replacement, tag[0]), html)
