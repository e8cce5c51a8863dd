"""What a terminal shows: colours, and a sign of life where something takes long; in a pipe a line now and then."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.highlighter import RegexHighlighter
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.theme import Theme

from .catalogue import Language, label

# Seconds of work before a bar is shown; between two looks of it; between two lines where there is no terminal.
SHOWN_AFTER, _BAR_EVERY, _LINE_EVERY = 1.0, 0.1, 5.0


class _Places(RegexHighlighter):
    """Marks where a problem is, how grave, and its rule, in the text of a report."""

    base_style = "gongbao."
    highlights = [  # noqa: RUF012 (the base class has it so)
        r"(?m)^(?P<place>\S+:\d+:\d+): (?:(?P<error>错误|error)|(?P<warning>提醒|warning)):.*?(?P<rule>\[[\w.-]+\])?$",
    ]


_STYLES = Theme(
    {"gongbao.place": "bold", "gongbao.error": "bold red", "gongbao.warning": "yellow", "gongbao.rule": "dim"}
)


def print_report(text: str) -> None:
    """Print a report, coloured where it goes to a terminal that can; long lines are left to the terminal."""
    if not text:
        return
    console = Console(theme=_STYLES, highlighter=_Places(), soft_wrap=True, markup=False, emoji=False)
    if console.is_terminal:
        console.print(text)
    else:
        print(text)


class Meter:
    """Tells how far long work is, where it takes more than a second: by a bar in a terminal, elsewhere by lines.

    It is told of what is being done (a label's name), how many things there are to do, and how many are done. It has
    no thread: beside one, work is not shared among processes.
    """

    def __init__(self, language: Language = "zh") -> None:
        self._language: Language = language
        self._console = Console(stderr=True)
        self._told = self._console.get_time()
        self._wait = SHOWN_AFTER if self._console.is_terminal else _LINE_EVERY
        self._bar: Progress | None = None

    def __call__(self, doing: str, total: int, done: int) -> None:
        """Tell, if it is time."""
        if self._bar and done == total:  # what else is printed must not meet the bar
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
