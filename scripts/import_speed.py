"""Measure how fast Word documents are imported: see `speed.importing`."""

from __future__ import annotations

from speed.importing import main

if __name__ == "__main__":
    main()
