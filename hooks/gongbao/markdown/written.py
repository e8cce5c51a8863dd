"""The way out: a site's pages as plain Markdown files with front matter, for any other generator.

A page at ``2014/h1/`` becomes ``2014/h1/index.md``, so that its address, and every way to another page or file, stays
what it was.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from html import unescape
from urllib.parse import unquote, urlsplit

import yaml

from ..archive import addresses
from ..pages.dating import changed_on
from ..pages.page import Page
from ..rendering.render import Site
from ..rendering.rendered import Rendered
from ..text.roles import CHART
from .plain import to_markdown

_CHART = re.compile(rf'<svg {CHART}(?: class="[^"]*")?(.*?</svg>)', re.DOTALL)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)
_COLOUR = re.compile(r"var\(--[\w-]+, (#\w+)\)")
_LINK = re.compile(r'(?:href|src)="([^"]*)"')


def written_pages(site: Site, changes: Mapping[str, str]) -> dict[str, str]:
    """Return all files that are text, by path: pages, charts, open data. Attachments are for the caller to copy.

    ``changes`` has the day of each record's last commit. The search's page is left out: it has nothing to say without
    our script and index, and every generator has a search of its own.
    """
    anchors = _anchors(site)
    files = dict(site.files)
    for rendered in site.pages:
        page = rendered.page
        if page.address == addresses.SEARCH:
            continue
        html, charts = _without_charts(rendered)
        files |= {f"{page.address}{name}": chart for name, chart in charts.items()}
        text = to_markdown(html, _links_from(page, site), anchors[page.address])
        files[_file(page)] = _front_matter(page, site, changes) + text
    return files


def _file(page: Page) -> str:
    return f"{page.address}index.md"


def _front_matter(page: Page, site: Site, changes: Mapping[str, str]) -> str:
    header: dict[str, object] = {"title": page.title}
    if page.description:
        header["description"] = page.description
    if day := changed_on(page, changes):
        header["date"] = date.fromisoformat(day)
    header["lang"] = site.archive.vocabulary.language
    return f"---\n{yaml.safe_dump(header, allow_unicode=True, sort_keys=False, width=10_000)}---\n\n"


def _without_charts(rendered: Rendered) -> tuple[str, dict[str, str]]:
    """Take the charts out of a page: return it with pictures in their places, and the charts as files by name."""
    charts: dict[str, str] = {}

    def as_picture(found: re.Match[str]) -> str:
        name = f"chart-{len(charts) + 1}.svg"
        opening = '<svg xmlns="http://www.w3.org/2000/svg" font-family="sans-serif"'
        charts[name] = _COLOUR.sub(r"\1", opening + found[1]) + "\n"
        title = _TITLE.search(found[0])
        return f'<img src="{name}" alt="{title[1] if title else ""}">'

    return _CHART.sub(as_picture, rendered.html), charts


def _anchors(site: Site) -> Mapping[str, set[str]]:
    """Return the ids that links lead to, by page."""
    found: dict[str, set[str]] = defaultdict(set)
    for rendered in site.pages:
        for link in _LINK.findall(rendered.html):
            split = urlsplit(unescape(link))
            if split.fragment and not split.scheme and not split.netloc:
                address = addresses.target(rendered.page.address, split.path) if split.path else rendered.page.address
                found[address] |= {split.fragment, unquote(split.fragment)}
    return found


def _links_from(page: Page, site: Site) -> Callable[[str], str]:
    """Return what rewrites a page's links: to another page's file, or to a file; others stay as they are."""
    files = {*site.attachments, *site.files, *(_file(rendered.page) for rendered in site.pages)}

    def link(target: str) -> str:
        split = urlsplit(target)
        if split.scheme or split.netloc or not split.path:
            return target
        address = addresses.target(page.address, split.path)
        for file in (address, f"{address}index.md"):
            if file in files:
                fragment = f"#{unquote(split.fragment)}" if split.fragment else ""
                return addresses.relative(page.address, file + fragment)
        return target

    return link
