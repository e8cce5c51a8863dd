"""One edition of a site: an archive laid out as pages, with the key of each page and the renderer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import localcontext
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

from ..archive.filing import Archive
from ..cache.store import load, save
from ..git.history import History
from ..pages.layout import lay_out
from ..pages.page import Page
from ..publishing.attachments import attachment_paths
from ..publishing.publication import Publishing
from ..records.fields import PRECISION
from .keys import PageKeys
from .renderer import Renderer
from .template_files import read_templates
from .texts import Texts

_KEYS = "pages"  # the file in the cache
# Whether a page has a document at this address that was made from a page with the key that is returned when asked.
HasDocument = Callable[[Page, str, Callable[[], bytes]], bool]


@dataclass(frozen=True)
class Edition:
    """A site before any output of it is made. ``cache`` is a folder that the next run finds."""

    publishing: Publishing
    site_url: str
    pages: tuple[Page, ...]
    page_keys: PageKeys
    renderer: Renderer
    history: History
    cache: Path

    @cached_property
    def keys(self) -> Mapping[str, bytes]:
        """The key of each page by its address: a digest of everything that the page shows.

        If nothing has changed that a page shows, they are those of the last run. They take so long that they are made
        when somebody asks: a build begins with the search's index before.
        """
        with localcontext(prec=PRECISION):
            everything = self.page_keys.all_pages(self.pages, self.history.first)
            before = load(self.cache / _KEYS, KeptKeys)
            if before and before.everything == everything:
                return before.keys
            keys = {page.address: self.page_keys.page(page) for page in self.pages}
            save(self.cache / _KEYS, KeptKeys(everything, keys))
            return keys

    @cached_property
    def attachments(self) -> Mapping[str, str]:
        """The path in ``content/`` of every published attachment, by its address."""
        return attachment_paths(self.archive)

    @property
    def archive(self) -> Archive:
        """The archive that the site shows."""
        return self.publishing.archive

    @cached_property
    def data_key(self) -> bytes:
        """A digest of everything that the records show, of their versions, of the days of their changes, and of what
        was collected from other sites.
        """
        records = (*self.archive.records, *self.archive.withdrawn)
        versions = [
            (record.path, one.number, one.day, one.unshown)
            for record in records
            for one in self.archive.versions.get(record.path, ())
        ]
        collected = self.archive.collected.digest
        days = (sorted(self.history.first.items()), sorted(self.history.last.items()))
        return self.page_keys.of([self.page_keys.record(record) for record in records], versions, days, collected)

    def document_key(self, manuscript: Page) -> bytes:
        """Return a digest of everything that a document shows, by its page as the document has it."""
        return self.page_keys.page(manuscript)


class KeptKeys(NamedTuple):
    """The pages' keys of the last run by address, and one key of all pages."""

    everything: bytes
    keys: Mapping[str, bytes]


def make_edition(
    publishing: Publishing,
    site_url: str,
    templates: Iterable[Path],
    history: History,
    cache: Path,
    has_document: HasDocument | None = None,
) -> Edition:
    """Lay an archive out as pages.

    ``site_url`` is the site's address as pages have it, also in a preview. ``templates`` are folders whose templates
    take precedence over the program's own. ``cache`` is a folder that the next run finds.
    """
    archive = publishing.archive
    renderer = make_renderer(publishing, site_url, templates, cache)
    page_keys = PageKeys(publishing, site_url, renderer.templates, renderer.texts)
    pages = tuple(lay_out(archive, history.first, history.last))
    if has_document:
        pages = _with_documents(pages, page_keys, has_document)
    return Edition(publishing, site_url, pages, page_keys, renderer, history, cache)


def make_renderer(publishing: Publishing, site_url: str, templates: Iterable[Path], cache: Path) -> Renderer:
    """Return the renderer of an archive's pages. The parameters are those of `make_edition`."""
    return Renderer(publishing, read_templates(templates), Texts(publishing.archive), site_url, cache)


def _with_documents(pages: Sequence[Page], keys: PageKeys, has_document: HasDocument) -> tuple[Page, ...]:
    """Give the bulletins' pages, and the pages that repeat them, their documents."""
    there = {
        page.address: tuple(
            ("word" if address == page.word else "pdf", address)
            for address, shape in page.manuscripts.items()
            if has_document(page, address, partial(keys.page, shape))
        )
        for page in pages
        if page.word
    }
    return tuple(replace(page, documents=there.get(page.canonical or page.address, ())) for page in pages)
