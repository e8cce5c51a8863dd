"""What a long page folds: its reader opens it with a click, without script too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..records.record import Record

ROOM = 2200  # characters of full text that stand open on a page: about five screens of a phone
OF_FIGURE = 60  # what a figure takes, in characters of text

NEWEST = 6  # rows of a table of periods that stand open
FEW = 2  # so many more are no reason to fold them
TOGETHER = 20  # units that one click opens: a phone takes a tenth of a second to lay out their points

_Foldable = TypeVar("_Foldable")


@dataclass(frozen=True)
class Opened(Generic[_Foldable]):
    """The rows of a table: those that stand open, and those that are folded."""

    shown: tuple[_Foldable, ...]
    folded: tuple[_Foldable, ...]


def opened(rows: Sequence[_Foldable], most: int) -> Opened[_Foldable]:
    """Part rows; the first ``most`` stand open."""
    until = most if len(rows) > most + FEW else len(rows)
    return Opened(tuple(rows[:until]), tuple(rows[until:]))


def together(of_units: Sequence[_Foldable]) -> list[Sequence[_Foldable]]:
    """Part what belongs to many units into groups that are opened one by one, equally long but for one."""
    count = -(-len(of_units) // TOGETHER)
    size = -(-len(of_units) // max(1, count))
    return [of_units[at * size : (at + 1) * size] for at in range(count)]


def open_texts(records: Iterable[Record]) -> frozenset[str]:
    """Return the ids of the records whose texts stand open on a page with the full text of all: the first ones.

    At least one does.
    """
    room = ROOM
    found: list[str] = []
    for record in records:
        taken = len(record.text) + OF_FIGURE * len(record.figures)
        if found and taken > room:
            break
        found.append(record.id)
        room -= taken
    return frozenset(found)
