"""The gate before publication: which problems of the records count, of all that there are.

A problem is *old* where the records had it already at an earlier revision; it never blocks a newcomer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ..building import CONTENT, read
from ..git.revisions import renamed, unpack
from ..parallel import Progress
from ..problems.problem import Problem, errors
from ..reading.content import Content


@dataclass(frozen=True)
class Verdict:
    """What a check found: the problems that count, in order, and how many were passed over, and why."""

    content: Content
    problems: tuple[Problem, ...]
    old: int = 0
    elsewhere: int = 0

    def passes(self, *, strict: bool) -> bool:
        """Whether nothing stands in the way of publication."""
        return not (self.problems if strict else errors(self.problems))


def judge(project: Path, paths: Collection[str] = (), since: str = "", progress: Progress | None = None) -> Verdict:
    """Check all records of a project; only problems in ``paths`` count, and only those absent at ``since``.

    ``paths`` are files and folders from the project's folder (``content/2014``); none means all. Raises
    `UnknownRevision`.
    """
    with TemporaryDirectory() as folder:
        if since:
            unpack(project, CONTENT, since, Path(folder))  # first: reading may take its time
        content = read(project, progress)
        earlier = _earlier(project, Path(folder), since) if since else None
    here = [problem for problem in content.problems if lies_in(problem.path, paths)]
    counting = new(here, earlier) if earlier is not None else here
    elsewhere = len(content.problems) - len(here)
    return Verdict(content, tuple(counting), len(here) - len(counting), elsewhere)


def _earlier(project: Path, folder: Path, revision: str) -> list[Problem]:
    """Return the problems of a folder's records, those of a revision, under the names that their files have now."""
    return follow(read(project, at=folder).problems, renamed(project, CONTENT, revision))


def follow(problems: Iterable[Problem], renames: Mapping[str, str]) -> list[Problem]:
    """Give each problem the present path of its file."""
    moved = []
    for problem in problems:
        values = {name: renames.get(value, value) for name, value in problem.values.items()}
        moved.append(problem.at(renames.get(problem.path, problem.path), values))
    return moved


def new(problems: Sequence[Problem], earlier: Iterable[Problem]) -> list[Problem]:
    """Return the problems that were not there before; a place that only moved within its file is the same."""
    before = Counter(_likeness(problem) for problem in earlier)
    counting = []
    for problem in problems:
        likeness = _likeness(problem)
        if before[likeness]:
            before[likeness] -= 1
        else:
            counting.append(problem)
    return counting


def _likeness(problem: Problem) -> tuple[str, ...]:
    """What stays of a problem when only lines around it or its place in a list change."""
    return (problem.path, problem.rule, re.sub(r"\[\d+\]", "", problem.field), problem.written)


def lies_in(path: str, places: Collection[str]) -> bool:
    """Whether a file is one of the places, or lies below one; none are named for all."""
    return not places or any(
        path == place or path.startswith(f"{place.rstrip('/')}/") or place in ("", ".") for place in places
    )
