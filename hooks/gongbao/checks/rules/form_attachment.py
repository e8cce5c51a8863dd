"""``form.attachment``: a file beside a record to which no record links."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from ...problems.problem import Problem
from ..case import Case, problem_at
from ..targets import linked_path, links_of


def check(case: Case) -> Iterator[Problem]:
    """Find each attachment that no record's text links to or shows."""
    if not any(record.attachments for record in case.archive.records):
        return
    used = {linked_path(record, link.address) for record in case.archive.records for link in links_of(record)}
    for record in case.archive.records:
        for path in record.attachments:
            if path not in used:
                yield problem_at(record, "form.attachment", ("body",), posixpath.basename(path))
