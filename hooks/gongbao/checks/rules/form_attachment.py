"""``form.attachment``: a file beside a record that nobody links to."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from ...problems.problem import Problem
from ..case import Case, problem_at
from ..targets import linked_path, links_of


def check(case: Case) -> Iterator[Problem]:
    """Look for each attachment among what the records' texts link to and show."""
    if not any(record.attachments for record in case.archive.records):
        return
    used = {linked_path(record, link.address) for record in case.archive.records for link in links_of(record)}
    for record in case.archive.records:
        for path in record.attachments:
            if path not in used:
                yield problem_at(record, "form.attachment", ("body",), posixpath.basename(path))
