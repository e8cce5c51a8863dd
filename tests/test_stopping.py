"""Whoever stops a command at any moment gets one line and the last site, and the next build is whole."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from commands import GONGBAO, environment, files_of, succeed
from test_exchange import Site, edit

SAID = "已停下"


def stop(site: Site, command: str, number: signal.Signals, after: float) -> None:
    """Stop a command after a part of the time that a build takes."""
    site.number += 1
    edit(site.project, site.number)
    before, last = files_of(site.project / "site"), site.published()
    with subprocess.Popen(
        [sys.executable, *GONGBAO, command],
        cwd=site.project,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as process:
        time.sleep(after * site.seconds)
        process.send_signal(number)
        said = process.communicate()[0]
    stopped = process.returncode == 128 + number
    early = process.returncode == -number  # Python itself had not begun yet
    assert stopped or early or process.returncode == 0, said
    assert said.count(SAID) == stopped and (early or "Traceback" not in said), said
    site.is_old_or_new(before, last)


def stop_at_random(project: Path, times: int) -> None:
    site, chance = Site(project), random.Random(times)
    site.first()
    for _ in range(times):
        number = chance.choice([signal.SIGINT, signal.SIGTERM])
        stop(site, chance.choice(["build", "build", "check", "word"]), number, chance.uniform(0.1, 1.1))
    succeed(project, *GONGBAO, "build")
    assert site.published() == site.number


def test_a_few_stops(small: Path) -> None:
    stop_at_random(small, 2)


@pytest.mark.slow
def test_two_hundred_stops(small: Path) -> None:
    stop_at_random(small, 200)
