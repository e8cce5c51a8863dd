"""A command that somebody stops ends in order: with one line, and with the exit code that shells expect.

At any moment a build may also end without a word, as when the power fails: what it leaves is always whole. So a second
signal, while the first one is seen to, ends the process at once.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopped(SystemExit):
    """Somebody has stopped the command. The exit code is 128 and the signal's number; ``told`` tells that it was said.

    It is no `Exception`, and no `KeyboardInterrupt`, so that nobody takes it for a failure, or for something to go on
    after.
    """

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)
        self.told = False

    def tell(self) -> None:
        """Say once, in both languages, that the command was stopped."""
        if not self.told:
            from .problems.catalogue import both  # the commands import it when signals are heeded already

            self.told = True
            print(f"\n{both('stopped')}", file=sys.stderr, flush=True)


def heed_signals() -> None:
    """Have this process raise `Stopped` in its main thread when somebody stops it.

    A signal that whoever started the process wants passed over, as ``nohup`` does, is passed over.
    """
    sys.unraisablehook = _end_where_nothing_can_be_raised
    for number in _SIGNALS:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _stop)


def heed_no_more() -> None:
    """Have this process pass over signals: its work is done, and while Python ends nobody could see to one."""
    _answer(signal.SIG_IGN)


def _answer(how: signal.Handlers) -> None:
    for number in _SIGNALS:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, how)


@contextmanager
def stoppable() -> Iterator[None]:
    """Do something that may be stopped, tell if it was, and go on as before."""
    heed_signals()
    try:
        yield
    except Stopped as stopped:
        stopped.tell()
        raise
    finally:
        heed_no_more()


@contextmanager
def held() -> Iterator[None]:
    """Let a signal wait while modules are imported: half of a module can't be imported again, nor made to end."""
    _holding.append(None)
    try:
        yield
    finally:
        _holding.pop()
    if _waiting:
        _stop(_waiting[0], None)


_holding: list[None] = []  # as long as something is held
_waiting: list[int] = []  # the signals that came meanwhile


def _stop(number: int, frame: FrameType | None) -> None:
    del frame
    if _holding:
        _waiting.append(number)
        return
    _answer(signal.SIG_DFL)
    raise Stopped(number)


def _end_where_nothing_can_be_raised(unraisable: Any) -> None:
    """End at once where the signal came while Python was tidying up, in which nothing can be raised."""
    stopped = unraisable.exc_value
    if isinstance(stopped, Stopped):
        stopped.tell()
        os._exit(int(str(stopped.code)))
    sys.__unraisablehook__(unraisable)
