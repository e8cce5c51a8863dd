"""Whether a site tells something else of what it told before. What is said to be corrected or withdrawn may differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..data.rows import Row
from .site_data import SiteFiles
from .site_tables import STATED


def changed_past(before: SiteFiles, now: SiteFiles) -> str:
    """Return the id of a record that states something else than before without a word, or an empty text."""
    withdrawn = {row["record"] for row in now.tables["tombstones"]}
    earlier = _corrections(before)
    corrected = {record for record, count in _corrections(now).items() if count > earlier[record]}
    return next((record for record in _changes(before, now) if record not in corrected | withdrawn), "")


def _corrections(files: SiteFiles) -> Counter[str]:
    return Counter(row["record"] for row in files.tables["corrections"])


def _changes(before: SiteFiles, now: SiteFiles) -> Iterator[str]:
    for table, columns in STATED.items():
        there = Counter(_stated(row, columns) for row in now.tables[table])
        told = Counter(_stated(row, columns) for row in before.tables[table])
        yield from (record for record, *_ in told - there)  # what is new changes nothing


def _stated(row: Row, columns: tuple[str, ...]) -> tuple[str, ...]:
    return (row["record"], *(row[column] for column in columns))
