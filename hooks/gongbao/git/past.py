"""What a folder's files were at each commit on the branch that is published. Git is asked once for all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from .asking import GitRefuses, ask_git
from .blobs import contents

_LOG = ("log", "--first-parent", "-m", "--reverse", "--relative")


class FileChange(NamedTuple):
    """A file that a commit changed.

    ``commit`` is its place in `Past.days`. ``before`` is the file's path before a renaming, else empty. ``blob`` is the
    name of its new content; it is empty where the file was deleted.
    """

    commit: int
    path: str
    blob: str
    before: str = ""


@dataclass(frozen=True)
class Past:
    """The commits of a branch that changed a folder, oldest first, and what each changed. Paths start in the folder.

    Of merges only what they brought to the branch counts (its first parents). ``days`` are the days of the commits
    (``2014-05-09``, in the author's time zone). ``lines`` has each line of one file that is a list, with the commit
    that added it first. ``head`` names the newest commit. ``missing`` is the name of the label that says why nothing is
    known.
    """

    head: str = ""
    days: tuple[str, ...] = ()
    changes: tuple[FileChange, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    missing: str = ""


def read_past(folder: Path, listing: str, known: Past | None = None) -> Past:
    """Return the past of a folder's files, and of the lines of the file ``listing`` in it.

    ``known`` is what was read before, which counts while no commit is added.
    """
    try:
        shallow, head = ask_git(folder, "rev-parse", "--is-shallow-repository", "HEAD").decode().split()
        if shallow == "true":
            return Past(missing="history-shallow")
        if known and known.head == head:
            return known
        asked = ("--raw", "--no-abbrev", "-M", "-z", "--format=%x01%as", "--", ".")
        printed = ask_git(folder, *_LOG, *asked).decode("utf-8", "surrogateescape")
        commits = [commit.split("\0") for commit in printed.split("\x01")[1:]]
        if not commits:  # the folder lies in a repository that does not keep it
            return Past(missing="history-none")
        told = (change for at, (_, *fields) in enumerate(commits) for change in _changes(at, fields))
        # No record has a name that is no UTF-8.
        changes = [change for change in told if _is_text(change)]
        lines = _first_lines(folder, listing, [change.commit for change in changes if change.path == listing])
    except GitRefuses:
        return Past(missing="history-none")
    return Past(head, tuple(day for day, *_ in commits), tuple(changes), lines)


def _is_text(change: FileChange) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in change.path + change.before)


def _changes(at: int, fields: Collection[str]) -> Iterator[FileChange]:
    """Yield what git tells of one commit: see "raw output format" in git-diff(1)."""
    words = iter(fields)
    for word in words:
        if not word.lstrip("\n").startswith(":"):
            continue
        *_, blob, status = word.split(" ")
        before = next(words)
        if status[0] in "RC":
            yield FileChange(at, next(words), blob, before if status[0] == "R" else "")
        else:
            yield FileChange(at, before, "" if status[0] == "D" else blob)


def _first_lines(folder: Path, listing: str, commits: Sequence[int]) -> Mapping[str, int]:
    """Return the lines that a list has ever had, each with its first commit; ``commits`` are those that changed it."""
    if not commits:
        return {}
    asked = ("-p", "-U0", "--no-renames", "--no-color", "--no-ext-diff", "--format=%x01", "--", listing)
    printed = ask_git(folder, *_LOG, *asked).decode("utf-8", "surrogateescape").split("\x01")[1:]
    first: dict[str, int] = {}
    for commit, patch in zip(commits, printed, strict=False):
        for line in patch.splitlines():
            if line.startswith("+") and not line.startswith("+++ "):
                first.setdefault(line[1:].strip(), commit)
    return first


def contents_of_past(folder: Path, blobs: Collection[str]) -> Mapping[str, bytes]:
    """Return the contents of blobs by name, without those that are not in the repository."""
    try:
        return contents(folder, blobs)
    except GitRefuses:
        return {}
