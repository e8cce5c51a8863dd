"""The register (报送情况): who has reported in each half, late, or not."""

from __future__ import annotations

from collections.abc import Iterator

from ..archive import addresses
from ..archive.derived import Derived
from ..problems.catalogue import label
from .page import Page, crumbs

_SIGNS = {"reported": "done", "late": "partly", "missing": "overdue"}  # a report's state looks like such a promise's


def register_pages(derived: Derived) -> Iterator[Page]:
    """Yield the register, newest half first; nothing where no unit says that it reports."""
    if not derived.register:
        return
    archive, language = derived.archive, derived.archive.vocabulary.language
    title, lead = label("register", language), label("register-lead", language)
    halves, way = tuple(reversed(derived.register)), crumbs(archive)
    view = {"halves": halves, "signs": _SIGNS}
    yield Page(addresses.REGISTER, "register.html", title, lambda: view, lead, way, records=archive.records)
