"""What the Markdown of a hand-written page holds: its links, its title, its first paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, tostring

import markdown
from markdown.treeprocessors import Treeprocessor
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import meta

_NO_PARAGRAPH = re.compile(r"\s*$|[#<>|!\-*+=`~]|\d+[.)] |    ")
_MARKDOWN_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"\*\*|`")
_DESCRIBED = 120


class _Collector(Treeprocessor):
    """Gathers the links of a page from its tree, so that those within code are none; and its title."""

    def __init__(self) -> None:
        super().__init__()
        self.links: dict[str, None] = {}
        self.title = ""

    def run(self, root: Element) -> None:
        first = next(iter(root), None)
        self.title = tostring(first, encoding="unicode") if first is not None and first.tag == "h1" else ""
        for element in root.iter():
            if link := element.get("href") or element.get("src"):
                self.links[link] = None


@dataclass(frozen=True)
class HandwrittenPage:
    """A page as it is read: its relative links, each once, and the heading that is its title."""

    links: tuple[str, ...]
    title: str


_known: dict[tuple[str, str], HandwrittenPage] = {}  # a preview asks for the same pages again and again


def read_page(text: str, config: MkDocsConfig) -> HandwrittenPage:
    """Return what a page's Markdown holds."""
    key = (text, repr((config.markdown_extensions, config.mdx_configs)))
    if key not in _known:
        converter = markdown.Markdown(
            extensions=config.markdown_extensions, extension_configs=config.mdx_configs, output_format="html"
        )
        collector = _Collector()
        converter.treeprocessors.register(collector, "gongbao_links", 0)
        converter.convert(meta.get_data(text)[0])
        _known[key] = HandwrittenPage(tuple(_relative(collector.links)), collector.title)
    return _known[key]


def _relative(links: Iterable[str]) -> Iterator[str]:
    for link in links:
        split = urlsplit(link)
        elsewhere = split.scheme or split.netloc or split.path.startswith(("/", "\\"))
        mail = "\x02" in link  # Markdown's stand-in for the signs of an address
        if split.path and not elsewhere and not mail:
            yield link


def first_paragraph(text: str) -> str:
    """Return a page's first paragraph of plain words, at most 120 signs, without Markdown's marks; or nothing."""
    for block in re.split(r"\n\s*\n", text):
        if _NO_PARAGRAPH.match(block.strip("\n")):
            continue
        words = _MARKS.sub("", _MARKDOWN_LINK.sub(r"\1", " ".join(block.split())))
        return words if len(words) <= _DESCRIBED else f"{words[: _DESCRIBED - 1]}…"
    return ""
