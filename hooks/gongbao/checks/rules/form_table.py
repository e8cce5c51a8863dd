"""``form.table``: rows with bars and no line of hyphens below the first, which readers see as bars and no table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...text.dialect import cells
from ..body import without_code
from ..passages import Hit, Passage, in_passages

_ROWS = re.compile(r"(?:^[^\n|｜]*[|｜][^\n]*\n?(?:[ \t]*\n)?){2,}", re.MULTILINE)
_DASHES = re.compile(r"[|｜\s:：+－—–−―─-]+")


def find(passage: Passage) -> Iterator[Hit]:
    """Find the first rows of such tables in a body."""
    if not passage.is_body or not ("|" in passage.text or "｜" in passage.text):
        return
    for run in _ROWS.finditer(without_code(passage.text)):
        head, *rows = run[0].replace("｜", "|").split("\n")
        second = next((row for row in rows if row.strip()), "")
        if not rows[0].strip() and not (head.startswith("|") and second.startswith("|")):
            continue  # two paragraphs
        width = cells(head)
        if width > 1 and cells(second) == width and not _DASHES.fullmatch(second) and not _DASHES.fullmatch(head):
            delimiters = "| " + " | ".join(["---"] * width) + " |"
            mended = f"{passage.text[run.start() : run.start() + len(head)]}\n{delimiters}"
            yield Hit(run.start(), run.start() + len(head), values=(("below", delimiters),), mended=mended, safe=True)


check = in_passages("form.table", find)
