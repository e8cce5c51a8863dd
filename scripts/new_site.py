"""Lay out an empty site of one's own in a new folder: ``make new-site DIR=path``."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "hooks"))

from gongbao.commands.new_site import main

if __name__ == "__main__":
    sys.exit(main())
