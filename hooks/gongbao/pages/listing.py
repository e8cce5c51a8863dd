"""The list of all topics, or of all units: the page of each, its number of records, and their time."""

from __future__ import annotations

from collections.abc import Sequence

from ..archive.filing import Archive
from ..records.periods import Period
from ..records.record import Record
from ..records.wordlists import Topic, Unit
from .page import Page, crumbs

DatedSpan = tuple[Period | None, Period | None]  # the first and the last dated period
# The topic or unit, its page, its number of records, and their time.
ListingLine = tuple[Topic | Unit, str, int, DatedSpan]


def listing_page(archive: Archive, address: str, title: str, description: str, lines: Sequence[ListingLine]) -> Page:
    """Return the page of a list."""
    view = {"listed": lines}
    return Page(address, "listing.html", title, lambda: view, description, crumbs(archive), records=archive.records)


def listing_line(entry: Topic | Unit, address: str, records: Sequence[Record]) -> ListingLine:
    """Return the line of a topic or unit with these records."""
    return entry, address, len(records), dated_span(records)


def dated_span(records: Sequence[Record]) -> DatedSpan:
    """Return the first and the last dated period of some records."""
    dated = (record.period for record in records if record.period.year is not None)
    from_the_end = (record.period for record in reversed(records) if record.period.year is not None)
    return next(dated, None), next(from_the_end, None)
