"""The time that an author waits: from saving a record until the browser shows it, or tells what is wrong with it."""

from __future__ import annotations

import os
import signal
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

from playwright.sync_api import Page

from .browsing import browser
from .editing import Edit, numbered
from .measuring import Failed, environment

_PATIENCE = 900  # seconds
_BETWEEN = 0.02
_SAY = "addEventListener('DOMContentLoaded', () => console.log(document.body.textContent))"


@dataclass(frozen=True)
class Waited:
    """Seconds from saving a record until its own page shows what was saved, and until the whole site does.

    ``told`` is until the editor at ``/edit/`` is told what the check says of it.
    """

    page: float
    site: float
    told: float


def seconds_to_answer(folder: Path, edit: Edit, runs: int) -> Waited:
    """Start the preview, open a record's page in a browser, save an edit ``runs`` times, and return the median times.

    Nothing else touches the browser. The preview tells it to load the page again when something is new: first when the
    page is ready, then when the whole site is. Raises Failed if the preview never shows an edit.
    """
    with _preview(folder) as (process, address), browser() as running, running.new_context() as context:
        _wait(process, address)
        tab = _Tab(process, context.new_page())
        tab.page.goto(f"{address}{edit.page}/", timeout=_PATIENCE * 1000)
        waits = []
        for run in range(runs):
            words = f"预览{numbered(run)}"
            edit.make(folder, words)
            start = time.perf_counter()
            times = [tab.shows(words, 1)]
            # The open data are written with the rest of the site: when they have the words, the whole site does.
            while words not in tab.page.request.get(f"{address}data/records.json").text():
                times.append(tab.shows(words, len(times) + 1))
            waits.append((times[0] - start, times[-1] - start))
        told = [_seconds_until_told(tab.page, f"{address}edit/problems.json?saved", folder, edit) for _ in range(runs)]
    pages, sites = zip(*waits, strict=True)
    return Waited(median(pages), median(sites), median(told))


def _seconds_until_told(page: Page, address: str, folder: Path, edit: Edit) -> float:
    """Save a link that leads nowhere, ask as the editor does, and take the link out again."""
    path = folder / edit.file
    before = path.read_text(encoding="utf-8")
    edit.make(folder, "[附件](没有.pdf)")
    start = time.perf_counter()
    answer = page.request.get(address).text()
    took = time.perf_counter() - start
    path.write_text(before, encoding="utf-8", newline="\n")
    if "没有.pdf" not in answer:
        raise Failed(f"the editor was not told what is wrong with {edit.file}")
    return took


class _Tab:
    """A page that is open in a browser, and the time and text of each load."""

    def __init__(self, process: subprocess.Popen[bytes], page: Page) -> None:
        self.process, self.page = process, page
        self.loads: list[tuple[float, str]] = []
        page.add_init_script(_SAY)
        page.on("console", lambda said: self.loads.append((time.perf_counter(), said.text)))

    def shows(self, words: str, times: int) -> float:
        """Wait until the browser has loaded the page with the words so many times. Return when it last did."""
        end = time.monotonic() + _PATIENCE
        while len(shown := [at for at, text in self.loads if words in text]) < times:
            if self.process.poll() is not None or time.monotonic() > end:
                raise Failed(f"the preview never showed {words}")
            self.page.wait_for_timeout(_BETWEEN * 1000)
        return shown[times - 1]


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
            start_new_session=True,
        )
    try:
        yield process, f"http://{place}/"
    finally:
        os.killpg(process.pid, signal.SIGTERM)  # the whole group, with the processes of the search's index
        process.wait()


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    """Wait until the preview answers, which builds the site first. Raises Failed if it never answers."""
    end = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            with urlopen(address, timeout=_PATIENCE):
                return
        except (URLError, HTTPException, OSError):
            time.sleep(_BETWEEN)
    raise Failed(f"the preview never answered {address}")
