"""The roll-up as Parquet, for programs that read very many rows: a tenth of the CSV, with its types.

DuckDB writes it, an optional library that is imported when a file is made.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from .rows import Row
from .table_columns import COUNTS, NUMBERS, ROLLUP

PARQUET_FILE = "rollup.parquet"
LEAST = 100_000  # rows, below which CSV is as good
_DIGITS = 38  # of the longest type of decimals


def can_make_parquet() -> bool:
    """Whether the library is there."""
    return find_spec("duckdb") is not None


def as_parquet(rows: Sequence[Row]) -> bytes:
    """Return the rows of the roll-up as Parquet, amounts as decimals of the type that holds all of them exactly.

    The same rows give the same bytes.
    """
    import duckdb

    with TemporaryDirectory() as name, duckdb.connect(config={"threads": 1}) as database:
        source, target = (Path(name) / f"rollup.{ending}" for ending in ("csv", "parquet"))
        with source.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([row[column] for column in ROLLUP] for row in rows)
        kinds = {**dict.fromkeys(ROLLUP, "varchar"), **dict.fromkeys(COUNTS & {*ROLLUP}, "bigint")}
        kinds |= {column: _kind([row[column] for row in rows]) for column in ROLLUP if column in NUMBERS}
        columns = ", ".join(f"'{column}': '{kind}'" for column, kind in kinds.items())
        read = f"read_csv('{source}', header = false, auto_detect = false, columns = {{{columns}}}, quote = '\"')"
        database.execute(f"COPY (SELECT * FROM {read}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        return target.read_bytes()


def _kind(numbers: Sequence[str]) -> str:
    """Return the type that holds some numbers; text where no type of numbers is that long."""
    pieces = [number.lstrip("-").partition(".") for number in numbers]
    whole, decimals = (max(len(piece[at]) for piece in pieces) for at in (0, 2))
    return f"decimal({whole + decimals}, {decimals})" if whole + decimals <= _DIGITS else "varchar"


def parquet_resource(title: str) -> dict[str, Any]:
    """Return the file's resource in ``datapackage.json``."""
    mediatype = "application/vnd.apache.parquet"
    name, file_format = PARQUET_FILE.split(".")
    about = {"type": "file", "path": PARQUET_FILE, "format": file_format, "mediatype": mediatype}
    return {"name": f"{name}-{file_format}", "title": title, **about}
