"""The pages of a site as plain Markdown files with front matter, for any other generator.

A page at ``2014/h1/`` becomes ``2014/h1/index.md``. So its address and the relative links to other pages and files stay
the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import date
from html import unescape
from urllib.parse import unquote, urlsplit

import yaml

from ..archive import addresses
from ..pages.dating import changed_on
from ..pages.page import Page
from ..records.links import leads_out, link_address
from ..rendering.edition import Edition
from ..text.roles import CHART
from .plain import to_markdown

_CHART = re.compile(rf'<svg {CHART}="([^"]*)"(?:<svg.*?</svg>|.)*?</svg>', re.DOTALL)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)
_LINK = re.compile(r'(?:href|src)="([^"]*)"')


def written_pages(edition: Edition, html: Mapping[str, str], others: Collection[str]) -> dict[str, str]:
    """Return all pages as files, by path.

    ``html`` has the HTML of every page by address. ``others`` are the site's other files, to which pages may link. The
    search's page is left out: it shows nothing without our script and index, and every generator has its own search.
    """
    pages = [page for page in edition.pages if page.address != addresses.SEARCH]
    anchors = _anchors({page.address: html[page.address] for page in pages})
    targets = {*others, *(_file_name(page.address) for page in pages)}
    files: dict[str, str] = {}
    for page in pages:
        text = to_markdown(_with_pictures(html[page.address]), _links_from(page, targets), anchors[page.address])
        files[_file_name(page.address)] = _front_matter(page, edition) + text
    return files


def _file_name(address: str) -> str:
    return f"{address}index.md"


def _front_matter(page: Page, edition: Edition) -> str:
    header: dict[str, object] = {"title": page.title}
    if page.description:
        header["description"] = page.description
    if day := changed_on(page, edition.publishing.changes):
        header["date"] = date.fromisoformat(day)
    header["lang"] = edition.archive.vocabulary.language
    return f"---\n{yaml.safe_dump(header, allow_unicode=True, sort_keys=False, width=10_000)}---\n\n"


def _with_pictures(html: str) -> str:
    """Return a page's HTML with pictures in the place of its charts; charts that are one file are one picture."""
    seen = set()

    def as_picture(found: re.Match[str]) -> str:
        title = _TITLE.search(found[0])
        if found[1] in seen:
            return ""
        seen.add(found[1])
        return f'<img src="{found[1]}" alt="{title[1] if title else ""}">'

    return _CHART.sub(as_picture, html)


def _anchors(pages: Mapping[str, str]) -> Mapping[str, set[str]]:
    """Return the ids that links lead to, by page. ``pages`` has the HTML of each page by address."""
    found: dict[str, set[str]] = defaultdict(set)
    for page, html in pages.items():
        for link in _LINK.findall(html):
            split = urlsplit(unescape(link))
            if split.fragment and not split.scheme and not split.netloc:
                address = addresses.target(page, split.path) if split.path else page
                found[address] |= {split.fragment, unquote(split.fragment)}
    return found


def _links_from(page: Page, files: Collection[str]) -> Callable[[str], str]:
    """Return a function that rewrites a page's links to these files.

    Other links stay as they are. Of what can be no link, the function returns an empty text.
    """

    def link(target: str) -> str:
        target = link_address(target)
        split = urlsplit(target)
        if leads_out(target) or not split.path:
            return target
        address = addresses.target(page.address, split.path)
        for file in (address, f"{address}index.md"):
            if file in files:
                fragment = f"#{unquote(split.fragment)}" if split.fragment else ""
                return addresses.relative(page.address, file + fragment)
        return target

    return link
