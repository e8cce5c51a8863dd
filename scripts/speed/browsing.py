"""The browser that pages are measured in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from .corpus import PROJECT


@contextmanager
def browser() -> Iterator[Browser]:
    """Run the Chromium that the set-up has found."""
    executable = (PROJECT / ".venv" / "browser").read_text(encoding="utf-8").strip()
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=arguments)
        try:
            yield running
        finally:
            running.close()
