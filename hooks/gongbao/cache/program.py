"""What tells one version of the program from another, so that nothing is kept from one to the next."""

from __future__ import annotations

import hashlib
import sys
import sysconfig
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from ..problems.packaged_rules import fingerprint


@cache
def program_fingerprint() -> bytes:
    """Return a fingerprint (SHA-256) of the program: its files, and the versions of Python and installed packages."""
    digest = hashlib.sha256(f"{sys.version} {sys.byteorder}".encode())
    for installed in sorted(Path(sysconfig.get_path("purelib")).glob("*.dist-info")):
        digest.update(installed.name.encode())
    digest.update(fingerprint())
    for name, data in sorted(_files(files("gongbao"), "")):
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return digest.digest()


def _files(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        name = f"{prefix}{entry.name}"
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files(entry, f"{name}/")
        else:
            yield name, entry.read_bytes()
