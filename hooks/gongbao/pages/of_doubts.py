"""The page of figures in doubt (存疑的数): all published figures that do not add up, newest period first."""

from __future__ import annotations

from collections.abc import Iterator

from ..archive import addresses
from ..archive.derived import Derived
from ..problems.catalogue import label
from .page import Page, View, crumbs


def doubts_page(derived: Derived) -> Iterator[Page]:
    """Yield the page, also where no figure is in doubt now, since addresses stay.

    Nothing where no record has figures, and the page was not published before.
    """
    archive, language = derived.archive, derived.archive.vocabulary.language
    if addresses.DOUBTS not in archive.published and not any(record.figures for record in archive.records):
        return
    title, lead = label("doubts", language), label("doubts-lead", language)

    def view() -> View:
        found = [(period, derived.doubts_of(archive.of_period(period))) for period in reversed(archive.periods)]
        return {"periods": [(period, those) for period, those in found if those]}

    records = tuple(record for record in archive.records if record.id in derived.doubts)
    above = [(label("figures", language), addresses.FIGURES)] if derived.measured else []
    yield Page(addresses.DOUBTS, "doubts.html", title, view, lead, crumbs(archive, *above), records=records)
