"""The register (报送情况): who has reported in each half, late, or not."""

from __future__ import annotations

from collections.abc import Iterator

from ..archive import addresses
from ..archive.derived import Books
from ..problems.catalogue import label
from .page import Page, crumbs


def register(books: Books) -> Iterator[Page]:
    """Yield the register, newest half first; nothing where no unit says that it reports."""
    if not books.register:
        return
    archive, language = books.archive, books.archive.vocabulary.language
    title, lead = label("register", language), label("register-lead", language)
    halves, way = tuple(reversed(books.register)), crumbs(archive)
    yield Page(
        addresses.REGISTER, "register.html", title, lambda: {"halves": halves}, lead, way, records=archive.records
    )
