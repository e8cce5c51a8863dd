"""The days on which files were first and last committed. Git is asked once for a whole folder."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_MADE_FROM = ("content", "docs", "hooks", "mkdocs.yml", "requirements.txt")


@dataclass(frozen=True)
class History:
    """The day (``2014-05-09``, in the committer's time zone) of each file's first commit and of its last, by path.

    The first commit of a renamed file is that of its earlier name. If nothing can be known, both mappings are empty
    and ``missing`` is the name of the label that says why.
    """

    first: Mapping[str, str] = field(default_factory=dict)
    last: Mapping[str, str] = field(default_factory=dict)
    missing: str = ""


def read_history(folder: Path) -> History:
    """Return the history of the files below a folder, by their paths in it.

    Nothing is known if there is no git or no repository. Nor is it in a shallow clone, where the oldest commit would
    be taken for the first commit of every file.
    """
    try:
        about = _git(folder, "rev-parse", "--is-shallow-repository", "--show-prefix").split("\n")
        if about[0] == "true":
            return History(missing="history-shallow")
        commits = _git(folder, "log", "--format=%x01%cs", "--name-status", "-M", "--relative", "-z", "--", ".")
    except (OSError, subprocess.CalledProcessError):
        return History(missing="history-none")
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
        commit = _git(project, "rev-parse", "--verify", "--quiet", "HEAD").strip()
        return Checkout(commit, bool(_git(project, "status", "--porcelain", "--", *_MADE_FROM)))
    except (OSError, subprocess.CalledProcessError):
        return Checkout()


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-c", "core.quotePath=false", *arguments],
        cwd=folder,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return done.stdout
