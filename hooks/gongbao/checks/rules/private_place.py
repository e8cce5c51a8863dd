"""``private.place``: a picture whose file tells where it was taken."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator

from ...problems.problem import Problem
from ...records.record import Record
from ..case import problem_at


def check(record: Record, placed: Collection[str]) -> Iterator[Problem]:
    """Find the pictures beside a record that are among ``placed``, the paths of those that tell a place."""
    for path in record.attachments:
        if path in placed:
            yield problem_at(record, "private.place", ("body",), posixpath.basename(path))
