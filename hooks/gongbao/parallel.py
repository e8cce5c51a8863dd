"""The same work on many things, on every core where that pays."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from itertools import pairwise
from typing import Any, TypeVar

WORTH_IT = 300  # things to do below which starting a process costs more than it saves, where each takes a millisecond
_CHUNKS = 8  # pieces of work a process at least, so that none waits long for another
_NICE = 5  # by how much less than others' a forked process's work is urgent
_LOOK_EVERY = 1.0  # seconds from one look whether the process that waits is there to the next
_COLLECT_AFTER = 20_000  # new objects between two collections of garbage, of which there is hardly any
_LARGEST = 64  # things in a piece, whose results are all in memory at the same time

# A callback: it takes a label's name for the work, the number of things to do, and the number of things done.
Progress = Callable[[str, int, int], None]

T = TypeVar("T")
R = TypeVar("R")

# What the processes of a pool do, and with what. They are forked, and so have both without their being sent to them.
_at_work: tuple[Callable[[Any], Any], Sequence[Any]] | None = None


def each(
    task: Callable[[T], R],
    things: Sequence[T],
    on_done: Callable[[int], None] | None = None,
    worth_it: int = WORTH_IT,
) -> list[R]:
    """Return what ``task`` makes of each thing, in their order; ``on_done`` is told how many are done."""
    done = dict(as_done(task, things, on_done, worth_it))
    return [done[at] for at in range(len(things))]


def as_done(
    task: Callable[[T], R],
    things: Sequence[T],
    on_done: Callable[[int], None] | None = None,
    worth_it: int = WORTH_IT,
    kin: Callable[[T], object] = id,
) -> Iterator[tuple[int, R]]:
    """Yield what `each` returns as it is done, with its place: where one takes long, the others are not held meanwhile.

    Neighbours of whom ``kin`` returns the same are done by one process, unless they are very many.

    Results travel between processes by pickle, through pipes that nobody else can write into; exceptions come back as
    they are. Where processes can't be forked, for few things, or beside other threads, whose locks a fork would
    inherit, everything is done here.
    """
    told = on_done or (lambda _: None)
    processes = min(cores(), len(things) // worth_it + 1)
    if processes < 2 or not _can_fork():
        for at, thing in enumerate(things):
            yield at, task(thing)
            told(at + 1)
        return
    global _at_work
    _at_work = task, things
    size = min(len(things) // (processes * _CHUNKS) + 1, _LARGEST)
    count = 0
    try:
        with ProcessPoolExecutor(processes, multiprocessing.get_context("fork"), _begin, (os.getpid(),)) as pool:
            starts = _starts([*map(kin, things)], size)
            chunks = {pool.submit(_do, *piece): piece[0] for piece in pairwise([*starts, len(things)])}
            try:
                for done in as_completed(chunks):
                    for at, result in enumerate(done.result(), chunks.pop(done)):
                        yield at, result
                        count += 1
                        told(count)
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
    finally:
        _at_work = None


def _starts(kin: Sequence[object], size: int) -> Iterator[int]:
    """Yield the beginnings of pieces of at least ``size`` things, and of at most four times as many."""
    start = -size
    for at, one in enumerate(kin):
        if at - start >= size and (not at or one != kin[at - 1] or at - start >= 4 * size):
            yield (start := at)


def _begin(waiting: int) -> None:
    """Let the garbage collector look through what this process makes, and pass over what it was given.

    Work that can be divided gives way to what can't: who waits for these results, and Pagefind, go first. An
    interruption is for the process that is waiting for them, and whatever ends that ends this one too, be it before
    this one has begun.
    """
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER)
    gc.enable()
    os.nice(_NICE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(waiting,), daemon=True).start()


def _end_with(parent: int) -> None:
    over = threading.Event()
    while os.getppid() == parent:
        over.wait(_LOOK_EVERY)
    os._exit(1)


def _can_fork() -> bool:
    return threading.active_count() == 1 and "fork" in multiprocessing.get_all_start_methods()


def progress_callback(doing: str, things: Sequence[object], progress: Progress | None) -> Callable[[int], None] | None:
    """Return a callback for `each` that reports the progress of some work (a label's name) on these things."""
    return partial(progress, doing, len(things)) if progress else None


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _do(start: int, end: int) -> list[Any]:
    assert _at_work is not None
    task, things = _at_work
    return [task(thing) for thing in things[start:end]]
