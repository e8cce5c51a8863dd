"""What the search's index costs by itself: all of it, and again after one record has changed."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from gongbao.search_index import Indexing

from .corpus import published


@dataclass(frozen=True)
class Indexed:
    """Seconds of wall clock for the whole index, and for making the volume of the newest record again."""

    whole: float
    again: float


def seconds_to_index(folder: Path) -> Indexed:
    """Make the index of a corpus in a folder of its own, from nothing; then one volume, looking through the others."""
    archive = published(folder)
    with TemporaryDirectory() as kept:
        job = Indexing(archive, Path(kept))
        start = time.perf_counter()
        job.begin()
        job.finish()
        whole = time.perf_counter() - start
        (Path(kept) / job.volumes[0][1]).rename(Path(kept) / "gone")
        start = time.perf_counter()
        job.begin()
        job.finish()
        return Indexed(whole, time.perf_counter() - start)
