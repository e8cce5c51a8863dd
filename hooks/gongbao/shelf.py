"""Values put aside on disk while a build goes on: what is made first and written last would otherwise fill the memory.

The pages of 20,000 records are half a gigabyte. No page may be written while another may still turn out to be broken,
so that all of them have to be held until then.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any


class Shelf:
    """A file that has no name and is gone with the process; those that are forked later can take from it too."""

    def __init__(self, folder: Path | None) -> None:
        self._file = TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - open as long as the shelf is there
        self._end = 0

    def put(self, packed: bytes) -> Callable[[], Any]:
        """Put a value aside that `pack` has packed; return what gives it back, as often as it is asked."""
        start, self._end = self._end, self._end + len(packed)
        self._file.seek(start)
        self._file.write(packed)
        return lambda: self._take(start, len(packed))

    def _take(self, start: int, length: int) -> Any:
        if hasattr(os, "pread"):  # processes that share a file share its place in it
            return pickle.loads(os.pread(self._file.fileno(), length, start))
        self._file.seek(start)
        return pickle.loads(self._file.read(length))


def pack(value: object) -> bytes:
    """Pack a value for a shelf, in whatever process it was made."""
    return pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
