"""``form.size``: a file beside a record that is too large for readers to fetch."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from ...problems.problem import Problem
from ...records.record import Record
from ...records.vocabulary import Vocabulary
from ..case import problem_at

_MEGABYTE = 1_000_000  # bytes


def check(record: Record, vocabulary: Vocabulary, sizes: Mapping[str, int]) -> Iterator[Problem]:
    """Find the files beside a record that are too large. ``sizes`` are in bytes, by path; the limit is in megabytes."""
    limit = vocabulary.site.limit("form.size")
    for path in record.attachments:
        if (size := sizes.get(path, 0)) > limit * _MEGABYTE:
            values = {"size": f"{size / _MEGABYTE:.1f}", "limit": f"{limit:f}"}
            yield problem_at(record, "form.size", ("body",), posixpath.basename(path), **values)
