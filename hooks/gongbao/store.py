"""What a run leaves for the next one below ``.cache/``: never needed, and never trusted unless it is whole and ours.

A stored file begins with a fingerprint of the program and a checksum of what follows. One that is from another
version, cut short or changed is passed over.
"""

from __future__ import annotations

import gc
import hashlib
import logging
import pickle
import shutil
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from .wording import LANGUAGES, label

_LENGTH = hashlib.sha256().digest_size


_log = logging.getLogger(__name__)


def load(path: Path) -> Any:
    """Return what was saved at a path, or None where nothing was.

    None too, and one line that says so, for a file of another version of the program and for one that is not as it
    was written.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError:
        return _discard(path)
    head, checksum, payload = data[:_LENGTH], data[_LENGTH : 2 * _LENGTH], data[2 * _LENGTH :]
    if head != program() or checksum != hashlib.sha256(payload).digest():
        return _discard(path)
    with without_collecting():
        return pickle.loads(payload)


def _discard(path: Path) -> None:
    _log.warning("%s", " / ".join(label("cache-discarded", language, name=path.name) for language in LANGUAGES))


def save(path: Path, value: Any) -> None:
    """Save a value for `load`; whoever reads at the same time finds the old one or the new one, whole."""
    with without_collecting():
        payload = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        shutil.rmtree(path)
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(program() + hashlib.sha256(payload).digest() + payload)
    Path(file.name).replace(path)


@cache
def program() -> bytes:
    """Return a fingerprint of the program: its own files, Python and every installed package's version."""
    digest = hashlib.sha256(sys.version.encode())
    for installed in sorted(Path(sysconfig.get_path("purelib")).glob("*.dist-info")):
        digest.update(installed.name.encode())
    for name, data in sorted(_files(files(__package__), "")):
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


@contextmanager
def without_collecting() -> Iterator[None]:
    """Keep the garbage collector from looking through objects while they are made: it would take most of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
