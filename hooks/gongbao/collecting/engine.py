"""The roll-up in a database: DuckDB in this process, or Spark. Both run ``rollup.sql`` unchanged."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Mapping
from decimal import Decimal, localcontext
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ..archive.increments import Increment
from ..archive.rollup import StatedAmount, roll_up
from ..records.fields import PRECISION
from ..records.indicators import Indicator
from ..records.periods import PARTS_IN_ORDER, Period
from .rolled import number_cells, read_increments

DUCKDB = "duckdb"
DECIMALS = 10  # of the amounts' type
LARGEST = Decimal(10) ** 17  # whose difference from its negative the type still holds
_AMOUNT = f"decimal(28, {DECIMALS})"
_MEMORY = "1GB"  # DuckDB writes what needs more to the disk
_ENDS = {"low": _AMOUNT, "high": _AMOUNT, "no_low": "bigint", "no_high": "bigint"}
_TABLES: Mapping[str, Mapping[str, str]] = {
    "unit": {"unit": "varchar", "parent": "varchar"},
    "indicator": {"indicator": "varchar", "aggregate": "varchar"},
    "stated": {"unit": "varchar", "indicator": "varchar", "period_id": "varchar", "place": "integer"}
    | {"scope": "varchar", "run": "varchar", "amount": _AMOUNT, "exact": "integer"}
    | _ENDS,
    "below": {"unit": "varchar", "indicator": "varchar", "period_id": "varchar", "place": "integer"}
    | {"amount": _AMOUNT, "reported": "bigint", "inexact": "bigint"}
    | _ENDS,
}


class NoEngine(Exception):
    """The library of an engine is not installed. The exception's text is its name."""


def roll_up_in(
    engine: str,
    stated: Iterable[StatedAmount],
    below: Iterable[Increment],
    parents: Mapping[str, str | None],
    indicators: Mapping[str, Indicator],
) -> list[Increment]:
    """Return what `archive.rollup.roll_up` returns, by a database.

    ``engine`` is ``duckdb``, or the master that Spark knows: ``spark://…``, ``local[2]``. An indicator with an amount
    that is longer than the database's type is added up here: indicators do not touch each other. Raises NoEngine.
    """
    stated, below = [*stated], [*below]
    long = {one.indicator for one in stated if not all(map(_fits, (one.amount, *one.ends()[:2])))}
    long |= {one.indicator for one in below if not all(map(_fits, (one.amount, one.low, one.high)))}
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_table(folder, "unit", parents.items())
        write_table(folder, "indicator", ((slug, one.aggregate) for slug, one in indicators.items()))
        write_table(folder, "stated", (_stated_row(one) for one in stated if one.indicator not in long))
        write_table(folder, "below", (_below_row(one) for one in below if one.indicator not in long))
        rolled = [*read_increments(run_sql(engine, folder))]
    if long:
        of_long = ([one for one in stated if one.indicator in long], [one for one in below if one.indicator in long])
        with localcontext(prec=PRECISION):
            rolled += roll_up(*of_long, parents, indicators)
    return sorted(rolled, key=lambda one: (one.unit, one.indicator, one.period.order))


def write_table(folder: Path, name: str, rows: Iterable[Iterable[object]]) -> None:
    """Write a table for `run_sql`, its columns as the comment in ``rollup.sql`` names them."""
    _write(folder / f"{name}.csv", _TABLES[name], rows)


def _write(file: Path, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(columns)
        writer.writerows(rows)


def run_sql(engine: str, folder: Path) -> Path:
    """Have an engine write the roll-up of the tables in a folder there; return the file (CSV). Raises NoEngine."""
    sql = files(__package__).joinpath("rollup.sql").read_text(encoding="utf-8")
    result = folder / "rollup.csv"
    if engine == DUCKDB:
        _in_duckdb(sql, folder, result)
    else:
        _in_spark(engine, sql, folder, result)
    return result


def _in_duckdb(sql: str, folder: Path, result: Path) -> None:
    try:
        import duckdb
    except ImportError as error:
        raise NoEngine(DUCKDB) from error
    settings: dict[str, Any] = {"memory_limit": _MEMORY, "preserve_insertion_order": "false"}
    with duckdb.connect(config={**settings, "temp_directory": str(folder)}) as database:
        for name, columns in _TABLES.items():
            typed = ", ".join(f"'{column}': '{kind}'" for column, kind in columns.items())
            options = f"header = true, auto_detect = false, columns = {{{typed}}}, quote = '\"', escape = '\"'"
            source = _quoted(folder / f"{name}.csv")
            database.execute(f"CREATE TABLE {name} AS SELECT * FROM read_csv({source}, {options})")
        database.execute(f"COPY ({sql}) TO {_quoted(result)} (HEADER)")


def _quoted(path: Path) -> str:
    name = str(path).replace("'", "''")
    return f"'{name}'"


def _in_spark(master: str, sql: str, folder: Path, result: Path) -> None:
    try:
        from pyspark.sql import SparkSession  # type: ignore[import-not-found]  # no wheel, so in no lock
    except ImportError as error:
        raise NoEngine("pyspark") from error
    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
    if master.startswith("local"):  # its 200 parts are meant for a cluster, and 1 GB is too little for a million rows
        settings |= {"spark.sql.shuffle.partitions": "8", "spark.driver.memory": "3g", "spark.local.dir": str(folder)}
    spark = SparkSession.builder.master(master).appName("gongbao").config(map=settings).getOrCreate()
    try:
        for name, columns in _TABLES.items():
            kinds = ", ".join(f"`{column}` {kind.replace('varchar', 'string')}" for column, kind in columns.items())
            table = spark.read.schema(kinds).option("header", True).option("escape", '"').csv(f"{folder}/{name}.csv")
            table.createOrReplaceTempView(name)
        rolled, parts = spark.sql(sql), folder / "parts"
        rolled.write.option("escape", '"').csv(str(parts))  # Spark alone has room for all rows at once
    finally:
        spark.stop()
    _write(result, rolled.columns, ())
    with result.open("ab") as whole:
        for part in sorted(parts.glob("part-*.csv")):
            with part.open("rb") as rows:
                shutil.copyfileobj(rows, whole)


def _place(period: Period) -> int:
    """Return a number by which periods are in order, as `Period.order` has them."""
    year, part = period.order
    return year * len(PARTS_IN_ORDER) + part


def _fits(amount: Decimal) -> bool:
    exponent = amount.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -DECIMALS and abs(amount) <= LARGEST


def _stated_row(one: StatedAmount) -> tuple[object, ...]:
    of = (one.unit, one.indicator, one.period.id, _place(one.period))
    return (*of, one.scope, one.run, *number_cells((one.amount, int(one.exact), *one.ends())))


def _below_row(one: Increment) -> tuple[object, ...]:
    return (one.unit, one.indicator, one.period.id, _place(one.period), *number_cells(one[3:]))
