"""Files that git keeps."""

from __future__ import annotations

from pathlib import Path

from .asking import GitRefuses, ask_git

_LINK = b"120000 "  # the mode of a link (gitformat-index)


def tracked(project: Path, folder: str) -> str:
    """Return the path, from the project, of the first file that git keeps of a folder, which may also be one itself.

    It is empty if there is none, or no git, or no repository.
    """
    try:
        printed = ask_git(project, "ls-files", "-z", "--", folder)
    except GitRefuses:
        return ""
    return printed.partition(b"\0")[0].decode("utf-8", "backslashreplace")


def is_tracked_link(project: Path, name: str) -> bool:
    """Whether git keeps a file of the project as a symbolic link."""
    try:
        return ask_git(project, "ls-files", "--stage", "-z", "--", name).startswith(_LINK)
    except GitRefuses:
        return False
