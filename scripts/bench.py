"""Measure how fast we and the peers build sites: ``make bench``, or ``make bench SIZES=200 RUNS=1``."""

from __future__ import annotations

import sys

from speed.bench import main

if __name__ == "__main__":
    sys.exit(main())
