"""The time of the search's index by itself: of all of it, and of the part to be made after an edit."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from gongbao.search.index import Indexing

from .corpus import published
from .editing import Edit


@dataclass(frozen=True)
class Indexed:
    """Seconds of wall clock for the whole index, and for the index after an edit of one record."""

    whole: float
    again: float


def seconds_to_index(folder: Path, edit: Edit) -> Indexed:
    """Index a corpus in a new folder beside it, then again after an edit, and undo the edit. Return both times."""
    file = folder / edit.file
    before = file.read_bytes()
    kept = Path(mkdtemp(prefix="index-", dir=folder.parent))
    whole = _seconds(Indexing(published(folder), kept))
    try:
        edit.make(folder, "索引")
        again = _seconds(Indexing(published(folder), kept))
    finally:
        file.write_bytes(before)
    return Indexed(whole, again)


def _seconds(job: Indexing) -> float:
    start = time.perf_counter()
    job.begin()
    job.finish()
    return time.perf_counter() - start
