"""What a command costs: wall clock, processor time and memory, its child processes included."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

_BETWEEN = 0.5  # seconds from one look at the memory to the next; ten a second take a twentieth of two cores
_KB = 1024 if sys.platform != "darwin" else 1  # what getrusage counts memory in


class Failed(Exception):
    """A command went wrong, or what it made is not what was to be compared."""


@dataclass(frozen=True)
class Cost:
    """Seconds of wall clock and of processor, and the most bytes of memory at one time."""

    wall: float
    cpu: float
    memory: int

    def then(self, other: Cost) -> Cost:
        """Return the cost of one after the other."""
        return Cost(self.wall + other.wall, self.cpu + other.cpu, max(self.memory, other.memory))


@dataclass(frozen=True)
class Output:
    """What a build has written: how many files, how many of them pages, and their bytes."""

    files: int
    pages: int
    size: int


def cost_of(command: Sequence[str | Path], folder: Path) -> Cost:
    """Run a command to its end in a folder; Failed, with what it said, where it ends with an error.

    It begins when the disk has written what others left to be written, which would be counted for it otherwise.
    The memory, on Linux, is looked at twice a second: the sum over the process tree of what each process has for
    itself and its share of what it shares (PSS), or the most that one of them ever had (VmHWM), where that is more.
    Elsewhere it is the most of the largest process (``ru_maxrss``, which on Linux counts its parent's as well).
    """
    log = folder.with_name(f"{folder.name}.log")
    if hasattr(os, "sync"):
        os.sync()
    with log.open("wb") as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment(), stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT
        )
        watch = _Watch(process.pid)
        watch.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    most = watch.stop()
    if process.returncode:
        last = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-20:])
        raise Failed(f"{' '.join(map(str, command))} in {folder} ended with {process.returncode}:\n{last}")
    return Cost(wall, used.ru_utime + used.ru_stime, most or used.ru_maxrss * _KB)


def environment() -> dict[str, str]:
    """Return the surroundings of every command: ours, without what leads Python or a build elsewhere.

    Ours is the program that lies in the command's own folder.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "GONGBAO", "MAKE"))}
    return kept | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": "hooks"}


def output_of(site: Path) -> Output:
    """Count what lies in a built site."""
    files = [path for path in site.rglob("*") if path.is_file()]
    return Output(len(files), sum(path.suffix == ".html" for path in files), sum(path.stat().st_size for path in files))


class _Watch(Thread):
    """Looks at the memory of a process and of all below it until it is stopped."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process, self.most, self.over = process, 0, Event()

    def run(self) -> None:
        while not self.over.wait(_BETWEEN):
            processes = [*_tree(self.process)]
            own = (_told(process, "status", "VmHWM:") for process in processes)
            self.most = max(self.most, sum(_told(each, "smaps_rollup", "Pss:") for each in processes), *own)

    def stop(self) -> int:
        """Return the most bytes that were seen."""
        self.over.set()
        self.join()
        return self.most


def _tree(process: int) -> Iterator[int]:
    yield process
    try:
        threads = [*Path(f"/proc/{process}/task").iterdir()]
    except OSError:
        return  # it has ended meanwhile
    for thread in threads:
        for child in _read(thread / "children").split():
            yield from _tree(int(child))


def _told(process: int, file: str, name: str) -> int:
    """Return what the system tells of a process, in bytes; 0 where it is gone or nothing is told."""
    for line in _read(Path(f"/proc/{process}/{file}")).splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024
    return 0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
