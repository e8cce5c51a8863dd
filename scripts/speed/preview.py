"""How long an author waits: from saving a record until the running preview answers with what was saved."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

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
    """Start the preview, save an edit as often as asked, and time each; the medians.

    The open data are written with everything else: when they say it, the site does.
    """
    with _preview(folder) as (process, address):
        page = f"{address}{edit.page}/"
        _wait(process, page, "</html>")
        pages, sites = [], []
        for run in range(runs):
            words = f"预览{numbered(run)}"
            edit.make(folder, words)
            start = time.perf_counter()
            _wait(process, page, words)
            pages.append(time.perf_counter() - start)
            _wait(process, f"{address}data/records.json", words)
            sites.append(time.perf_counter() - start)
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


def _wait(process: subprocess.Popen[bytes], page: str, words: str) -> None:
    """Ask for a page again and again until it says the words."""
    end = time.monotonic() + _PATIENCE
    while words not in _answer(page):
        if process.poll() is not None or time.monotonic() > end:
            raise Failed(f"the preview never answered {page} with {words!r}")
        time.sleep(_BETWEEN)


def _answer(page: str) -> str:
    """Return what the preview answers; nothing while it does not."""
    try:
        with urlopen(page, timeout=_PATIENCE) as answer:
            return str(answer.read().decode())
    except (URLError, HTTPException, OSError):
        return ""
