"""The table of contents of a page: what the frame shows of the page's headings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from mkdocs.structure.pages import Page as HostPage
from mkdocs.structure.toc import AnchorLink

_DEEPEST = 3  # the lowest level of headings that is shown


class ContentsEntry(NamedTuple):
    """A heading: its title as HTML, its address on the page, and the headings below it."""

    title: str
    url: str
    below: tuple[ContentsEntry, ...]


@dataclass(frozen=True)
class Contents:
    """The headings of a page below its title."""

    entries: tuple[ContentsEntry, ...]

    @property
    def branches(self) -> bool:
        """Whether there is more than a single heading, so that a list beside the page helps."""
        return len(self.entries) > 1 or any(entry.below for entry in self.entries)


def contents_of(page: HostPage | None) -> Contents:
    """Return the table of contents of a page; it is empty for what is no page, such as the page of an error 404."""
    links = list(page.toc) if page else []
    if links and links[0].level == 1:
        links = links[0].children
    return Contents(_entries(links))


def _entries(links: Iterable[AnchorLink]) -> tuple[ContentsEntry, ...]:
    return tuple(
        ContentsEntry(link.title, link.url, _entries(link.children) if link.level < _DEEPEST else ()) for link in links
    )
