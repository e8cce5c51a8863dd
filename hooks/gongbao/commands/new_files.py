"""Files that commands write for writers. Nothing that exists is overwritten."""

from __future__ import annotations

from pathlib import Path


def put_new_file(path: Path, content: bytes) -> None:
    """Write a new file. Raises FileExistsError for one that exists, and OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)
