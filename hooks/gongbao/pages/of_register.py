"""The register (报送情况): the units that have reported in each half, on time or late, and those that have not."""

from __future__ import annotations

from collections.abc import Iterator

from ..archive import addresses
from ..archive.derived import Derived
from ..problems.catalogue import label
from .page import Page, crumbs

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
    halves, way = tuple(reversed(derived.register)), crumbs(archive)
    view = {"halves": halves, "signs": _SIGNS}
    yield Page(addresses.REGISTER, "register.html", title, lambda: view, lead, way, records=archive.records)
