"""Numbers with commas between their thousands, which YAML within braces would cut in two."""

from __future__ import annotations

import re

from ..problems.names import FIELDS
from .draft import Draft
from .scalars import quoted

_NUMBERS = ("value", "target", "completion", "of", "percent", "previous", "change")
_NAMES = "|".join(name for field in _NUMBERS for name in (field, *FIELDS[field]))
_NUMBER = re.compile(
    rf"[{{,]\s*(?:{_NAMES})\s*:\s+(?P<number>[^\s\d,\"'{{}}]{{0,6}}\d{{1,3}}(?:,\d{{3}})+(?!\d)"
    r"(?:[^,{}\"]|,(?=\d{3}))*)(?=[,}])",
    re.IGNORECASE,
)


def join_numbers(draft: Draft) -> None:
    """Have each number in braces with commas (``{数值: 1,200元}``) read as one text, as it would be on its own line."""
    if "," not in draft.text:
        return
    for at in draft.structure():
        while found := _NUMBER.search(draft.lines[at]):
            draft.read_as(at, *found.span("number"), quoted(found["number"]))
