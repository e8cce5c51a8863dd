"""What the search's index costs by itself: all of it, and again after one record has changed."""

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
    """Seconds of wall clock for the whole index, and again after one record was edited."""

    whole: float
    again: float


def seconds_to_index(folder: Path, edit: Edit) -> Indexed:
    """Make the index of a corpus in a new folder beside it, from nothing; then again after an edit, which is undone."""
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
