"""Which periods ``periods.yml`` has held back from publication, commit by commit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Set

from ..git.past import Past
from ..records.periods import Period
from ..records.wordlists import PeriodEntry
from .parsing import read_word_list

_PERIODS = "periods.yml"
FetchBlobs = Callable[[Collection[str]], Mapping[str, bytes]]  # gives the contents of blobs that there are, by name
PeriodLists = Mapping[str, tuple[PeriodEntry, ...]]  # what could be read of ``periods.yml``, by the blob's name


class Holding:
    """Which periods ``periods.yml`` held back, from commit to commit.

    ``present`` is what the list says now. ``known`` are the earlier ``lists`` that have been read; others are fetched.
    """

    def __init__(self, past: Past, present: Iterable[PeriodEntry], fetch: FetchBlobs, known: PeriodLists) -> None:
        changes = [change for change in past.changes if change.path == _PERIODS]
        self.lists = _read_lists({change.blob for change in changes if change.blob}, fetch, known)
        self._from: list[int] = [-1]
        self._held: list[Collection[Period]] = [()]
        self.announced: dict[Period, int] = {}  # the commit at which each period was first said to be published
        for change in changes:
            if not change.blob or change.blob in self.lists:  # a list that nobody could read published nothing
                self._note(change.commit, self.lists.get(change.blob, ()))
        self._note(len(past.days), present)

    def _note(self, commit: int, entries: Iterable[PeriodEntry]) -> None:
        entries = [one for one in entries if one.unit is None]
        self._from.append(commit)
        for one in entries:
            if one.published:
                self.announced.setdefault(one.period, commit)
        self._held.append({one.period for one in entries if one.published is None})

    def published(self, period: Period, start: int, end: int) -> int | None:
        """Return the first commit in ``[start, end)`` at which a period was published, or None."""
        at = bisect_right(self._from, start) - 1
        if period not in self._held[at]:
            return start
        for commit, held in zip(self._from[at + 1 :], self._held[at + 1 :], strict=True):
            if commit >= end:
                break
            if period not in held:
                return commit
        return None


def _read_lists(blobs: Set[str], fetch: FetchBlobs, known: PeriodLists) -> PeriodLists:
    lists = {blob: known[blob] for blob in blobs if blob in known}
    for blob, data in fetch(sorted(blobs - lists.keys())).items():
        entries, _, _ = read_word_list(data, _PERIODS, tuple[PeriodEntry, ...])
        if entries is not None:
            lists[blob] = entries
    return lists
