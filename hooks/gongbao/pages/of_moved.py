"""The pages at former addresses: each leads to where its content is now, and needs no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..archive import addresses
from ..archive.filing import Archive
from ..archive.succession import moved
from ..problems.catalogue import label
from .page import Page


def moved_pages(archive: Archive, pages: Iterable[Page]) -> Iterator[Page]:
    """Yield a page for each earlier id of a record, and for each published address that an alias leads on from.

    ``pages`` are all others of the site.
    """
    at = {page.address: page for page in pages}
    leading = {
        addresses.former_record(alias): addresses.record(record)
        for record in (*archive.records, *archive.withdrawn)
        for alias in record.aliases
    }
    leading |= {former: now for former, now in moved(archive, at.keys()) if former.endswith("/")}
    for former, now in leading.items():
        yield _moved_page(archive, former, at[now])


def _moved_page(archive: Archive, address: str, target: Page) -> Page:
    def view() -> dict[str, str]:
        return {"name": target.title, "target": target.address, "lead": lead}

    language = archive.vocabulary.language
    title, lead = label("moved-title", language), label("moved", language)
    return Page(address, "moved.html", title, view, canonical=target.address, framed=False)
