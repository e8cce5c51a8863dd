"""``form.attachment``: a file beside a record to which no record links."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from ...archive.addresses import link_target
from ...problems.problem import Problem
from ..case import Case, problem_at
from ..targets import escaped, linked_path, links_of


def check(case: Case) -> Iterator[Problem]:
    """Find each attachment that no record's text links to or shows."""
    if not any(record.attachments for record in case.archive.records):
        return
    links = [(record, link.address) for record in case.archive.records for link in links_of(record)]
    used = {linked_path(record, address) for record, address in links}
    used |= {link_target(record.content_path, unquote(address)) for record, address in links}  # `form.link` tells it
    for record in case.archive.records:
        for path in record.attachments:
            if path not in used:
                name = posixpath.basename(path)
                yield problem_at(record, "form.attachment", ("body",), name, address=escaped(name))
