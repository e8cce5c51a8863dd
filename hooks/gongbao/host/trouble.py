"""What goes wrong while MkDocs builds, told as problems or in one line, instead of Python's traceback."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from mkdocs.plugins import get_plugin_logger
from mkdocs.utils import CountHandler

from ..problems.catalogue import Language, label
from ..problems.disk_errors import disk_line
from ..problems.problem import Problem
from ..problems.text_report import describe, report
from ..project import relative_to
from ..rendering.renderer import Unbuildable, template_problem
from ..search.index import SearchFailed

_log = get_plugin_logger("gongbao")


def problems_of(error: Exception, project: Path) -> tuple[Problem, ...]:
    """Return the problems in a site's own files that an error comes from; none for an error of another kind."""
    if isinstance(error, Unbuildable):
        return tuple(relative_to(project, error.problems))
    problem = template_problem(error)
    return tuple(relative_to(project, [problem])) if problem else ()


def line_of(error: Exception, language: Language) -> str:
    """Return one line about an error that is none of the program's; nothing for any other."""
    if isinstance(error, SearchFailed):
        return label("search-not-made", language, reason=error)
    said = disk_line(error, language) if isinstance(error, OSError) else ""
    return label("site-stays", language, said=said) if said else ""


def tell(problems: Iterable[Problem], language: Language) -> None:
    """Say problems in MkDocs' log."""
    for problem in problems:
        say = _log.error if problem.severity == "error" else _log.warning
        say(describe(problem, language))


def count(problems: Iterable[Problem], language: Language) -> str:
    """Return in a line how many problems there are."""
    return report(problems, language).split("\n")[-1]


def warned() -> str:
    """Return how much was warned of in strict mode, or nothing. MkDocs itself asks only after `on_post_build`."""
    counters = (one for one in logging.getLogger("mkdocs").handlers if isinstance(one, CountHandler))
    counted = [pair for counter in counters for pair in counter.get_counts()]
    return ", ".join(f"{number} {level.lower()}s" for level, number in counted)
