"""A version: the text of a record as it was once published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .record import Record

# Why a version's text is not shown: the program can't read it, it has personal data or something else that the gate
# refuses, or its record was withdrawn.
Unshown = Literal["unreadable", "private", "refused", "withdrawn", ""]


@dataclass(frozen=True)
class Version:
    """One version of a record: the first is the text at publication. The last is the present one.

    ``day`` is that of the commit that published it (``2014-05-09``, in the author's time zone); it is empty where
    nothing is committed yet. ``commit`` is the commit's place among all. ``record`` is the text as it was, at the
    record's present place, or None where it is not shown; ``unshown`` then says why.
    """

    number: int
    day: str
    commit: int
    record: Record | None
    unshown: Unshown = ""
