"""All safe fixes of ``content/``, applied in memory over several rounds, until none is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

from ..problems.mending import mended, safe_fixes
from ..problems.problem import Problem
from .content import ReadCache, read_all
from .disk import Tree

_ROUNDS = 20  # far more than faults can hide each other in one line


@dataclass(frozen=True, slots=True)
class Repair:
    """A file of ``content/`` before and after its fixes, by its path there, with the number of problems mended."""

    name: str
    before: bytes
    after: bytes
    count: int


def repairs(tree: Tree, concerns: Callable[[Problem], bool], cache: ReadCache | None = None) -> list[Repair]:
    """Return the files of ``content/`` that safe fixes change. Only the problems that it ``concerns`` are mended.

    ``cache`` is what an earlier read left.
    """
    files, counts = tree.files, defaultdict[str, int](int)
    for _ in range(_ROUNDS):
        content = read_all(replace(tree, files=files), cache)
        cache = content.cache
        due = defaultdict[str, list[Problem]](list)
        for problem in content.problems:
            if problem.fix and problem.fix.safe and concerns(problem):
                due[problem.path.partition("/")[2]].append(problem)
        changed = {name: mended(files[name], safe_fixes(found)) for name, found in due.items()}
        if all(files[name] == after for name, after in changed.items()):
            break
        for name, found in due.items():
            counts[name] += len(found)
        files = {**files, **changed}
    return [
        Repair(name, tree.files[name], data, counts[name]) for name, data in files.items() if data != tree.files[name]
    ]
