"""Tables in texts, line by line: with tabs between the columns, as Word gives them, and with pipes, as Markdown has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from .paragraph_starts import COUNT

DELIMITERS = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_MARK_ALONE = re.compile(rf"(?:[-*+•●·]|[（(]?(?:\d{{1,3}}|{COUNT})[.．、)）])?[ \u3000]*")


def cells(row: str) -> int:
    """Return the number of cells in a table's row with pipes."""
    bare = row.strip().replace("\\|", "")
    return bare.removeprefix("|").removesuffix("|").count("|") + 1


def tabbed_rows(lines: Sequence[str], at: int) -> int:
    """Return how many lines from ``at`` on are rows of a table with tabs between its columns; 0 for a single line."""
    rows = sum(1 for _ in takewhile(lambda place: _is_tabbed(lines[place]), range(at, len(lines))))
    return rows if rows > 1 else 0


def _is_tabbed(line: str) -> bool:
    if "\t" not in line.strip() or line.lstrip().startswith("|"):
        return False
    columns = line.strip().split("\t")
    return len(columns) > 2 or not _MARK_ALONE.fullmatch(columns[0])


def piped(rows: Sequence[str]) -> Iterator[str]:
    """Yield the rows of a table with tabs as rows with pipes, the first as the head."""
    columns = [row.rstrip(" \u3000").replace("|", "\\|").split("\t") for row in rows]
    if not any(row[0].strip() for row in columns):
        columns = [row[1:] for row in columns]
    yield from table_with_pipes([[cell.strip() for cell in row] for row in columns])


def table_with_pipes(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table with pipes, of which the first row is the head. Missing cells are empty."""
    width = max(map(len, rows))
    for at, row in enumerate(rows):
        yield _piped_row([*row, *[""] * (width - len(row))])
        if not at:
            yield delimiters(width)


def delimiters(width: int) -> str:
    """Return the line below the head of a table with so many columns."""
    return _piped_row(["---"] * width)


def _piped_row(columns: Iterable[str]) -> str:
    return f"| {' | '.join(columns)} |"
