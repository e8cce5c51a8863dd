"""Files that git keeps."""

from __future__ import annotations

import subprocess
from pathlib import Path


def tracked(project: Path, folder: str) -> str:
    """Return the path, from the project, of the first file that git keeps of a folder, which may also be one itself.

    It is empty if there is none, or no git, or no repository.
    """
    command = ["git", "ls-files", "-z", "--", folder]
    try:
        done = subprocess.run(command, cwd=project, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.partition(b"\0")[0].decode("utf-8", "backslashreplace")
