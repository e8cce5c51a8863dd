"""From a project folder to a site in memory: read, file, lay out, render. One call for every host and command."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import localcontext
from pathlib import Path

from .archive import publish
from .content import Content, read_all
from .disk import read_content
from .fields import PRECISION
from .problems import Problem, errors, in_order
from .rendering import Site, render_site

CONTENT = "content"
CACHE = ".cache/templates"


@dataclass(frozen=True)
class Built:
    """What came of it: the site, or None where an error stands in the way; and all problems in order."""

    content: Content
    site: Site | None
    problems: tuple[Problem, ...]


def read(project: Path) -> Content:
    """Read and check a project's records and word lists."""
    return read_all(read_content(project / CONTENT))


def build(
    project: Path,
    *,
    preview: bool,
    folders: Sequence[Path] = (),
    site_url: str = "",
    first_seen: Mapping[str, str] | None = None,
    last_changed: Mapping[str, str] | None = None,
) -> Built:
    """Build a project's site in memory; nothing is written.

    ``first_seen`` is the day (``2014-05-09``) on which each file was first seen, by its path, as far as it is known,
    ``last_changed`` that of its last change.
    """
    with localcontext(prec=PRECISION):
        return _build(project, preview, folders, site_url, first_seen or {}, last_changed or {})


def _build(
    project: Path,
    preview: bool,
    folders: Sequence[Path],
    site_url: str,
    first_seen: Mapping[str, str],
    last_changed: Mapping[str, str],
) -> Built:
    content = read(project)
    if errors(content.problems):
        return Built(content, None, content.problems)
    archive = publish(content.records, content.vocabulary, preview=preview)
    site, found = render_site(archive, folders, site_url, project / CACHE / "pages", first_seen, last_changed)
    return Built(content, site, in_order([*content.problems, *relative_to(project, found)]))


def relative_to(project: Path, problems: Iterable[Problem]) -> list[Problem]:
    """Name the files of problems from the project's folder, where they lie in it."""
    return [
        replace(problem, path=Path(problem.path).relative_to(project).as_posix())
        if Path(problem.path).is_relative_to(project)
        else problem
        for problem in problems
    ]
