"""What a site consists of: outputs, each some files with what they depend on and how they are made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

FileContent = bytes | Path  # a file's bytes, or another file that has them
Put = Callable[[str, FileContent], None]  # puts a file, by its name, into the site that is being built
Keys = Mapping[str, bytes]


@dataclass(frozen=True)
class Output:
    """Files of a site that are made in one way.

    ``keys`` returns, by each file's name from the site's folder (``data/records.json``), a digest of all that the file
    depends on: the same key means the same bytes. ``make`` is given the names of the files that have to be made, and
    puts each of them and no other. ``begin`` starts what is made beside all other work, as the search's index is;
    ``stop`` ends it where the build fails.
    """

    keys: Callable[[], Keys]
    make: Callable[[Collection[str], Put], None]
    begin: Callable[[], None] = lambda: None
    stop: Callable[[], None] = lambda: None

    @property
    def names(self) -> list[str]:
        """The names of the files."""
        return [*self.keys()]

    @classmethod
    def nothing(cls) -> Output:
        """Return an output without files."""
        return cls(dict, _make_nothing)

    @classmethod
    def of(cls, names: Iterable[str], key: bytes, make: Callable[[Collection[str], Put], None]) -> Output:
        """Return an output of files that depend on the same things."""
        keys = dict.fromkeys(names, key)
        return cls(lambda: keys, make)


def _make_nothing(due: Collection[str], put: Put) -> None:
    del due, put


def file_name(address: str) -> str:
    """Return the name of the file that a browser gets at an address of the site."""
    return f"{address}index.html" if not address or address.endswith("/") else address
