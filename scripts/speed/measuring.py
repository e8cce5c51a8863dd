"""The cost of a command and its child processes: wall clock, processor time and memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import TypeVar

_BETWEEN = 0.5  # seconds between two looks at the memory; ten looks a second take a twentieth of two cores
_KB = 1024 if sys.platform != "darwin" else 1  # bytes in the unit in which getrusage counts memory

T = TypeVar("T")


class Failed(Exception):
    """A command failed, or its result can't be compared. The text says why."""


@dataclass(frozen=True)
class Cost:
    """Seconds of wall clock and of processor, and the most bytes of memory at one time."""

    wall: float
    cpu: float
    memory: int

    def then(self, other: Cost) -> Cost:
        """Return the cost of this command and then the other."""
        return Cost(self.wall + other.wall, self.cpu + other.cpu, max(self.memory, other.memory))


@dataclass(frozen=True)
class Output:
    """The output of a build: the number of files, the number of pages among them, and their bytes."""

    files: int
    pages: int
    size: int


def cost_of(command: Sequence[str | Path], folder: Path) -> Cost:
    """Run a command to its end in a folder. Raises Failed with the end of its output if it fails.

    First the disk writes what others have left to be written, so that this does not slow the command. On Linux, the
    memory is read twice a second: the sum of the proportional set sizes (PSS) of the process tree, or the peak of one
    process (VmHWM) if that is larger. Elsewhere it is the peak of the largest process (``ru_maxrss``, which on Linux
    would include the parent's).
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


def cost_here(work: Callable[[], T]) -> tuple[T, Cost]:
    """Do some work in this process; return its result and its cost, that of processes it left running included.

    The memory is read as `cost_of` does. The processor's seconds are those since this process began.
    """
    start = time.perf_counter()
    watch = _Watch(os.getpid())
    watch.start()
    done = work()
    wall = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = sum(one.ru_utime + one.ru_stime for one in used) + sum(map(_processor, [*_tree(os.getpid())][1:]))
    return done, Cost(wall, cpu, watch.stop() or max(one.ru_maxrss for one in used) * _KB)


def environment() -> dict[str, str]:
    """Return the environment of every command: ours, without the variables that redirect Python or a build.

    The command takes the program in its own folder.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "GONGBAO", "MAKE"))}
    return kept | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": "hooks"}


def output_of(site: Path) -> Output:
    """Return the output in a built site."""
    files = [path for path in site.rglob("*") if path.is_file()]
    return Output(len(files), sum(path.suffix == ".html" for path in files), sum(path.stat().st_size for path in files))


class _Watch(Thread):
    """Reads the memory of a process and of all processes below it until it is stopped."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process, self.most, self.over = process, 0, Event()

    def run(self) -> None:
        while not self.over.wait(_BETWEEN):
            self.look()

    def look(self) -> None:
        """Read the memory once."""
        processes = [*_tree(self.process)]
        own = (_told(process, "status", "VmHWM:") for process in processes)
        self.most = max(self.most, sum(_told(each, "smaps_rollup", "Pss:") for each in processes), *own)

    def stop(self) -> int:
        """Stop, and return the largest number of bytes that was read."""
        self.over.set()
        self.join()
        self.look()  # work that is done sooner than the first look has its peak
        return self.most


def _tree(process: int) -> Iterator[int]:
    yield process
    try:
        threads = [*Path(f"/proc/{process}/task").iterdir()]
    except OSError:
        return  # the process has ended meanwhile
    for thread in threads:
        for child in _read(thread / "children").split():
            yield from _tree(int(child))


def _told(process: int, file: str, name: str) -> int:
    """Return a number of bytes that the system has of a process; 0 if the process or the number is missing."""
    for line in _read(Path(f"/proc/{process}/{file}")).splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024
    return 0


def _processor(process: int) -> float:
    """Return the seconds of processor of a running process and of the ended ones below it (proc_pid_stat(5))."""
    times = _read(Path(f"/proc/{process}/stat")).rpartition(")")[2].split()[11:15]
    return sum(map(int, times)) / os.sysconf("SC_CLK_TCK")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
