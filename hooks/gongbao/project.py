"""A project's folder, read and checked: what it holds, what git knows of that, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from .archive.filing import Archive, publish
from .cache.store import FOLDER, folder_of, load, save, without_collecting
from .collecting.kept_sites import COLLECTED, load_collected
from .git.past import Past, contents_of_past, read_past
from .git.tracked import is_tracked_link, tracked
from .parallel import Progress
from .problems.problem import Mark, Problem, errors, in_order
from .publishing.kept import kept_problems, publishable
from .publishing.permanent import lost_addresses
from .reading.content import Content, ReadCache, read_all
from .reading.disk import PUBLISHED, read_content

CONTENT, SITE = "content", "site"
_READINGS, _PAST = "readings", "past"  # files in the cache


def read(
    project: Path, progress: Progress | None = None, *, at: Path | None = None, cached: ReadCache | None = None
) -> Content:
    """Read and check a project's records and word lists. Files that have not changed since the last time are not read.

    ``at`` is another folder that holds the project's ``content/`` as it was earlier. ``cached`` is what the last read
    left; without it, that is loaded from the project's cache, and what this read leaves is saved there.
    """
    file = folder_of(project) / _READINGS
    before: ReadCache = cached or load(file, ReadCache) or ReadCache()
    folder = project / CONTENT
    past = Past() if at else _past_of(project)
    with without_collecting():
        content = read_all(
            read_content((at or project) / CONTENT, project), before, progress, past, partial(contents_of_past, folder)
        )
        if content.vocabulary.sites:
            content = replace(content, collected=load_collected(project / COLLECTED, content.vocabulary.sites))
        more = [*kept_problems(content.kept, CONTENT)]
        if not errors(content.problems):
            more += lost_addresses(archive_of(content), f"{CONTENT}/{PUBLISHED}")
    if not at and not cached and content.cache is not before:
        save(file, content.cache)
    if not at and (name := tracked(project, FOLDER)):
        more.append(Problem(name, Mark(), "cache.tracked"))
    if not at and is_tracked_link(project, SITE):
        more.append(Problem(SITE, Mark(), "site.tracked"))
    return with_problems(content, more)


def with_problems(content: Content, more: Iterable[Problem]) -> Content:
    """Return what was read with more problems."""
    return replace(content, problems=in_order([*content.problems, *more])) if (more := [*more]) else content


def _past_of(project: Path) -> Past:
    """Return what git knows of the records' files. It is kept until there is another commit."""
    file = folder_of(project) / _PAST
    known = load(file, Past)
    past = read_past(project / CONTENT, PUBLISHED, known)
    if past != known and not past.missing:
        save(file, past)
    return past


def archive_of(content: Content, *, preview: bool = False) -> Archive:
    """Return the archive of what was read: what readers may see, or what a ``preview`` shows (`filing.publish`)."""
    archive = replace(
        publish(content.records, content.vocabulary, preview=preview),
        published=content.published,
        versions=content.versions,
        complete=not content.past_missing,
        collected=content.collected,
    )
    return replace(archive, kept=publishable(archive, content.kept)) if content.kept else archive


def relative_to(project: Path, problems: Iterable[Problem]) -> list[Problem]:
    """Name the files of problems from the project's folder, where they lie in it."""
    return [
        replace(problem, path=Path(problem.path).relative_to(project).as_posix())
        if Path(problem.path).is_relative_to(project)
        else problem
        for problem in problems
    ]
