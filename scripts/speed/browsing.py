"""The browser that measures, tests and photographs pages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

_NAMED = Path(__file__).resolve().parents[2] / ".venv" / "browser"  # the set-up writes the path of the browser here


@contextmanager
def browser() -> Iterator[Browser]:
    """Run the Chromium that the set-up has found."""
    executable = _NAMED.read_text(encoding="utf-8").strip()
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=arguments)
        try:
            yield running
        finally:
            running.close()
