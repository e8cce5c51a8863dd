"""The list of all files of a site with their SHA-256 digests, by which anybody can verify a copy of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..output import Keys

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class FileDigest:
    """What a manifest says of a file: its SHA-256 digest (FIPS 180-4) in hexadecimal digits, and its size in bytes."""

    sha256: str
    size: int

    @classmethod
    def of(cls, content: bytes) -> FileDigest:
        """Return the digest of a file's content."""
        return cls(hashlib.sha256(content).hexdigest(), len(content))


@dataclass(frozen=True)
class Manifest:
    """What a manifest says of a whole site: the program that made it, the site's address, and what it was made from.

    ``commit`` is the full name of a git commit; ``changed`` tells that the files differed from that commit. Without git
    there is no commit.
    """

    generator: str
    site: str = ""
    commit: str = ""
    changed: bool = False

    def key(self, keys: Keys) -> bytes:
        """Return a digest of all that the manifest of files with these keys depends on."""
        return hashlib.sha256(repr((self, sorted(keys.items()))).encode()).digest()

    def text(self, files: Mapping[str, FileDigest]) -> str:
        """Return the manifest as JSON, a file a line."""
        head = {name: value for name, value in vars(self).items() if value}
        lines = ",\n".join(
            json.dumps({"path": name, "sha256": file.sha256, "bytes": file.size}, ensure_ascii=False)
            for name, file in sorted(files.items())
        )
        return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "files": [\n{lines}\n]}}\n'


def file_digests(folder: Path, names: Collection[str], known: Mapping[str, FileDigest]) -> Mapping[str, FileDigest]:
    """Return the digests of files in a folder; those that are ``known`` are not read."""
    return {name: known.get(name) or FileDigest.of(_content(f"{folder}/{name}")) for name in names}


def _content(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123 (of every file of a site: a Path of each takes longer)
        return file.read()


def listed_files(text: bytes) -> Mapping[str, FileDigest]:
    """Return what a manifest lists. Raises ValueError for what is no manifest."""
    try:
        files = json.loads(text)["files"]
        return {str(one["path"]): FileDigest(str(one["sha256"]), int(one["bytes"])) for one in files}
    except (KeyError, TypeError, OverflowError, RecursionError) as error:
        raise ValueError(f"no manifest: {error!r}") from error
