"""What stays the same of a problem when only the lines around it, or its place in a list, change."""

from __future__ import annotations

import hashlib
import re

from .problem import Problem

_SIGNS = 12  # of a digest: enough for the problems of one file


def likeness(problem: Problem) -> tuple[str, ...]:
    """Return the part of a problem by which it is known again."""
    return (problem.path, problem.rule, re.sub(r"\[\d+\]", "", problem.field), problem.written)


def likeness_line(problem: Problem) -> str:
    """Return a line for a list of known problems: rule, digest, path."""
    digest = hashlib.sha256("\0".join(likeness(problem)).encode()).hexdigest()[:_SIGNS]
    return f"{problem.rule} {digest} {problem.path}"
