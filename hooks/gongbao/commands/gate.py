"""The gate before publication: it chooses the problems that count.

A problem is *old* if the records had it at an earlier revision already. Old problems never block new work.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ..archive.held_back import unpublished
from ..git.revisions import unpack
from ..parallel import Progress
from ..problems.catalogue import label
from ..problems.likeness import likeness
from ..problems.problem import Problem, errors
from ..project import CONTENT, read, with_problems
from ..reading.content import Content
from .misuse import Misuse


@dataclass(frozen=True)
class Verdict:
    """The result of a check: the problems that count, in order, and the numbers of old ones and of those elsewhere."""

    content: Content
    problems: tuple[Problem, ...]
    old: int = 0
    elsewhere: int = 0

    def passes(self, *, strict: bool) -> bool:
        """Whether nothing stands in the way of publication."""
        return not (self.problems if strict else errors(self.problems))


def judge(project: Path, paths: Collection[str] = (), since: str = "", progress: Progress | None = None) -> Verdict:
    """Check all records of a project. Only problems in ``paths`` count, and only those that were absent at ``since``.

    ``paths`` are files and folders as seen from the project's folder (``content/2014``); none means all. ``since`` is a
    revision, or empty. Raises UnknownRevision.
    """
    with TemporaryDirectory() as folder:
        # First, as reading takes longer than finding out that a revision is unknown.
        renames = unpack(project, CONTENT, since, Path(folder)) if since else {}
        content = read(project, progress)
        content = with_problems(content, unpublished(content.records, content.vocabulary, CONTENT))
        earlier = follow(read(project, at=Path(folder)).problems, renames) if since else None
    here = [problem for problem in content.problems if lies_in(problem.path, paths)]
    counting = new(here, earlier) if earlier is not None else here
    elsewhere = len(content.problems) - len(here)
    return Verdict(content, tuple(counting), len(here) - len(counting), elsewhere)


def follow(problems: Iterable[Problem], renames: Mapping[str, str]) -> list[Problem]:
    """Give each problem the present path of its file."""
    moved = []
    for problem in problems:
        values = {name: renames.get(value, value) for name, value in problem.values.items()}
        moved.append(problem.at(renames.get(problem.path, problem.path), values))
    return moved


def new(problems: Sequence[Problem], earlier: Iterable[Problem]) -> list[Problem]:
    """Return the problems that were not there before. A problem that only moved within its file was there."""
    before = Counter(likeness(problem) for problem in earlier)
    counting = []
    for problem in problems:
        like = likeness(problem)
        if before[like]:
            before[like] -= 1
        else:
            counting.append(problem)
    return counting


def lies_in(path: str, places: Collection[str]) -> bool:
    """Whether a file is one of the places or lies below one. No places mean all."""
    return not places or any(
        path == place or path.startswith(f"{place.rstrip('/')}/") or place in ("", ".") for place in places
    )


def place_in(path: str, project: Path, *, gone: bool) -> str:
    """Return a path as problems name it. Raises Misuse if it lies elsewhere, or is missing and may not be ``gone``."""
    # Links are not followed: a record may be a link.
    from_project = os.path.relpath(Path(path).absolute(), project.absolute())
    inside = from_project == os.curdir or CONTENT in Path(from_project).parts[:1]
    if inside and (gone or os.path.lexists(path)):
        return Path(from_project).as_posix()
    raise Misuse(label("path-elsewhere", "zh", path=path))
