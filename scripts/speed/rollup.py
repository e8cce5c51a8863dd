"""How long the roll-up takes, and how much memory: of leaf units' statements, and of counties' increments.

``python scripts/rollup_speed.py [--engine local[2]] [CASE …]``: a case is a number of statements; ``counties``, which
are increments of 2,850 counties; ``parents``, the pages of sites above others; or ``units``, whole sites of many units.
All but the last two are measured in a process of its own, from the tables on the disk to the result there. The seconds
of ``processor`` are those of all cores.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from gongbao.collecting.engine import DUCKDB, run_sql

from .many_units import measure_units
from .measuring import cost_here
from .parents import measure_parents

INDICATORS, HALVES, PROVINCES, CITIES, COUNTIES = 45, 40, 31, 333, 2850
BUILT = {"parents": measure_parents, "units": measure_units}
CASES = ("100000", "1000000", "10000000", "counties", *BUILT)
_HALF = "CAST(1995 + h // 2 AS VARCHAR) || CASE WHEN h % 2 = 0 THEN '-h1' ELSE '-h2' END"
_PLACE = "(1995 + h // 2) * 3 + h % 2"
_OF = f"'i' || i AS indicator, {_HALF} AS period_id, {_PLACE} AS place"
# Every third indicator counts up within the year, and every third is the latest value.
_RUN = f"CASE i % 3 WHEN 0 THEN {_HALF} WHEN 1 THEN CAST(1995 + h // 2 AS VARCHAR) ELSE 'all' END"
_AMOUNT = "CAST(hash(u, i, h) % 100000000 AS DECIMAL(18, 2)) + 0.25"
_ENDS = f"{_AMOUNT} - 1 AS low, {_AMOUNT} + 1 AS high, 0 AS no_low, CAST(hash(u, i) % 9 = 0 AS INTEGER) AS no_high"
_ALL = f"range(0, {INDICATORS}) i(i), range(0, {HALVES}) h(h)"


def make_tables(case: str, folder: Path) -> int:
    """Write the tables of a case; return the number of rows that are added up."""
    import duckdb

    leaves = COUNTIES if case == "counties" else -(-int(case) // (INDICATORS * HALVES))
    inner = f"""SELECT 'china' AS unit, NULL AS parent
        UNION ALL SELECT 'p' || p, 'china' FROM range(0, {PROVINCES}) p(p)
        UNION ALL SELECT 'c' || c, 'p' || c % {PROVINCES} FROM range(0, {CITIES}) c(c)"""
    units = f"{inner} UNION ALL SELECT 'u' || u, 'c' || u % {CITIES} FROM range(0, {leaves}) u(u)"
    every = f"range(0, {leaves}) u(u), {_ALL}"
    nothing = " LIMIT 0"
    stated = f"""SELECT 'u' || u AS unit, {_OF}, 'own' AS scope, {_RUN} AS run, {_AMOUNT} AS amount,
        CAST(hash(u, h) % 5 > 0 AS INTEGER) AS exact, {_ENDS} FROM {every}"""
    below = f"SELECT 'u' || u AS unit, {_OF}, {_AMOUNT} AS amount, 3 AS reported, 1 AS inexact, {_ENDS} FROM {every}"
    tables = {
        "unit": units,
        "indicator": f"""SELECT 'i' || i AS indicator, CASE WHEN i % 3 = 2 THEN 'last' ELSE 'sum' END AS aggregate
            FROM range(0, {INDICATORS}) i(i)""",
        "stated": stated + (nothing if case == "counties" else f" LIMIT {case}"),
        "below": below + ("" if case == "counties" else nothing),
    }
    with duckdb.connect(config={"memory_limit": "2GB", "temp_directory": str(folder)}) as database:
        for name, select in tables.items():
            database.execute(f"COPY ({select}) TO '{folder / name}.csv' (HEADER)")
    return leaves * INDICATORS * HALVES if case == "counties" else int(case)


def measure(engine: str, folder: Path) -> dict[str, object]:
    """Add the tables of a folder up, once. The digest is that of all rows, so that engines can be compared."""
    result, cost = cost_here(lambda: run_sql(engine, folder))
    rows, digest = -1, 0  # the first line has the columns
    with result.open("rb") as lines:
        for line in lines:
            rows += 1
            digest += int.from_bytes(hashlib.sha256(line.strip()).digest())
    return {
        "seconds": round(cost.wall, 1),
        "processor": round(cost.cpu, 1),
        "megabytes": cost.memory // 2**20,
        "rows": rows,
        "digest": f"{digest % 2**64:016x}",
    }


def main() -> None:
    """Measure each case, and print a line of JSON for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", default=CASES)
    parser.add_argument("--engine", default=DUCKDB)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.engine, options.measure)))
        return
    for case in options.cases:
        if case in BUILT:
            for measured in BUILT[case]():
                print(json.dumps(measured), flush=True)
            continue
        with TemporaryDirectory() as name:
            added = make_tables(case, Path(name))
            command = [sys.executable, sys.argv[0], "--engine", options.engine, "--measure", name]
            said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
            print(json.dumps({"case": case, "engine": options.engine, "added": added, **json.loads(said)}), flush=True)
