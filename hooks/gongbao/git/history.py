"""The days on which files were first and last committed. Git is asked once for a whole repository."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .asking import GitRefuses, ask_git, has_own_repository, is_shallow

_MADE_FROM = ("content", "docs", "hooks", "mkdocs.yml", "requirements.txt")


@dataclass(frozen=True)
class History:
    """The day (``2014-05-09``, in the committer's time zone) of each file's first commit and of its last, by path.

    The first commit of a renamed file is that of its earlier name. If nothing can be known of some files,
    ``missing`` is the name of the label that says so, and ``reason`` is git's own.
    """

    first: Mapping[str, str] = field(default_factory=dict)
    last: Mapping[str, str] = field(default_factory=dict)
    missing: str = ""
    reason: str = ""


def read_history(folder: Path, *inner: str) -> History:
    """Return the history of the files below a folder, by their paths in it.

    ``inner`` are folders in it that may be repositories of their own, such as submodules. Nothing is known if there is
    no git or no repository. Nor is it in a shallow clone, where the oldest commit would be taken for the first commit
    of every file.
    """
    within = [name for name in inner if has_own_repository(folder / name)]
    known = [("", _read(folder)), *((f"{name}/", _read(folder / name)) for name in within)]
    if within and not known[0][1].first:  # the repository that matters is the inner one
        known = known[1:]
    lacking = next((one for _, one in known if one.missing), History())
    return History(
        {prefix + path: day for prefix, one in known for path, day in one.first.items()},
        {prefix + path: day for prefix, one in known for path, day in one.last.items()},
        lacking.missing,
        lacking.reason,
    )


def _read(folder: Path) -> History:
    try:
        if is_shallow(folder):
            return History(missing="history-shallow")
        asked = ("log", "--format=%x01%cs", "--name-status", "-M", "--relative", "-z", "--", ".")
        commits = ask_git(folder, *asked).decode("utf-8", "surrogateescape")
    except GitRefuses as refused:
        return History(missing="history-none", reason=str(refused))
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    for commit in reversed(commits.split("\x01")[1:]):  # oldest first
        day, *fields = commit.split("\x00")
        words = iter(fields)
        for status in words:
            if not (kind := status.strip("\n")[:1]):
                continue
            before = path = next(words)
            if kind in "RC":
                path = next(words)
            first.setdefault(path, first.get(before, day) if kind == "R" else day)
            last[path] = day
    return History(first, last)


@dataclass(frozen=True)
class Checkout:
    """The commit that a project's files come from, and whether files were changed since. Without git, no commit."""

    commit: str = ""
    changed: bool = False


def read_checkout(project: Path) -> Checkout:
    """Return the commit that a project stands at; changes count in what a site is made from."""
    try:
        commit = ask_git(project, "rev-parse", "--verify", "--quiet", "HEAD").decode().strip()
        return Checkout(commit, bool(ask_git(project, "status", "--porcelain", "--", *_MADE_FROM)))
    except GitRefuses:
        return Checkout()
