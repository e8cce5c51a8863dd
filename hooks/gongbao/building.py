"""From a project folder to a site in memory: read, file, lay out, render. One call for every host and command."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import localcontext
from pathlib import Path

from .archive.filing import Archive, publish
from .cache.store import folder_of, load, save, without_collecting
from .pages.page import Page
from .parallel import Progress
from .problems.problem import Problem, errors, in_order
from .publishing.pictures import find_font
from .reading.content import Content, Known, edited_records, read_all
from .reading.disk import read_content
from .records.fields import PRECISION
from .rendering.keys import Stands
from .rendering.render import Site, render_alone, render_site
from .rendering.rendered import Rendered

CONTENT = "content"
_READINGS = "readings"
_FEEDS = "feeds"


@dataclass(frozen=True)
class Built:
    """What came of it: the site, or None where an error stands in the way; and all problems in order."""

    content: Content
    site: Site | None
    problems: tuple[Problem, ...]


def read(
    project: Path, progress: Progress | None = None, *, at: Path | None = None, known: Known | None = None
) -> Content:
    """Read and check a project's records and word lists; files that have not changed since the last time are known.

    ``at`` is another folder that holds its ``content/``, as it was earlier. What the last time left is read from the
    project's cache, and what this one leaves is put there, unless it is ``known``.
    """
    kept = folder_of(project) / _READINGS
    before: Known = known or load(kept) or Known()
    with without_collecting():
        content = read_all(read_content((at or project) / CONTENT), before, progress)
    if not at and not known and content.known is not before:
        save(kept, content.known)
    return content


def build(
    project: Path,
    *,
    preview: bool,
    folders: Sequence[Path] = (),
    site_url: str = "",
    first_seen: Mapping[str, str] | None = None,
    changes: Mapping[str, str] | None = None,
    standing: Callable[[Archive], Stands] | None = None,
    documents: Callable[[Page, str, bytes], bool] | None = None,
    known: Known | None = None,
    progress: Progress | None = None,
) -> Built:
    """Build a project's site in memory; nothing is written.

    ``first_seen`` and ``changes`` are the days (``2014-05-09``) on which each file was first seen and last changed, by
    its path, as far as they are known. ``standing`` returns what needs not be made again, ``documents`` tells whether
    there is a Word document at an address for a page with a key, ``known`` is what the last build of a preview has
    read, and ``progress`` is told how far the work is.
    """
    with localcontext(prec=PRECISION), without_collecting():
        content = read(project, progress, known=known)
        if not preview:
            content = replace(content, known=Known())  # not needed again, and a fifth of the memory
        if errors(content.problems):
            return Built(content, None, content.problems)
        archive = publish(content.records, content.vocabulary, preview=preview)
        published = bool(site_url) and not preview
        carried: Mapping[bytes, str] = (load(folder_of(project) / _FEEDS) or {}) if published else {}
        site, found = render_site(
            archive,
            folders,
            site_url,
            cache=folder_of(project),
            first_seen=first_seen,
            changes=changes,
            font=find_font() if published else None,
            standing=standing,
            documents=documents,
            feed_contents=carried,
            progress=progress,
        )
        if site and site.feed_contents.keys() != carried.keys():
            save(folder_of(project) / _FEEDS, site.feed_contents)
        return Built(content, site, in_order([*content.problems, *relative_to(project, found)]))


def build_edited(
    project: Path, known: Known, last: Archive, folders: Sequence[Path], site_url: str, changes: Mapping[str, str]
) -> list[Rendered]:
    """Render the own pages of the few records that were edited since a preview's last build, for whoever waits.

    ``known`` is what that build has read, and ``last`` the archive that it made of it.

    Nothing is rendered where more than that has changed, or where something is wrong: then everything has to be built.
    """
    with localcontext(prec=PRECISION), without_collecting():
        found = edited_records(read_content(project / CONTENT), known, last.vocabulary)
        if found is None:
            return []
        records, new = found
        archive = publish(records, last.vocabulary, preview=True)
        return render_alone(new, archive, folders, site_url, folder_of(project), changes)


def relative_to(project: Path, problems: Iterable[Problem]) -> list[Problem]:
    """Name the files of problems from the project's folder, where they lie in it."""
    return [
        replace(problem, path=Path(problem.path).relative_to(project).as_posix())
        if Path(problem.path).is_relative_to(project)
        else problem
        for problem in problems
    ]
