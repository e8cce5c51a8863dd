"""Git is asked a question; its answer comes back as bytes, its reason for having none as an exception."""

from __future__ import annotations

import subprocess
from pathlib import Path


class GitRefuses(Exception):
    """There is no git, no repository, or nothing to answer with. The exception's text is git's own reason."""


def ask_git(folder: Path, *arguments: str, given: bytes = b"", seconds: float | None = None) -> bytes:
    """Return what git prints in a folder, in so many seconds if it has a limit. ``given`` is its input.

    Raises GitRefuses.
    """
    command = ["git", "-c", "core.quotePath=false", *arguments]
    try:
        done = subprocess.run(command, cwd=folder, input=given, capture_output=True, check=True, timeout=seconds)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitRefuses(str(error)) from error
    except subprocess.CalledProcessError as error:
        raise GitRefuses(" ".join(_reason(error.stderr).split())) from error
    return done.stdout


def _reason(said: bytes) -> str:
    """Return what git says, in UTF-8 or, in a terminal in GBK, in that."""
    try:
        return said.decode()
    except UnicodeDecodeError:
        return said.decode("gb18030", errors="replace")


def names(printed: bytes) -> list[str]:
    """Return the fields of an answer to a question with ``-z``. Bytes that are no UTF-8 are kept as surrogates."""
    return printed.decode("utf-8", "surrogateescape").split("\0")[:-1]


def is_shallow(folder: Path) -> bool:
    """Whether a repository has the newest commits only. Raises GitRefuses."""
    return ask_git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"


def has_no_commit(folder: Path) -> bool:
    """Whether a repository's branch has no commit yet. Raises GitRefuses where there is no repository."""
    ask_git(folder, "rev-parse", "--git-dir")
    try:
        ask_git(folder, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    except GitRefuses:
        return True
    return False


def has_own_repository(folder: Path) -> bool:
    """Whether a folder is the root of a repository: a submodule that is checked out, or a clone in another one."""
    return (folder / ".git").exists()
