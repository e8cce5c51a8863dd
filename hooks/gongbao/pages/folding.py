"""What a long page folds: its reader opens it with a click, without script too."""

from __future__ import annotations

from collections.abc import Iterable

from ..records.record import Record

ROOM = 3000  # characters of full text that stand open on a page: about six screens of a phone
OF_FIGURE = 60  # what a figure takes, in characters of text


def open_texts(records: Iterable[Record]) -> frozenset[str]:
    """Return the ids of the records whose texts stand open on a page with the full text of all: the first ones."""
    room, found = ROOM, []
    for record in records:
        found.append(record.id)
        room -= len(record.text) + OF_FIGURE * len(record.figures)
        if room < 0:
            break
    return frozenset(found)
