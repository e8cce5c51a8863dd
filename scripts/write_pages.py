"""Write the site's pages as plain Markdown for another generator: ``python scripts/write_pages.py DIR``."""

from __future__ import annotations

import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT / "hooks"))

from gongbao.commands.write_pages import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(PROJECT))
