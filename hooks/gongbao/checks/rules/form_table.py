"""``form.table``: what looks like a table and is none: rows with bars without a line of hyphens, drawn tables.

Also a row of a table that a line break within a cell parts into two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...text.table_lines import cells, delimiters
from ..body import without_code
from ..drawn_tables import drawn_tables, lines_of_drawn_tables
from ..passages import Hit, Passage, in_passages
from ..split_cells import split_rows

_ROWS = re.compile(r"(?:^[^\n|｜]*[|｜][^\n]*\n?(?:[ \t]*\n)?){2,}", re.MULTILINE)
_DASHES = re.compile(r"[|｜\s:：+－—–−―─-]+")


def find(passage: Passage) -> Iterator[Hit]:
    """Find such tables in a body."""
    if not passage.is_body:
        return
    for table in drawn_tables(passage):
        head, below, *_ = table.rows.split("\n")
        values = (("leftover", "no-table"), ("below", below), ("in-place", table.rows))
        yield Hit(table.start, table.end, head, values, mended=table.rows, safe=table.sure)
    for row in split_rows(passage):
        values = (("leftover", "split-cell"), ("below", "| --- |"), ("in-place", row.joined))
        yield Hit(row.start, row.end, values=values, mended=row.joined, safe=row.sure)
    drawn = lines_of_drawn_tables(passage)
    yield from (hit for hit in _with_bars(passage) if hit.start not in drawn)


def _with_bars(passage: Passage) -> Iterator[Hit]:
    """Find the first rows of tables without a line of hyphens below them."""
    if not ("|" in passage.text or "｜" in passage.text):
        return
    for run in _ROWS.finditer(without_code(passage.text)):
        head, *rows = run[0].replace("｜", "|").split("\n")
        second = next((row for row in rows if row.strip()), "")
        if not rows[0].strip() and not (head.startswith("|") and second.startswith("|")):
            continue  # two paragraphs
        width = cells(head)
        if width > 1 and cells(second) == width and not _DASHES.fullmatch(second) and not _DASHES.fullmatch(head):
            below = delimiters(width)
            mended = f"{passage.text[run.start() : run.start() + len(head)]}\n{below}"
            yield Hit(
                run.start(),
                run.start() + len(head),
                values=(("leftover", "no-table"), ("below", below), ("right", below)),
                mended=mended,
                safe=True,
            )


check = in_passages("form.table", find)
