"""The same work on many things, on every core where that pays."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

WORTH_IT = 300  # things to do below which starting a process costs more than it saves, where each takes a millisecond
_CHUNKS = 8  # pieces of work a process, so that none waits long for another

# Told of what is being done (a label's name), how many things there are to do, and how many are done.
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
    return list(in_turn(task, things, on_done, worth_it))


def in_turn(
    task: Callable[[T], R],
    things: Sequence[T],
    on_done: Callable[[int], None] | None = None,
    worth_it: int = WORTH_IT,
) -> Iterator[R]:
    """Yield what `each` returns as it comes, so that nobody needs to hold all of it.

    Results travel between processes by pickle; exceptions come back as they are. Where processes can't be forked, for
    few things, or beside other threads, whose locks a fork would inherit, everything is done here.
    """
    processes = min(cores(), len(things) // worth_it + 1)
    if processes < 2 or not _can_fork():
        for at, thing in enumerate(things, 1):
            yield _told(task(thing), at, on_done)
        return
    global _at_work
    _at_work = task, things
    try:
        with ProcessPoolExecutor(processes, multiprocessing.get_context("fork"), _begin) as pool:
            size = len(things) // (processes * _CHUNKS) + 1
            done = pool.map(_do, range(len(things)), chunksize=size)
            for at, result in enumerate(done, 1):
                yield _told(result, at, on_done)
    finally:
        _at_work = None


def _begin() -> None:
    """Let the garbage collector look through what this process makes, and pass over what it was given."""
    gc.freeze()
    gc.enable()


def _can_fork() -> bool:
    return threading.active_count() == 1 and "fork" in multiprocessing.get_all_start_methods()


class Beside(Generic[R]):
    """A task begun in a process of its own, which has everything without its being sent; the result is sent back.

    Where no process can be forked, it is done when it is waited for.
    """

    def __init__(self, task: Callable[[], R]) -> None:
        self._task = task
        self._process: BaseProcess | None = None
        if _can_fork():
            context = multiprocessing.get_context("fork")
            self._results, results = context.Pipe(duplex=False)
            self._process = context.Process(target=_send, args=(task, results), daemon=True)
            self._process.start()
            results.close()

    def wait(self) -> R:
        """Return what the task returns, or raise what it raises."""
        if self._process is None:
            return self._task()
        try:
            result, error = self._results.recv()
        except EOFError:
            result, error = None, RuntimeError("the process has ended without a word")
        self._process.join()
        if error:
            raise error
        returned: R = result
        return returned

    def stop(self) -> None:
        """Give it up."""
        if self._process:
            self._process.kill()
            self._process.join()


def _send(task: Callable[[], Any], results: Connection) -> None:
    _begin()
    try:
        results.send((task(), None))
    except Exception as error:  # whoever waits has to know
        results.send((None, error))
    except KeyboardInterrupt:
        pass  # told by whoever began this


def told(doing: str, things: Sequence[object], progress: Progress | None) -> Callable[[int], None] | None:
    """Return what tells of the progress of doing something (a label's name) with these things, for `each`."""
    return partial(progress, doing, len(things)) if progress else None


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _do(at: int) -> Any:
    assert _at_work is not None
    task, things = _at_work
    return task(things[at])


def _told(result: R, done: int, on_done: Callable[[int], None] | None) -> R:
    if on_done:
        on_done(done)
    return result
