"""The cache of Word documents: a folder that mirrors the site, with an index of the documents' digests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

FOLDER = ".cache/word"
_INDEX = "documents.json"


def cached_documents(folder: Path) -> tuple[dict[str, str], bool]:
    """Return the digest of each sound document by its address, and whether some document was damaged."""
    index = folder / _INDEX
    if not index.exists():
        return {}, False
    try:
        entries = json.loads(index.read_text(encoding="utf-8"))
        listed = {str(address): (str(name), str(checksum)) for address, (name, checksum) in entries.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}, True
    sound = {address: name for address, (name, checksum) in listed.items() if _checksum(folder / address) == checksum}
    return sound, len(sound) < len(listed)


def _checksum(path: Path) -> str:
    """Return the checksum of a file; nothing for a file that can't be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def cache_document(folder: Path, address: str, data: bytes) -> None:
    """Write a document into the cache, whole or not at all."""
    path = folder / address
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(data)
    unfinished.replace(path)


def write_index(folder: Path, digests: Mapping[str, str]) -> None:
    """Write the index of these documents, and remove all other documents."""
    for path in sorted(folder.rglob("*.docx")):
        if path.relative_to(folder).as_posix() not in digests:
            path.unlink()
    entries = {address: (name, _checksum(folder / address)) for address, name in sorted(digests.items())}
    cache_document(folder, _INDEX, json.dumps(entries, ensure_ascii=False, indent=1).encode())
