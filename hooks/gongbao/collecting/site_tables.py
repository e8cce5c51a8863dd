"""The tables and the records of a site, read as what a stranger has written."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any

from ..data.package import RECORDS_FILE
from ..data.rows import Row
from ..data.table_columns import COUNTS, DAYS, FLAGS, NUMBERS, REQUIRED, TABLES, allowed_values
from ..problems.names import KINDS
from ..records.fields import is_slug
from ..records.periods import Period, parse_period
from .site_packages import LONGEST, NotTaken, line_in, objects_in, read_json

_AMOUNT = re.compile(r"-?\d{1,17}(?:\.\d{1,10})?", re.ASCII)  # what the type of amounts holds in any engine
_NUMBER = re.compile(r"[+-]?\d{1,25}(?:\.\d{1,15})?", re.ASCII)
_MOST_ROWS = 300_000  # of a table, which are some 150 MB in memory
_COUNT = re.compile(r"-?\d{1,12}", re.ASCII)
_ESCAPED = re.compile(r"'(?='*[=+\-@\t\r\n＝＋－＠])")  # see `data.cells`
_SLUGS = frozenset({"unit", "indicator", "parent_unit", "topic"})
_RECORDS = frozenset({"record", "latest_record"})
_PROSE = frozenset({"text", "correction", "was", "now", "note", "latest_note", "definition", "doubt", "printed"})
# What rows state; other columns follow from these, or from later records.
STATED: Mapping[str, tuple[str, ...]] = {
    "figures": ("unit", "indicator", "name", "period_id", "role", "value", "bound", "measure"),
    "commitments": ("unit", "indicator", "period_id", "text", "due_edtf", "target", "measure"),
}
# The columns that are kept of the tables that have very many.
KEPT = {name: frozenset({"key", "record", "parent", "status", "printed", *columns}) for name, columns in STATED.items()}


def read_table(name: str, data: bytes) -> list[Row]:
    """Return the rows of a table, each cell as it was before `data.cells` made it harmless. Raises NotTaken."""
    table = next(one for one in TABLES if one.name == name)
    try:
        reader = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        head = next(reader, [])
        if len({*head}) != len(head) or not {*table.columns} <= {*head}:
            raise NotTaken("broken", "collect-columns", file=table.file)
        rows = [_row(head, cells, table.file, KEPT.get(name)) for cells in islice(reader, _MOST_ROWS + 1)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise NotTaken("broken", "collect-read", file=table.file) from error
    if len(rows) > _MOST_ROWS:
        raise NotTaken("hostile", "collect-large", file=table.file)
    key, times = Counter(row[table.columns[0]] for row in rows).most_common(1)[0] if rows else ("", 0)
    if times > 1:
        raise NotTaken("hostile", "collect-twice", file=table.file, id=key)
    return rows


def check_references(tables: Mapping[str, Sequence[Row]]) -> None:
    """Hold the words of each table against the table in which they have to stand. Raises NotTaken."""
    for table in TABLES:
        for column, (other, key) in table.references.items() if table.name in tables else ():
            known = {row[key] for row in tables[other]}
            if missing := next((row[column] for row in tables[table.name] if row[column] not in {"", *known}), None):
                raise NotTaken("broken", "collect-unknown", file=table.file, id=missing)
    parents = {row["unit"]: row["parent_unit"] for row in tables["units"]}
    sound = {""}
    for unit in parents:
        way: dict[str, None] = {}
        while unit not in sound and unit not in way:
            way[unit] = None
            unit = parents[unit]
        if unit in way:
            raise NotTaken("broken", "collect-circle", file="units.csv", id=unit)
        sound.update(way)


def read_records(data: bytes) -> Iterator[Mapping[str, Any]]:
    """Yield the records of ``records.json``, with those fields alone that a superior's pages show. Raises NotTaken."""
    told = read_json(data, RECORDS_FILE)
    seen: set[str] = set()
    for one in objects_in(told.get("records") if isinstance(told, dict) else None, RECORDS_FILE):
        shown = {name: line_in(one.get(name, ""), RECORDS_FILE) for name in ("id", "period", "title", "summary", "url")}
        if not _is_record_id(shown["id"]):
            raise NotTaken("hostile", "collect-id", file=RECORDS_FILE, id=shown["id"])
        if shown["id"] in seen:
            raise NotTaken("hostile", "collect-twice", file=RECORDS_FILE, id=shown["id"])
        seen.add(shown["id"])
        yield {**shown, "highlight": one.get("highlight") is True, "kind": told_kind(one), "topics": told_topics(one)}


def told_kind(record: Mapping[str, object]) -> str:
    """Return the kind that a record of ``records.json`` tells, if there is such a kind."""
    told = str(record.get("kind"))
    return told if told in KINDS else "done"


def told_topics(record: Mapping[str, object]) -> Sequence[str]:
    """Return the topics that a record of ``records.json`` tells."""
    told = record.get("topics")
    return [one for one in told if isinstance(one, str)] if isinstance(told, list) else ()


def period_in(text: str, file: str) -> Period:
    """Return the period that an id names. Raises NotTaken."""
    period = parse_period(text)
    if period is None or period.id != text:
        raise NotTaken("broken", "collect-cell", file=file, text=text)
    return period


def amount_in(text: str, file: str) -> Decimal:
    """Return a number. Raises NotTaken for one that the type of amounts does not hold."""
    if not _AMOUNT.fullmatch(text):
        raise NotTaken("broken", "collect-cell", file=file, text=text)
    return Decimal(text)


def count_in(text: str, file: str) -> int:
    """Return a whole number. Raises NotTaken."""
    if not _COUNT.fullmatch(text):
        raise NotTaken("broken", "collect-cell", file=file, text=text)
    return int(text)


def _row(head: Sequence[str], cells: Sequence[str], file: str, kept: frozenset[str] | None) -> Row:
    if len(cells) != len(head):
        raise NotTaken("broken", "collect-columns", file=file)
    row = {column: _ESCAPED.sub("", cell) for column, cell in zip(head, cells, strict=True)}
    for column, cell in row.items():
        if cell or column in REQUIRED:
            _check_cell(column, cell, file)
    return {column: cell for column, cell in row.items() if column in kept} if kept else row


def _check_cell(column: str, cell: str, file: str) -> None:
    """Raise NotTaken where a cell does not hold what its column may hold."""
    allowed = allowed_values(column)
    if (column in _SLUGS and not is_slug(cell)) or (column in _RECORDS and not _is_record_id(cell)):
        raise NotTaken("hostile", "collect-id", file=file, id=cell)
    if len(cell) > LONGEST or (column in REQUIRED and not cell):
        raise NotTaken("broken", "collect-cell", file=file, text=cell)
    if column in COUNTS:
        wrong = not _COUNT.fullmatch(cell)
    elif column in NUMBERS:
        wrong = not _NUMBER.fullmatch(cell)
    elif column == "period_id":
        wrong = parse_period(cell) is None
    else:
        wrong = (column in FLAGS and cell not in ("true", "false")) or bool(allowed and cell not in allowed)
    if wrong:
        raise NotTaken("broken", "collect-cell", file=file, text=cell)
    if column not in _PROSE and column not in DAYS:
        line_in(cell, file)


def _is_record_id(text: str) -> bool:
    period, _, slug = text.partition("/")
    return parse_period(period) is not None and is_slug(slug)
