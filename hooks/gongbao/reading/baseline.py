"""The baseline: a list of the problems that an old archive has, so that only new ones count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from ..problems.catalogue import waivable
from ..problems.likeness import likeness_line
from ..problems.problem import Mark, Problem

ABOUT = (
    "# 已知的旧问题，一行一个，不再计入。改好了就重写：gongbao check --baseline write",
    "# Known problems, one a line; they count no more. Write it anew when some are mended.",
)


class Counting(NamedTuple):
    """The problems that count, and those that the baseline knows."""

    problems: tuple[Problem, ...]
    known: tuple[Problem, ...]


def without_known(problems: Iterable[Problem], baseline: bytes, path: str) -> Counting:
    """Part the problems that the baseline knows from those that count, in order.

    ``baseline`` is the file at ``path``: a line a problem, in any order, comments after ``#``. One more problem tells
    of lines for which there is no problem any more. What breaks a site or a record always counts.
    """
    lines = baseline.decode("utf-8-sig", errors="replace").splitlines()
    left = Counter(line for line in lines if line and not line.startswith("#"))
    counting, known = [], []
    for problem in problems:
        line = likeness_line(problem) if left and waivable(problem.rule) else ""
        if left[line] > 0:
            left[line] -= 1
            known.append(problem)
        else:
            counting.append(problem)
    if unused := left.total():
        first = next(line for line in lines if left[line] > 0)
        values = {"count": str(unused)}
        counting.append(Problem(path, Mark(lines.index(first) + 1), "baseline.unused", "", first, values))
    return Counting(tuple(counting), tuple(known))


def baseline_of(problems: Iterable[Problem]) -> str:
    """Return the file that makes these problems known. It is empty if none of them can be."""
    lines = sorted(likeness_line(problem) for problem in problems if waivable(problem.rule))
    return "\n".join([*ABOUT, *lines, ""]) if lines else ""
