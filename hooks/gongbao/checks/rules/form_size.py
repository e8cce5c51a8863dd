"""``form.size``: a file beside a record that is too large for readers to fetch."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from ...problems.problem import Problem
from ...records.record import Record
from ..case import problem_at

_MOST = 10_000_000  # bytes


def check(record: Record, sizes: Mapping[str, int]) -> Iterator[Problem]:
    """Find the files beside a record that are too large. ``sizes`` are in bytes, by path."""
    for path in record.attachments:
        if (size := sizes.get(path, 0)) > _MOST:
            written = posixpath.basename(path)
            yield problem_at(record, "form.size", ("body",), written, size=f"{size / 1_000_000:.1f}")
