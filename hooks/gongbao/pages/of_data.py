"""The page of the open data: its files, and the columns of the tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..archive import addresses
from ..archive.derived import Derived
from ..data.package import PACKAGE_FILE, RECORDS_FILE, table_rows
from ..data.rows import open_data
from ..data.table_columns import TABLES
from ..problems.catalogue import label
from .page import Page, View, crumbs


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file: its name, its title, its number of rows, and the columns of a table."""

    name: str
    title: str
    count: int | None = None
    columns: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        return addresses.data_file(self.name)


def data_pages(derived: Derived) -> Iterator[Page]:
    """Yield the page of the open data; nothing if there are none."""
    archive, language = derived.archive, derived.archive.vocabulary.language
    if not archive.has_data:
        return

    def view() -> View:
        published = open_data(derived)
        known = {"figures": published.figure_count, "commitments": len(published.archive.promises)}
        counts = {one.name: known.get(one.name) or sum(1 for _ in table_rows(one, published)) for one in TABLES}
        tables = (
            DataFile(one.file, label(f"data-{one.name}", language), counts[one.name], one.columns) for one in TABLES
        )
        files = (
            *tables,
            DataFile(RECORDS_FILE, label("data-records", language), len(published.archive.records)),
            DataFile(PACKAGE_FILE, label("data-package", language)),
        )
        site = archive.vocabulary.site
        return {
            "files": files,
            "licence": site.licence,
            "licence_url": site.licence_url,
            "figures": published.figure_count,
        }

    title, lead = label("data", language), label("data-lead", language)
    way = crumbs(archive)
    yield Page(addresses.DATA, "data.html", title, view, lead, way, records=archive.records, kind="data")
