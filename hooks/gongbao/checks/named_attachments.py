"""``text.attachment``: a text that names an attachment, where the record has none and links to none."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from ..problems.problem import Problem
from ..records.record import Record
from ..records.vocabulary import Vocabulary
from .passages import Hit, body_of, problem_in
from .targets import links_of

_ENDING = r"\.(?:xlsx?|docx?|pptx?|wps|et|dps|pdf|csv|zip|rar|7z|jpe?g|png|mp4)(?![\w])"
_NUMBER = r"(?:\d{1,2}[.、．)）][ \u3000]*)"
_LINE = re.compile(
    r"^[ \u3000>*-]*附件? ?[\d一二三四五六七八九十]{0,2} ?[:：][ \u3000]*"
    rf"{_NUMBER}?(?P<name>[^\s\[!][^\n]{{0,80}}?(?P<ending>{_ENDING})?)[ 。；;]*$",
    re.MULTILINE | re.IGNORECASE,
)
# A further line of a list of attachments, which begins with the word and a number. Its file's ending makes it sure.
_FURTHER = re.compile(
    rf"^[ \u3000>*-]*(?:附件? ?[:：][ \u3000]*)?{_NUMBER}"
    rf"(?P<name>[^\s\[!][^\n]{{0,80}}?(?P<ending>{_ENDING}))[ 。；;]*$",
    re.MULTILINE | re.IGNORECASE,
)
_SEE = re.compile(
    r"(?:[（(](?:[^（()）\n]{0,10}?)(?:(?:详?见|附)(?:后附的?)?附[件表][\d一二三四五六七八九十]{0,2}|附后)[)）]"
    r"|(?:详见|见|附后的?|参见)附件[\d一二三四五六七八九十]{0,2}(?=[。；;，,、\n]|$))"
)
_HEADING = re.compile(r"^[ \u3000#*]*附[件表] ?[\d一二三四五六七八九十]{0,2}[ \u3000*:：]*$", re.MULTILINE)


def check(record: Record, _vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find the words of a text that promise an attachment which is not there: its name, and words that lead to it."""
    if record.withdrawn or "附" not in record.text:
        return
    body, links = body_of(record), [link for link in links_of(record) if not link.address.startswith("#")]
    beside = {posixpath.basename(path) for path in record.attachments}
    without = not beside and not links
    lines = {found.start("name"): found for form in (_LINE, _FURTHER) for found in form.finditer(body.prose)}
    for _, found in sorted(lines.items()):
        name = found["name"].strip("《》“” ")
        linked = any(name in link.words or name in link.address for link in links)
        if name not in beside and not linked and (found["ending"] or without):
            yield problem_in(body, "text.attachment", Hit(*found.span("name"), name))
    if without and not _HEADING.search(body.prose):
        for found in _SEE.finditer(body.prose):
            yield problem_in(body, "text.attachment", Hit(*found.span(), found[0]))
