"""Earlier versions of the records, taken from git."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path


class UnknownRevision(Exception):
    """There is no git, no repository or no such revision. The exception's text is git's message."""


def unpack(project: Path, folder: str, revision: str, into: Path) -> None:
    """Write the files that ``project/folder`` held at a revision to ``into/folder``, which may then be empty.

    Raises UnknownRevision.
    """
    commit = _git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    name = commit.decode().strip()
    if _git(project, "ls-tree", name, "--", folder):
        packed = _git(project, "archive", "--format=tar", name, "--", folder)
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(into, filter="tar")
    (into / folder).mkdir(exist_ok=True)


def renamed(project: Path, folder: str, revision: str) -> Mapping[str, str]:
    """Return the files below a folder that were renamed since a revision: their present paths by the earlier ones.

    Raises UnknownRevision.
    """
    told = _git(project, "diff", "--name-status", "-M", "--diff-filter=R", "--relative", "-z", revision, "--", folder)
    fields = told.decode("utf-8", "surrogateescape").split("\0")
    return {fields[at + 1]: fields[at + 2] for at in range(0, len(fields) - 2, 3)}


def _git(project: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], cwd=project, capture_output=True, check=True)
    except OSError as error:
        raise UnknownRevision(str(error)) from error
    except subprocess.CalledProcessError as error:
        raise UnknownRevision(error.stderr.decode(errors="replace").strip()) from error
    return done.stdout
