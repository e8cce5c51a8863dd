"""A page of ours as MkDocs has pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from copy import copy
from urllib.parse import urlsplit

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page as HostPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from ..archive import addresses
from ..pages.page import Page
from ..problems.catalogue import Language, label
from ..publishing.publication import description
from ..rendering.rendered import Heading, Rendered

UNKNOWN_DAY = "1970-01-01"  # MkDocs stamps the packed sitemap with its newest page's day, and without one with now


class HostedPage(HostPage):
    """A page of ours that MkDocs neither reads nor converts: ``rendered`` gives what was made of it.

    ``menu_title`` is what the menus call it; ``date`` is for the sitemap, ``changed`` for the reader (both
    ``2014-05-09``, or empty where it is not known). ``parts``, where set, are marks for the parts of a frame that
    are filled in later: see `framing`. What the theme prints as it is, is escaped here.
    """

    def __init__(
        self,
        page: Page,
        rendered: Callable[[], Rendered],
        file: File,
        config: MkDocsConfig,
        *,
        menu_title: str,
        date: str,
        changed: str,
    ) -> None:
        super().__init__(escape(menu_title), file, config)
        self.page, self.rendered = page, rendered
        self.made = Rendered()
        if page.canonical and config.site_url:
            self.canonical_url = addresses.absolute(config.site_url, page.canonical)
        self.date = date
        self.update_date = date or UNKNOWN_DAY
        self.changed = changed
        self.parts: Mapping[str, str] | None = None
        # For a page that is in no menu: the section or else the address that it hangs below, and how deep it lies.
        self.menu_key: tuple[StructureItem | str | None, int] | None = None
        self.language: Language = config.theme["language"]

    def _set_canonical_url(self, base: str | None) -> None:
        """Set what MkDocs sets here, in a tenth of its time: our addresses lie below the site's, without ``..``."""
        below = f"{base.rstrip('/')}/" if base else ""
        self.canonical_url = below + self.url if base else None
        self.abs_url = urlsplit(below).path + self.url if base else None

    @property
    def address(self) -> str:
        """The page's address in the site."""
        return self.page.address

    @property
    def tab(self) -> HostPage | Section | None:
        """The entry at the top of the menu that the page hangs below, or itself where it is one."""
        top: HostPage | Section | None = self
        while top is not None and top.parent is not None:
            top = top.parent
        return top

    @property
    def kind(self) -> tuple[object, ...]:
        """What decides the page's frame: how deep it lies (see `frame.way_to`), and which parts it has."""
        page = self.page
        present = (self.made.is_headed, page.source, page.title, description(page), self.changed)
        return (page.address == addresses.HOME, page.address.count("/"), *map(bool, present))

    def marked(self, marks: Mapping[str, str], of_meta: Collection[str], own: Mapping[str, str]) -> HostedPage:
        """Return the page with marks in place of what it says, where it says anything."""
        marked = copy(self)
        marked.parts = marks
        marked.meta = {name: marks[name] if name in of_meta and value else value for name, value in self.meta.items()}
        for name, attribute in own.items():
            if getattr(self, attribute):
                setattr(marked, attribute, marks[name])
        return marked

    def read_source(self, config: MkDocsConfig) -> None:
        """Set what MkDocs would read from a file."""
        del config
        page = self.page
        self.made = self.rendered()
        self.markdown = ""
        self.meta = {
            "title": escape(page.title),
            "description": escape(description(page)),
            "head": self.made.head,
            "date_changed": self.date,
            "search": {"exclude": not page.full},
            "gongbao": True,
            "changed": label("changed", self.language, date=self.changed) if self.changed else "",
            "edit": label("edit", self.language),
            "hide": ["navigation"],  # a page leads on from within; the menu is for phones
        }
        if page.address == addresses.HOME:
            del self.meta["title"]  # a theme would put the site's name behind it, which is the same
            self.meta["hide"] = ["navigation", "toc"]

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Hand over the HTML that is there already."""
        del config, files
        self.content = self.made.html
        self.toc = TableOfContents(_nested(self.made.headings))
        self.present_anchor_ids = set(re.findall(r' id="([^"]+)"', self.made.html))


def _nested(headings: Iterable[Heading]) -> list[AnchorLink]:
    """Nest headings as MkDocs' table of contents wants them."""
    top: list[AnchorLink] = []
    open_links: list[AnchorLink] = []
    for heading in headings:
        link = AnchorLink(escape(heading.title), heading.anchor, heading.level)
        while open_links and open_links[-1].level >= heading.level:
            open_links.pop()
        (open_links[-1].children if open_links else top).append(link)
        open_links.append(link)
    return top
