"""Measure how fast many sites are added up: see `speed.rollup`."""

from __future__ import annotations

from speed.rollup import main

if __name__ == "__main__":
    main()
