"""What is checked across fields and records once they are read: one small module a matter, one registry.

A check is a function from a `Case` to problems; it knows nothing of waivers, which are applied afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..problems import Problem
from . import figures, plans, prose, scale, series
from .case import Case

CHECKS: tuple[Callable[[Case], Iterator[Problem]], ...] = (
    figures.check,
    scale.check,
    series.check,
    plans.check,
    prose.check,
)


def run(case: Case) -> Iterator[Problem]:
    """Yield the problems of every check, in the registry's order."""
    for check in CHECKS:
        yield from check(case)


__all__ = ["CHECKS", "Case", "run"]
