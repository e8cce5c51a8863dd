"""The contents of files that git keeps, by the names that git gives them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from .asking import ask_git


def contents(folder: Path, blobs: Collection[str]) -> Mapping[str, bytes]:
    """Return the contents of blobs by name, without those that are not in the repository. Raises GitRefuses.

    Source: git-cat-file(1).
    """
    found: dict[str, bytes] = {}
    if not blobs:
        return found
    told = ask_git(folder, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in blobs).encode())
    at = 0
    for blob in blobs:
        start = told.index(b"\n", at) + 1
        about = told[at:start].split()
        if len(about) == 3:
            size = int(about[2])
            found[blob] = told[start : start + size]
            at = start + size + 1
        else:
            at = start
    return found
