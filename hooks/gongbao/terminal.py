"""What only a terminal shows: colours, and a sign of life where something takes long. In a pipe nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

from rich.console import Console
from rich.highlighter import RegexHighlighter
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.theme import Theme

SHOWN_AFTER = 1.0  # seconds


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


@contextmanager
def progress(text: str) -> Iterator[Callable[[int, int], None] | None]:
    """Show a bar, in a terminal and only where work takes more than a second; yield what is told of its advance.

    That is a function of two counts, how many things there are to do and how many are done; or None in a pipe.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    bar = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=console, transient=True)
    task = bar.add_task(text, total=None)
    timer = Timer(SHOWN_AFTER, bar.start)
    timer.start()
    try:
        yield lambda total, done: bar.update(task, total=total, completed=done)
    finally:
        timer.cancel()
        bar.stop()
