"""What a terminal shows: reports in colour, and the progress of long work."""

from __future__ import annotations

import codecs
import io
import sys

from rich.console import Console
from rich.highlighter import RegexHighlighter
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.theme import Theme

from .catalogue import Language, label
from .visible import visible

# Seconds before a bar is shown, between two updates of the bar, and between two lines without a terminal.
SHOWN_AFTER, _BAR_EVERY, _LINE_EVERY = 1.0, 0.1, 5.0


class _Places(RegexHighlighter):
    """Marks the place, the severity and the rule of each problem in the text of a report."""

    base_style = "gongbao."
    highlights = [  # noqa: RUF012 (the base class declares it so)
        r"(?m)^(?P<place>\S+:\d+:\d+): (?:(?P<error>错误|error)|(?P<warning>提醒|warning)):.*?(?P<rule>\[[\w.-]+\])?$",
    ]


_STYLES = Theme(
    {"gongbao.place": "bold", "gongbao.error": "bold red", "gongbao.warning": "yellow", "gongbao.rule": "dim"}
)


def never_fail_to_print() -> None:
    """Have both streams write a sign that their encoding lacks as an escape: ``\\U0001f389`` in a terminal in GBK.

    ASCII, the encoding of the locale C, lacks all Chinese. Python itself takes UTF-8 there (PEP 538), if it may.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            utf_8 = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding="utf-8" if utf_8 else None, errors="backslashreplace")


def print_for_programs(text: str) -> None:
    """Print what a program reads: in UTF-8, whatever the encoding of a terminal is (JSON: RFC 8259, section 8.1)."""
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8")
    print(text)


def print_patch(text: str) -> None:
    """Print a patch: byte by byte for a program, and with the numbers of signs that nobody sees in a terminal."""
    print(visible(text) if sys.stdout.isatty() else text)


def print_report(text: str) -> None:
    """Print a report, in colour if the output is a terminal that has colours. The terminal breaks long lines.

    It obeys no control sign in the report.
    """
    text = visible(text)
    if not text:
        return
    console = Console(theme=_STYLES, highlighter=_Places(), soft_wrap=True, markup=False, emoji=False)
    if console.is_terminal:
        console.print(text)
    else:
        print(text)


class Meter:
    """Shows the progress of work that takes more than a second: as a bar in a terminal, else as lines.

    The meter is called with the name of a label, how many things there are to do, and how many of them are done. It
    starts no thread, because processes cannot be forked safely beside one.
    """

    def __init__(self, language: Language = "zh") -> None:
        self._language: Language = language
        self._console = Console(stderr=True)
        self._told = self._console.get_time()
        self._wait = SHOWN_AFTER if self._console.is_terminal else _LINE_EVERY
        self._bar: Progress | None = None

    def __call__(self, doing: str, total: int, done: int) -> None:
        """Show the progress if enough time has passed since the last time."""
        if self._bar and done == total:  # the bar must be gone before anything else is printed
            self._bar.stop()
            self._bar = None
        now = self._console.get_time()
        if done == total or now - self._told < self._wait:
            return
        self._told = now
        if self._console.is_terminal:
            self._wait = _BAR_EVERY
            self._show(label(doing, self._language), total, done)
        else:
            print(f"{label(doing, self._language)} {done}/{total}", file=sys.stderr, flush=True)

    def _show(self, text: str, total: int, done: int) -> None:
        if self._bar is None:
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
            self._bar = Progress(*columns, console=self._console, transient=True, auto_refresh=False)
            self._bar.add_task(text)
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], total=total, completed=done, refresh=True)
