"""The page of every correction and every withdrawal (更正与撤回)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..archive import addresses
from ..archive.filing import Archive
from ..archive.ordering import records_in_order
from ..problems.catalogue import label
from ..records.dates import Date
from ..records.record import Correction, Record
from .page import Page, crumbs


@dataclass(frozen=True)
class Notice:
    """One event of one record on one day: a correction, or a withdrawal (``correction`` is None)."""

    record: Record
    date: Date
    correction: Correction | None


def corrections_page(archive: Archive) -> Page:
    """Return the page of the list, newest first. There is a page for an empty list too.

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
    return Page(
        addresses.CORRECTIONS,
        "corrections.html",
        label("corrections-page", language),
        lambda: {"notices": notices},
        label("corrections-lead", language),
        crumbs(archive),
        records=tuple({notice.record.id: notice.record for notice in notices}.values()),
    )
