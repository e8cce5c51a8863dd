"""When files last changed, asked of git once for the whole tree."""

from __future__ import annotations

import logging
import subprocess
from collections.abc import Mapping
from pathlib import Path

log = logging.getLogger("gongbao.history")


def last_changes(folder: Path) -> Mapping[str, str]:
    """Return the day (``2014-05-09``, as its committer's clock had it) of each file's last commit.

    Paths are relative to ``folder``. Where there is no git, no repository, or only a shallow clone (whose last
    commit would stand for every file), nothing is returned and one warning is logged.
    """
    try:
        about = _git(folder, "rev-parse", "--is-shallow-repository", "--show-prefix").split("\n")
        if about[0] == "true":
            log.warning("shallow clone: the dates of the last change are left out (clone with the full history)")
            return {}
        commits = _git(folder, "log", "--format=%x01%cs", "--name-only", "--relative", "-z", "--", ".")
    except (OSError, subprocess.CalledProcessError):
        log.warning("no git history here: the dates of the last change are left out")
        return {}
    changes: dict[str, str] = {}
    for commit in commits.split("\x01")[1:]:  # newest first
        day, _, names = commit.partition("\x00")
        for name in names.split("\x00"):
            if path := name.strip("\n"):
                changes.setdefault(path, day)
    return changes


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-c", "core.quotePath=false", *arguments],
        cwd=folder,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return done.stdout
