"""How much text a record may hold: what keeps Markdown's quadratic corners out of a build."""

from __future__ import annotations

from collections.abc import Iterator

from ..problems.problem import Mark, Problem

# What is counted, and at the most how much of it: far beyond any record that tells one thing.
_LIMITS = (
    ("", 100_000),
    ("\n", 3_000),
    ("[", 1_000),
    ("<", 1_000),
    ("`", 1_000),
    ("\\", 1_000),
    ("#", 1_000),
    ("*", 3_000),
)
_NAMES = {"": "字 / characters", "\n": "行 / lines"}


def heaviness_problems(text: str, line: int, path: str) -> Iterator[Problem]:
    """Yield a problem for each thing that a text has too many of."""
    for sign, limit in _LIMITS:
        count = text.count(sign) if sign else len(text)
        if count > limit:
            values = {"what": _NAMES.get(sign, sign), "count": str(count), "limit": str(limit)}
            yield Problem(path, Mark(line), "text.heavy", values=values)
