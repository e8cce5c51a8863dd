"""The page of every correction and every withdrawal (更正与撤回)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ..archive import addresses
from ..archive.filing import Archive, grouped
from ..archive.ordering import records_in_order
from ..problems.catalogue import label
from ..records.dates import Date
from ..records.periods import UNDATED
from ..records.record import Correction, Record
from .by_year import pages_by_year
from .page import Page, View, crumbs

LONGEST = 60  # notices on one page of ten screens of a phone


@dataclass(frozen=True)
class Notice:
    """One event of one record on one day: a correction, or a withdrawal (``correction`` is None)."""

    record: Record
    date: Date
    correction: Correction | None


def corrections_pages(archive: Archive) -> Iterator[Page]:
    """Yield the pages of the list, newest first. There is a page for an empty list too.

    Records of one day stand in the archive's order. The last correction that a record names stands before its others.
    A date without a known year stands last. A withdrawn record shows its withdrawal and no correction.
    """
    notices: list[Notice] = []
    corrected = (record for record in archive.records if record.corrections)
    for record in records_in_order((*corrected, *archive.withdrawn), archive.vocabulary):
        if record.withdrawn:
            notices.append(Notice(record, record.withdrawn.date, None))
        else:
            notices += [Notice(record, one.date, one) for one in reversed(record.corrections)]
    notices.sort(key=lambda notice: notice.date.first or date.min, reverse=True)
    language = archive.vocabulary.language
    page = Page(
        addresses.CORRECTIONS,
        "corrections.html",
        label("corrections-page", language),
        dict,
        label("corrections-lead", language),
        crumbs(archive),
        records=_records(notices),
    )
    years = grouped((f"{one.date.first.year:04}" if one.date.first else UNDATED, one) for one in notices)
    yield from pages_by_year(page, years, LONGEST, _show, _records, language)


def _show(notices: Sequence[Notice], year: str) -> View:
    del year
    return {"notices": notices}


def _records(notices: Sequence[Notice]) -> tuple[Record, ...]:
    return tuple({notice.record.id: notice.record for notice in notices}.values())
