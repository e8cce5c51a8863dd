"""``form.attachment``: a file beside a record to which no record links."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from ...archive.addresses import link_target
from ...problems.problem import Problem
from ...records.record import Record
from ..case import Case, problem_at
from ..passages import Hit, Passage, body_of, problem_in
from ..targets import PICTURE, escaped, is_local, linked_path, links_of, name_of_local_file

_IN_BRACKETS = re.compile(r"[\]】］](?![(（\[:：])")
# What a picture shows, below its name, which stands alone in its line: 图1 工会干部整理慰问品.
_CAPTION = re.compile(
    r"[ \t]*\n\s*[（(]?图(?:片|表)?[ \u3000]*[\d一二三四五六七八九十]{0,3}[ \u3000:：、.．]+"
    r"(?P<words>[^\[\]\n（）()]{2,60})[)）]?[ \t]*(?:\n|$)"
)


def check(case: Case) -> Iterator[Problem]:
    """Find each attachment that no record's text links to or shows."""
    if not any(record.attachments for record in case.archive.records):
        return
    links = [(record, link.address) for record in case.archive.records for link in links_of(record)]
    used = {linked_path(record, address) for record, address in links}
    used |= {link_target(record.content_path, unquote(address)) for record, address in links}  # `form.link` tells it
    named = {(record.path, name_of_local_file(address)) for record, address in links if is_local(address)}
    for record in case.archive.records:
        for path in record.attachments:
            name = posixpath.basename(path)
            if path not in used and (record.path, name) not in named:
                yield _unlinked(record, name)


def _begins_line(body: Passage, at: int) -> bool:
    return not body.text[body.text.rfind("\n", 0, at) + 1 : at].strip()


def _unlinked(record: Record, name: str) -> Problem:
    """Return the problem of a file; with a link in place of its name where the text tells that."""
    body, address = body_of(record), escaped(name)
    at, end = body.prose.find(name), body.prose.find(name) + len(name)
    if at > 0 and body.text[at - 1] in "[【［" and (behind := _IN_BRACKETS.match(body.text, end)):
        at, end = at - 1, end + len(behind[0])
    caption = _CAPTION.match(body.text, end) if at >= 0 and PICTURE.search(name) and _begins_line(body, at) else None
    if caption:
        shown = f"![{caption['words'].strip()}]({address})"
        values = (("address", address), ("suggestion", shown))
        return problem_in(body, "form.attachment", Hit(at, end, name, values, shown, safe=True))
    if at < 0 or body.text[at - 1 : at] in ("(", "（") or body.text[end : end + 1] == "]":
        return problem_at(record, "form.attachment", ("body",), name, address=address)
    link = f"[{name}]({address})"
    return problem_in(
        body, "form.attachment", Hit(at, end, name, (("address", address), ("suggestion", link)), link, safe=True)
    )
