"""The roll-up that a collection made in a database, kept for builds: they load no database."""

from __future__ import annotations

import csv
from decimal import Decimal, InvalidOperation
from pathlib import Path

from ..archive.collected import Rolled
from ..archive.increments import Increment
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
        writer.writerows((*one[:2], one.period.id, f"{one.amount:f}", *one[4:]) for one in rolled.rows)
    for before in folder.glob(_NAME.format("*")):
        before.unlink()
    new.replace(folder / _NAME.format(rolled.made_from))


def load_rolled(folder: Path) -> Rolled | None:
    """Return the roll-up that the last collection left, or None where there is none that can be read."""
    for path in folder.glob(_NAME.format("*")):
        try:
            with path.open(encoding="utf-8", newline="") as file:
                rows = tuple(map(_increment, csv.DictReader(file)))
            return Rolled(path.stem.partition("-")[2], rows)
        except (OSError, ValueError, KeyError, TypeError, InvalidOperation):
            return None
    return None


def _increment(row: dict[str, str]) -> Increment:
    period = parse_period(row["period"])
    if period is None:
        raise ValueError(row["period"])
    amount = Decimal(row["amount"])
    return Increment(row["unit"], row["indicator"], period, amount, int(row["reported"]), int(row["inexact"]))
