"""Rows below ``计划事项:`` that promise something: sentences with numbers, and rows of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..problems.names import EVERY_FIELD, english_field
from .fields_in_line import FIELD
from .loose_figures import braced
from .periods import Period
from .scalars import scalar
from .time_guesses import due_told, near_due

# What stands before a text in a numbered list: 1. （一） 一、 ①. 1.5万元 has none, 1.5月 and 1.2014年 have.
NUMBERING = re.compile(
    r"(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[.、．)）]|[①-⑳]"
    r"|\d{1,2}(?:[、)）]|[.．](?!\d(?!\d?月|\d{3}年))))\s*"
)
_OF_TEXTS, _OF_TIMES = re.compile("事项|内容|任务|工作|项目"), re.compile("时间|时限|期限|日期|进度")


def without_numbering(text: str) -> str:
    """Return a text without white space around it, and without the number that it has in a list."""
    bare = text.strip()
    found = NUMBERING.match(bare)
    return bare[found.end() :] if found else bare


def promises_told(rows: Sequence[str], period: Period | None, *, chinese: bool) -> list[list[str]]:
    """Return the lines of the items that sentences make, each a promise; nothing if one of the rows is a field."""
    if len(rows) < 2 or any((field := FIELD.match(row)) and english_field(field["key"], EVERY_FIELD) for row in rows):
        return []
    if any("\t" in row for row in rows):
        return _of_table(rows, period, chinese=chinese)
    items = []
    for number, row in enumerate(rows, 1):
        text = without_numbering(row).strip(" 。；;，,")
        due = due_told(text, period)
        if not text or not due:
            return []
        items.append(["  - " + braced({"id": f"a{number}", "text": scalar(text), "due": due}, chinese=chinese)])
    return items


def _of_table(rows: Sequence[str], period: Period | None, *, chinese: bool) -> list[list[str]]:
    """Return the lines of the items that rows of a table make, whose head names the columns of texts and of times."""
    head, *below = ([cell.strip() for cell in row.strip("\n").split("\t")] for row in rows)
    text_at = next((at for at, cell in enumerate(head) if _OF_TEXTS.search(cell)), None)
    time_at = next((at for at, cell in enumerate(head) if _OF_TIMES.search(cell)), None)
    if text_at is None or any(len(cells) <= text_at for cells in below):
        return []
    items = []
    for number, cells in enumerate(below, 1):
        time = cells[time_at] if time_at is not None and time_at < len(cells) else ""
        half = period.next_half if period else None
        due = near_due(time, half or period) or due_told(cells[text_at], period)
        parts = {"id": f"a{number}", "text": scalar(cells[text_at]), "due": due}
        if not all(parts.values()):
            return []
        items.append(["  - " + braced(parts, chinese=chinese)])
    return items
