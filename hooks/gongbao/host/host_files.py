"""What MkDocs makes of a site: pages of ``docs/``, the theme's files, and those pages of ours that it has to make."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Section

from ..archive import addresses
from ..metadata.cleaning import PICTURES, without_metadata
from ..output import Keys, Output, Put
from ..pages.dating import last_change
from ..pages.navigation import Item, navigation
from ..pages.page import Page
from ..problems.problem import Problem
from ..rendering.edition import Edition
from ..rendering.rendered import Rendered
from ..rendering.renderer import Unbuildable
from ..site.files import files_in
from . import frame, handwritten
from .hosted_page import HostedPage


def host_output(folder: Path) -> Output:
    """Return what MkDocs has put into a folder as an output. Pictures are published without metadata."""

    def keys() -> Keys:
        return {name: hashlib.sha256(_published(folder / name)).digest() for name in files_in(folder)}

    def make(due: Collection[str], put: Put) -> None:
        for name in due:
            path = folder / name
            put(name, _published(path) if path.suffix.lower() in PICTURES else path)

    return Output(keys, make)


def _published(path: Path) -> bytes:
    data = path.read_bytes()
    return without_metadata(data) if path.suffix.lower() in PICTURES else data


@dataclass
class HostedPages:
    """Our pages as MkDocs knows them.

    It has to know those of the menus, and to make those that hand-written pages link to. Where another plugin or hook
    takes part in pages, MkDocs makes all of them.
    """

    config: MkDocsConfig
    edition: Edition
    menus: Sequence[Item] = field(init=False)
    titles: Mapping[str, str] = field(init=False)
    linked: Collection[str] = field(init=False)
    in_menus: dict[str, HostedPage] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.menus = navigation(self.edition.archive)
        self.titles = dict(_titles(self.menus))
        self.linked = handwritten.linked(self.config)
        self.foreseen = frame.foreseen(self.config)

    def files(self) -> Iterator[File]:
        """Yield the files of the pages that MkDocs has to know."""
        for page in self.edition.pages:
            if page.framed and (page.address in self.titles or self._is_by_host(page)):
                yield self.hosted(page).file

    def hosted(self, page: Page, rendered: Rendered | None = None) -> HostedPage:
        """Return a page as MkDocs has pages; it is rendered when it is read, unless it is ``rendered`` already."""
        changes = self.edition.publishing.changes
        file = File.generated(self.config, f"{page.address}index.md", content="", inclusion=InclusionLevel.NOT_IN_NAV)
        if page.source:
            file.edit_uri = f"../{page.source}"  # edit_uri leads to docs/, the records lie beside it
        return HostedPage(
            page,
            lambda: rendered or self._rendered(page),
            file,
            self.config,
            menu_title=self.titles.get(page.address, page.title),
            date=last_change(page, changes),
            changed=changes.get(page.source, ""),
        )

    def in_place(self, page: Page, rendered: Rendered) -> HostedPage:
        """Return a rendered page where it hangs in the menus."""
        known = self.in_menus.get(page.address)
        hosted = known or self.hosted(page, rendered)
        hosted.rendered = lambda: rendered
        self._hang(hosted)
        return hosted

    def take(self, files: Files) -> None:
        """Take from MkDocs all pages but those that it has to make."""
        for file in list(files.documentation_pages()):
            hosted = file.page
            if isinstance(hosted, HostedPage):
                hosted.previous_page = hosted.next_page = None  # the order of a menu is none for readers
                self.in_menus[hosted.address] = hosted
        for hosted in self.in_menus.values():
            if self._is_by_host(hosted.page):
                self._hang(hosted)
            else:
                files.remove(hosted.file)

    def _is_by_host(self, page: Page) -> bool:
        names = {f"{page.address}index.md", f"{page.address}index.html"}
        return not self.foreseen or page.address == addresses.HOME or not names.isdisjoint(self.linked)

    def _rendered(self, page: Page) -> Rendered:
        rendered = self.edition.renderer.render(page)
        if isinstance(rendered, Problem):
            raise Unbuildable([rendered])
        return rendered

    def _hang(self, hosted: HostedPage) -> None:
        """Hang a page that is in no menu below the menu entry above it, so that the menu shows where it is."""
        crumbs = hosted.page.crumbs
        if hosted.parent is None and hosted.address not in self.titles and crumbs:
            above = self.in_menus.get(crumbs[-1][1])
            hosted.parent = above.parent if above and isinstance(above.parent, Section) else None
            hosted.menu_key = (hosted.parent or (above and above.address), hosted.file.url.count("/"))


def menu(items: Iterable[Item]) -> list[Any]:
    """Write menus as MkDocs' configuration has them."""
    return [_entry(item) for item in items]


def _entry(item: Item) -> dict[str, Any]:
    page, title = f"{item.address}index.md", escape(item.title)
    if not item.below:
        return {title: page}
    index = [page] if item.address else []
    return {title: [*index, *menu(item.below)]}


def _titles(menus: Iterable[Item]) -> Iterator[tuple[str, str]]:
    for item in menus:
        if item.address or not item.below:
            yield item.address, item.title
        yield from _titles(item.below)
