"""The roll-up that a collection made in a database, kept for builds: they load no database."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from ..archive.collected import Rolled
from ..archive.increments import Increment
from ..records.measures import plain
from ..records.periods import parse_period

_NAME = "rollup-{}.csv"
_COLUMNS = Increment._fields


def save_rolled(folder: Path, rolled: Rolled) -> None:
    """Write a roll-up into the folder of what was collected, in the place of the last. Raises OSError."""
    folder.mkdir(exist_ok=True)
    new = folder / "rollup.new"
    with new.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows((*one[:2], one.period.id, *number_cells(one[3:])) for one in rolled.rows)
    for before in folder.glob(_NAME.format("*")):
        before.unlink()
    new.replace(folder / _NAME.format(rolled.made_from))


def load_rolled(folder: Path) -> Rolled | None:
    """Return the roll-up that the last collection left, or None where there is none that can be read."""
    for path in folder.glob(_NAME.format("*")):
        try:
            return Rolled(path.stem.partition("-")[2], tuple(read_increments(path)))
        except (OSError, ValueError, InvalidOperation):
            return None
    return None


def read_increments(path: Path) -> Iterator[Increment]:
    """Yield the increments of a table whose columns are in the order of their fields.

    Raises OSError, ValueError and InvalidOperation.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows, None)
        for unit, indicator, period_id, amount, reported, inexact, low, high, no_low, no_high in rows:
            period = parse_period(period_id)
            if period is None:
                raise ValueError(period_id)
            counts, ends = (int(reported), int(inexact)), (plain(Decimal(low)), plain(Decimal(high)))
            amounts = plain(Decimal(amount)), *counts, *ends, int(no_low), int(no_high)
            yield Increment(unit, indicator, period, *amounts)


def number_cells(numbers: Iterable[Decimal | int]) -> Iterator[str]:
    """Yield numbers as tables have them."""
    return (f"{one:f}" if isinstance(one, Decimal) else str(one) for one in numbers)
