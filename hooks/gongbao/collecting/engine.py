"""The roll-up in a database: DuckDB in this process, or Spark. Both run ``rollup.sql`` unchanged."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, localcontext
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ..archive.increments import Increment
from ..archive.rollup import StatedAmount, roll_up
from ..records.fields import PRECISION
from ..records.indicators import Indicator
from ..records.periods import PARTS_IN_ORDER, Period, parse_period

DUCKDB = "duckdb"
DECIMALS = 10  # of the amounts' type
LARGEST = Decimal(10) ** 17  # whose difference from its negative the type still holds
_AMOUNT = f"decimal(28, {DECIMALS})"
_MEMORY = "1GB"  # DuckDB writes what needs more to the disk
_TABLES: Mapping[str, Mapping[str, str]] = {
    "unit": {"unit": "varchar", "parent": "varchar"},
    "indicator": {"indicator": "varchar", "aggregate": "varchar"},
    "stated": {"unit": "varchar", "indicator": "varchar", "period_id": "varchar", "place": "integer"}
    | {"scope": "varchar", "run": "varchar", "amount": _AMOUNT, "exact": "integer"},
    "below": {"unit": "varchar", "indicator": "varchar", "period_id": "varchar", "place": "integer"}
    | {"amount": _AMOUNT, "reported": "bigint", "inexact": "bigint"},
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
    long = {one.indicator for one in stated if not _fits(one.amount)}
    long |= {one.indicator for one in below if not _fits(one.amount)}
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_table(folder, "unit", parents.items())
        write_table(folder, "indicator", ((slug, one.aggregate) for slug, one in indicators.items()))
        write_table(folder, "stated", (_stated_row(one) for one in stated if one.indicator not in long))
        write_table(folder, "below", (_below_row(one) for one in below if one.indicator not in long))
        rolled = [*map(_increment, run_sql(engine, folder))]
    if not long:
        return rolled
    of_long = ([one for one in stated if one.indicator in long], [one for one in below if one.indicator in long])
    with localcontext(prec=PRECISION):
        rolled += roll_up(*of_long, parents, indicators)
    return sorted(rolled, key=lambda one: (one.unit, one.indicator, one.period.order))


def write_table(folder: Path, name: str, rows: Iterable[Iterable[object]]) -> None:
    """Write a table for `run_sql`, its columns as the comment in ``rollup.sql`` names them."""
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_TABLES[name])
        writer.writerows(rows)


def run_sql(engine: str, folder: Path) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of the roll-up of the tables in a folder. Raises NoEngine."""
    sql = files(__package__).joinpath("rollup.sql").read_text(encoding="utf-8")
    yield from _in_duckdb(sql, folder) if engine == DUCKDB else _in_spark(engine, sql, folder)


def _in_duckdb(sql: str, folder: Path) -> Iterator[tuple[Any, ...]]:
    try:
        import duckdb
    except ImportError as error:
        raise NoEngine(DUCKDB) from error
    settings: dict[str, Any] = {
        "memory_limit": _MEMORY,
        "preserve_insertion_order": "false",
        "temp_directory": str(folder),
    }
    with duckdb.connect(config=settings) as database:
        for name, columns in _TABLES.items():
            typed = ", ".join(f"'{column}': '{kind}'" for column, kind in columns.items())
            options = f"header = true, auto_detect = false, columns = {{{typed}}}, quote = '\"', escape = '\"'"
            database.execute(
                f"CREATE TABLE {name} AS SELECT * FROM read_csv(?, {options})", [str(folder / f"{name}.csv")]
            )
        found = database.execute(sql)
        while rows := found.fetchmany(10_000):
            yield from rows


def _in_spark(master: str, sql: str, folder: Path) -> Iterator[tuple[Any, ...]]:
    try:
        from pyspark.sql import SparkSession  # type: ignore[import-not-found]  # no wheel, so in no lock
    except ImportError as error:
        raise NoEngine("pyspark") from error
    spark = SparkSession.builder.master(master).appName("gongbao").config("spark.ui.enabled", "false").getOrCreate()
    try:
        for name, columns in _TABLES.items():
            kinds = ", ".join(f"`{column}` {kind.replace('varchar', 'string')}" for column, kind in columns.items())
            table = spark.read.schema(kinds).option("header", True).option("escape", '"').csv(f"{folder}/{name}.csv")
            table.createOrReplaceTempView(name)
        yield from (tuple(row) for row in spark.sql(sql).toLocalIterator())
    finally:
        spark.stop()


def _fits(amount: Decimal) -> bool:
    exponent = amount.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -DECIMALS and abs(amount) <= LARGEST


def _place(period: Period) -> int:
    """Return a number by which periods are in order, as `Period.order` has them."""
    year, part = period.order
    return year * len(PARTS_IN_ORDER) + part


def _stated_row(one: StatedAmount) -> tuple[object, ...]:
    of = (one.unit, one.indicator, one.period.id, _place(one.period))
    return (*of, one.scope, one.run, f"{one.amount:f}", int(one.exact))


def _below_row(one: Increment) -> tuple[object, ...]:
    of = (one.unit, one.indicator, one.period.id, _place(one.period))
    return (*of, f"{one.amount:f}", one.reported, one.inexact)


def _increment(row: tuple[Any, ...]) -> Increment:
    unit, indicator, period_id, amount, reported, inexact = row
    period = parse_period(period_id)
    assert period, period_id
    return Increment(unit, indicator, period, amount, int(reported), int(inexact))
