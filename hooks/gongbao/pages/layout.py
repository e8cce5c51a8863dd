"""The archive laid out as pages: which pages there are. Each kind is made by one function of its own.

Templates get chosen values, never more than they show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..archive.bulletins import compose
from ..archive.derived import Books
from ..archive.filing import Archive
from . import (
    of_corrections,
    of_data,
    of_figures,
    of_periods,
    of_plans,
    of_records,
    of_register,
    of_search,
    of_topics_and_units,
)
from .page import Page


def lay_out(
    archive: Archive, first_seen: Mapping[str, str] | None = None, last_changed: Mapping[str, str] | None = None
) -> Iterator[Page]:
    """Yield every page of the site, each once; ``first_seen`` and ``last_changed`` are those of `Books`."""
    books = Books(archive, first_seen or {}, last_changed or {})
    bulletins = {period: compose(books, period) for period in archive.periods}
    yield of_periods.home(books, bulletins)
    if archive.newest:
        yield of_periods.bulletin(archive, bulletins[archive.newest], latest=True)
    for year in archive.years:
        yield of_periods.year(archive, year, bulletins)
    for bulletin in bulletins.values():
        yield of_periods.bulletin(archive, bulletin)
        yield from of_periods.topics(archive, bulletin)
    for record in (*archive.records, *archive.withdrawn):
        yield of_records.record(books, record)
        yield from (of_records.moved(archive, record, alias) for alias in record.aliases)
    yield from of_topics_and_units.topics(books)
    if archive.has_units:
        yield from of_topics_and_units.units(books)
    yield from of_figures.figures(books)
    yield from of_plans.plans(books)
    yield from of_register.register(books)
    yield of_search.search(archive)
    yield from of_data.data(books)
    yield of_corrections.corrections(archive)
