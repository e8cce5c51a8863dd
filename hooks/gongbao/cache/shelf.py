"""Values put aside on disk while a build goes on: what is made first and written last would otherwise fill the memory.

The pages of 20,000 records are half a gigabyte. No page may be written while another may still turn out to be broken,
so that all of them have to be held until then.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, TypeVar

T = TypeVar("T")


class Shelf:
    """A file that has no name and is gone with the process; from those that are forked later it can only be read."""

    def __init__(self, folder: Path | None) -> None:
        self._file = TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - open as long as the shelf is there
        self._end = 0

    def put(self, packed: bytes) -> Callable[[], Any]:
        """Put a value aside that `pack` has packed; return what gives it back, as often as it is asked."""
        start, length = self._end, len(packed)
        self._end += length
        self._file.seek(start)
        self._file.write(packed)
        return lambda: self._take(start, length)

    def _take(self, start: int, length: int) -> Any:
        if hasattr(os, "pread"):  # processes that share a file share its place in it
            return pickle.loads(os.pread(self._file.fileno(), length, start))
        self._file.seek(start)
        return pickle.loads(self._file.read(length))


class Shelved(Mapping[str, T]):
    """Values by name that lie on a shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._taken: dict[str, Callable[[], T]] = {}

    def put(self, name: str, value: T) -> None:
        """Put a value aside."""
        self._taken[name] = self._shelf.put(pack(value))

    def put_all(self, values: Mapping[str, T]) -> None:
        """Put values aside."""
        for name, value in values.items():
            self.put(name, value)

    def __getitem__(self, name: str) -> T:
        return self._taken[name]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._taken)

    def __len__(self) -> int:
        return len(self._taken)


def pack(value: object) -> bytes:
    """Pack a value for a shelf, in whatever process it was made."""
    return pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
