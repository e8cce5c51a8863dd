"""How long an author waits: from saving a record until the browser has loaded the preview again, which shows it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page

from .browsing import browser
from .editing import Edit, numbered
from .measuring import Failed, environment

_PATIENCE = 900  # seconds
_BETWEEN = 0.02


@dataclass(frozen=True)
class Waited:
    """Seconds from saving a record until its own page shows what was saved, and until the whole site does."""

    page: float
    site: float


def seconds_to_answer(folder: Path, edit: Edit, runs: int) -> Waited:
    """Start the preview, open a record's page in a browser, save an edit as often as asked, and time each; the medians.

    The browser is left alone: the preview tells it to load the page again when there is something new to see, first
    the page, then the whole site.
    """
    with _preview(folder) as (process, address), browser() as running, running.new_context() as context:
        _wait(process, address)
        page = context.new_page()
        page.goto(f"{address}{edit.page}/", timeout=_PATIENCE * 1000)
        loads: list[float] = []
        page.on("domcontentloaded", lambda _: loads.append(time.perf_counter()))
        pages, sites = [], []
        for run in range(runs):
            words = f"预览{numbered(run)}"
            loads.clear()
            edit.make(folder, words)
            start = time.perf_counter()
            _until(lambda: len(loads) > 1, process, page)
            data = page.request.get(f"{address}data/records.json").text()
            if words not in page.content() or words not in data:
                raise Failed(f"the preview never showed {words} at {edit.page}")
            first, second = loads
            pages.append(first - start)
            sites.append(second - start)
    return Waited(median(pages), median(sites))


@contextmanager
def _preview(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Run ``mkdocs serve`` and stop it afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    with folder.with_name(f"{folder.name}-preview.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "-a", place],
            cwd=folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process, f"http://{place}/"
    finally:
        process.terminate()
        process.wait()


def _until(seen: Callable[[], bool], process: subprocess.Popen[bytes], page: Page) -> None:
    """Let a browser's page go on until something was seen."""
    end = time.monotonic() + _PATIENCE
    while not seen():
        if process.poll() is not None or time.monotonic() > end:
            raise Failed("the preview never told the browser that there is something new")
        page.wait_for_timeout(_BETWEEN * 1000)


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    """Wait until the preview answers: it builds the site before."""
    end = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            with urlopen(address, timeout=_PATIENCE):
                return
        except (URLError, HTTPException, OSError):
            time.sleep(_BETWEEN)
    raise Failed(f"the preview never answered {address}")
