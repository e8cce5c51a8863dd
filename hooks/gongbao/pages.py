"""The archive laid out as pages: which pages there are. Each kind is made by one function of its own.

Templates get chosen values, never more than they show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from . import (
    correction_pages,
    data_pages,
    figure_pages,
    list_pages,
    period_pages,
    plan_pages,
    record_pages,
    register_pages,
    search_pages,
)
from .archive import Archive
from .books import Books
from .bulletins import compose
from .page import Page


def lay_out(
    archive: Archive, first_seen: Mapping[str, str] | None = None, last_changed: Mapping[str, str] | None = None
) -> Iterator[Page]:
    """Yield every page of the site, each once; ``first_seen`` and ``last_changed`` are those of `Books`."""
    books = Books(archive, first_seen or {}, last_changed or {})
    bulletins = {period: compose(books, period) for period in archive.periods}
    yield period_pages.home(books, bulletins)
    if archive.newest:
        yield period_pages.bulletin(archive, bulletins[archive.newest], latest=True)
    for year in archive.years:
        yield period_pages.year(archive, year, bulletins)
    for bulletin in bulletins.values():
        yield period_pages.bulletin(archive, bulletin)
        yield from period_pages.topics(archive, bulletin)
    for record in (*archive.records, *archive.withdrawn):
        yield record_pages.record(books, record)
        yield from (record_pages.moved(archive, record, alias) for alias in record.aliases)
    yield from list_pages.topics(books)
    if archive.has_units:
        yield from list_pages.units(books)
    yield from figure_pages.figures(books)
    yield from plan_pages.plans(books)
    yield from register_pages.register(books)
    yield search_pages.search(archive)
    yield from data_pages.data(books)
    yield correction_pages.corrections(archive)
