"""``form.attachment``: a file beside a record to which no record links."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from ...archive.addresses import link_target
from ...problems.problem import Problem
from ..case import Case, problem_at
from ..passages import Hit, body_of, problem_in
from ..targets import escaped, linked_path, links_of
from .form_link import LOCAL


def check(case: Case) -> Iterator[Problem]:
    """Find each attachment that no record's text links to or shows."""
    if not any(record.attachments for record in case.archive.records):
        return
    links = [(record, link.address) for record in case.archive.records for link in links_of(record)]
    used = {linked_path(record, address) for record, address in links}
    used |= {link_target(record.content_path, unquote(address)) for record, address in links}  # `form.link` tells it
    named = {(record.path, re.split(r"[\\/]", address)[-1]) for record, address in links if LOCAL.match(address)}
    for record in case.archive.records:
        for path in record.attachments:
            if path not in used and (record.path, posixpath.basename(path)) not in named:
                name = posixpath.basename(path)
                values = {"address": escaped(name)}
                body = body_of(record)
                at = body.prose.find(name)
                if (
                    at >= 0
                    and body.text[at - 1 : at] not in ("[", "(", "（")
                    and body.text[at + len(name) :][:1] != "]"
                ):
                    link = f"[{name}]({escaped(name)})"
                    told = (*values.items(), ("suggestion", link))
                    yield problem_in(
                        body_of(record), "form.attachment", Hit(at, at + len(name), name, told, link, True)
                    )
                else:
                    yield problem_at(record, "form.attachment", ("body",), name, **values)
