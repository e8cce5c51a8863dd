"""The page of figures in doubt (存疑的数): all published figures that do not add up, newest period first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..archive import addresses
from ..archive.derived import Derived
from ..archive.filing import grouped
from ..problems.catalogue import label
from ..records.record import Record
from .by_year import pages_by_year
from .page import Page, View, crumbs

LONGEST = 40  # records on one page of ten screens of a phone


def doubts_pages(derived: Derived) -> Iterator[Page]:
    """Yield the pages, also where no figure is in doubt now, since addresses stay.

    Nothing where no record has figures, and the page was not published before.
    """
    archive, language = derived.archive, derived.archive.vocabulary.language
    if addresses.DOUBTS not in archive.published and not any(record.figures for record in archive.records):
        return
    title, lead = label("doubts", language), label("doubts-lead", language)

    def show(records: Sequence[Record], year: str) -> View:
        del year
        periods = dict.fromkeys(record.period for record in records)
        ordered = [(period, [one for one in reversed(records) if one.period == period]) for period in periods]
        return {"periods": [(period, derived.doubts_of(ours)) for period, ours in ordered]}

    doubted = [record for record in archive.records if record.id in derived.doubts]
    above = [(label("figures", language), addresses.FIGURES)] if derived.measured else []
    way = crumbs(archive, *above)
    page = Page(addresses.DOUBTS, "doubts.html", title, dict, lead, way, records=tuple(doubted))
    years = grouped((record.period.year_name, record) for record in reversed(doubted))
    yield from pages_by_year(page, years, LONGEST, show, tuple, language)
