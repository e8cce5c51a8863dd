"""The archive laid out as pages: all pages of a site. A function of its own makes each kind.

Templates get only the values that they show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..archive.bulletins import compose
from ..archive.derived import Derived
from ..archive.filing import Archive
from . import (
    of_comparison,
    of_corrections,
    of_data,
    of_doubts,
    of_figures,
    of_periods,
    of_plans,
    of_records,
    of_register,
    of_search,
    of_sites,
    of_topics,
    of_units,
    of_versions,
)
from .of_moved import moved_pages
from .page import Page


def lay_out(
    archive: Archive, first_seen: Mapping[str, str] | None = None, last_changed: Mapping[str, str] | None = None
) -> Iterator[Page]:
    """Yield every page of the site once. `Derived` says what ``first_seen`` and ``last_changed`` are."""
    pages = [*_present_pages(Derived(archive, first_seen or {}, last_changed or {}))]
    yield from pages
    yield from moved_pages(archive, pages)


def _present_pages(derived: Derived) -> Iterator[Page]:
    archive = derived.archive
    bulletins = {period: compose(derived, period) for period in archive.periods}
    yield of_periods.home_page(derived, bulletins)
    if archive.newest:
        yield of_periods.bulletin_page(derived, bulletins[archive.newest], latest=True)
    for year in archive.years:
        yield of_periods.year_page(archive, year, bulletins)
    for bulletin in bulletins.values():
        yield of_periods.bulletin_page(derived, bulletin)
        yield from of_periods.period_topic_pages(derived, bulletin)
    for record in (*archive.records, *archive.withdrawn):
        yield of_records.record_page(derived, record)
    yield from of_topics.topic_pages(derived)
    if archive.has_units:
        yield from of_units.unit_pages(derived)
    yield from of_figures.figure_pages(derived)
    yield from of_doubts.doubts_pages(derived)
    yield from of_comparison.comparison_pages(derived)
    yield from of_plans.ledger_pages(derived)
    yield from of_register.register_pages(derived)
    yield from of_sites.site_pages(derived)
    yield of_search.search_page(archive)
    yield from of_data.data_pages(derived)
    yield from of_corrections.corrections_pages(archive)
    yield from of_versions.version_pages(derived)
