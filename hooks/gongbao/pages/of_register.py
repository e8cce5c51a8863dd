"""The register (报送情况): the units that have reported in each half, on time or late, and those that have not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..archive import addresses
from ..archive.derived import Derived
from ..archive.filing import grouped
from ..archive.register import RegisterHalf, Report
from ..problems.catalogue import label
from .by_year import pages_by_year
from .page import Page, View, crumbs

LONGEST = 150  # reports on one page of ten screens of a phone

_SIGNS = {
    "reported": "done",
    "late": "partly",
    "missing": "overdue",
}  # each state of a report has the sign of a promise's status


def register_pages(derived: Derived) -> Iterator[Page]:
    """Yield the register, newest half first; nothing if no unit has to report."""
    if not derived.register:
        return
    archive, language = derived.archive, derived.archive.vocabulary.language
    title, lead = label("register", language), label("register-lead", language)
    page = Page(addresses.REGISTER, "register.html", title, dict, lead, crumbs(archive), records=archive.records)
    halves = reversed(derived.register)
    years = grouped((half.period.year_name, (half, report)) for half in halves for report in half.reports)
    yield from pages_by_year(page, years, LONGEST, _show, lambda _: archive.records, language)


def _show(reports: Sequence[tuple[RegisterHalf, Report]], year: str) -> View:
    """Return the halves of these reports. A page shows all reports of a half, or none."""
    del year
    return {"halves": list({half.period: half for half, _ in reports}.values()), "signs": _SIGNS}
