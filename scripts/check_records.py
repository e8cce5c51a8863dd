"""Check the records and word lists in ``content/`` without building the site: ``make check``."""

from __future__ import annotations

import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT / "hooks"))

from gongbao.commands.check import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(PROJECT))
