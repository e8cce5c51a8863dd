"""The known name that is most like a wrong one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from difflib import get_close_matches


class Spellings:
    """Known names, among which the one is found that is most like a wrong one.

    Of more than `_ALL` names, only a few are compared that have the first or the last two characters of the wrong one:
    thousands of wrong words and thousands of names take no longer than they have to.
    """

    _ALL, _FEW, _LONGEST = 80, 20, 200

    def __init__(self, known: Collection[str]) -> None:
        self._folded = {other.casefold(): other for other in sorted(known, reverse=True)}
        self._ends: dict[tuple[int, str], list[str]] = defaultdict(list)
        if len(self._folded) > self._ALL:
            for name in self._folded:
                for end in _ends(name):
                    if len(self._ends[end]) < self._FEW:
                        self._ends[end].append(name)

    def near(self, name: str) -> str:
        """Return the known name that is most like ``name``, or an empty text if none is like it.

        Case and spaces do not count. Chinese words of two characters rarely reach the usual likeness of 0.6, so one
        shared character is enough for them.
        """
        wanted = name.strip().casefold()
        if len(wanted) > self._LONGEST:
            return ""
        likeness = 0.6 if wanted.isascii() else 0.5
        among = [one for end in _ends(wanted) for one in self._ends.get(end, ())] if self._ends else self._folded
        matches = get_close_matches(wanted, among, n=1, cutoff=likeness)
        return self._folded[matches[0]] if matches else ""


def _ends(name: str) -> tuple[tuple[int, str], tuple[int, str]]:
    return (0, name[:2]), (-1, name[-2:])


def near(name: str, known: Collection[str]) -> str:
    """Return the known name that is most like ``name``: see `Spellings`, which is better for many wrong names."""
    return Spellings(known).near(name)
