"""What a run leaves for the next one below ``.cache/``: never needed, and never trusted unless it is whole and ours.

A stored file begins with a fingerprint of the program and a checksum of what follows. One that is from another
version, cut short or changed is passed over.
"""

from __future__ import annotations

import atexit
import gc
import hashlib
import logging
import os
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
from tempfile import NamedTemporaryFile, TemporaryFile, mkdtemp
from typing import IO, Any

from ..problems.catalogue import LANGUAGES, label

try:
    import fcntl
except ImportError:  # on Windows there is none
    fcntl = None  # type: ignore[assignment]

_FOLDER = ".cache"
_LENGTH = hashlib.sha256().digest_size


_log = logging.getLogger(__name__)


@cache
def folder_of(project: Path) -> Path:
    """Return the folder for what a project's runs leave.

    Where it can't be written into, one line says so, and it is another that is gone with the process.
    """
    folder = project / _FOLDER
    try:
        folder.mkdir(exist_ok=True)
        with TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        _say("cache-unusable", name=_FOLDER, reason=error.strerror)
        instead = mkdtemp(prefix="gongbao-")
        atexit.register(shutil.rmtree, instead, ignore_errors=True)
        return Path(instead)


def hold(folder: Path) -> IO[bytes] | None:
    """Hold a folder until what is returned is closed or this process ends; None where that is not to be had.

    While another process holds it, one line says so, and that one's end is waited for.
    """
    if fcntl is None:
        return None
    try:
        file = (folder / "lock").open("wb")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _say("waiting")
            fcntl.flock(file, fcntl.LOCK_EX)
    except OSError:  # a disk that knows no locks
        return None
    return file


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
    _say("cache-discarded", name=path.name)


def _say(name: str, /, **values: object) -> None:
    _log.warning("%s", " / ".join(label(name, language, **values) for language in LANGUAGES))


def save(path: Path, value: Any) -> None:
    """Save a value for `load`; whoever reads at the same time finds the old one or the new one, whole.

    Where it can't be written, one line says so: it is never needed.
    """
    with without_collecting():
        payload = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    try:
        _write(Path(os.path.realpath(path)), program() + hashlib.sha256(payload).digest() + payload)
    except OSError as error:
        _say("cache-unusable", name=path.name, reason=error.strerror)


def _write(path: Path, data: bytes) -> None:
    make_folder(path.parent)
    if path.is_dir():
        shutil.rmtree(path)
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        try:
            file.write(data)
            file.flush()
            Path(file.name).replace(path)
        except OSError:
            Path(file.name).unlink(missing_ok=True)
            raise


def make_folder(folder: Path) -> None:
    """Make a folder of ours if it is not there, in place of whatever else lies there."""
    if not folder.is_dir():
        folder.unlink(missing_ok=True)
        folder.mkdir(parents=True, exist_ok=True)


@cache
def program() -> bytes:
    """Return a fingerprint of the program: its own files, Python and every installed package's version."""
    digest = hashlib.sha256(sys.version.encode())
    for installed in sorted(Path(sysconfig.get_path("purelib")).glob("*.dist-info")):
        digest.update(installed.name.encode())
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
