"""The live preview as a process of its own, for the tests that look at it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

from commands import environment

PATIENCE = 60  # seconds; far more than anything takes, so that a slow machine fails no test


class Preview:
    """``mkdocs serve`` on a project, as ``make serve`` runs it, or another host's."""

    def __init__(self, project: Path, surroundings: Path, host: str = "mkdocs") -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.place = f"127.0.0.1:{free.getsockname()[1]}"
        self.project, self.address = project, f"http://{self.place}/"
        self.log = surroundings / "said.txt"
        wrong = surroundings / "gongbao" / "__init__.py"  # on the path of every module, and not to be taken
        wrong.parent.mkdir(parents=True)
        wrong.write_text("raise ImportError('not the package of this project')\n", encoding="utf-8")
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", host, "serve", "-a", self.place],
                cwd=project,
                env=environment(PYTHONPATH=str(surroundings), TMPDIR=str(surroundings)),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.until(lambda: "Serving on" in self.said())

    def said(self) -> str:
        """What stands in the terminal."""
        return self.log.read_text(encoding="utf-8")

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something to come true while the preview runs."""
        end = time.monotonic() + PATIENCE
        while not condition():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < end, self.said()
            time.sleep(0.05)

    def answers(self, path: str) -> str:
        """Ask for a page without a browser."""
        with urlopen(self.address + path, timeout=PATIENCE) as answer:
            assert answer.status == 200
            text: str = answer.read().decode()
            return text

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)
