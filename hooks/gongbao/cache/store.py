"""Values that a run leaves for the next one below ``.cache/``. The program works without any of them.

A stored file begins with a fingerprint of the program and a checksum of the rest. A file from another version, or one
that was cut short or changed, is not used.
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
except ImportError:  # Windows has none
    fcntl = None  # type: ignore[assignment]

_FOLDER = ".cache"
_LENGTH = hashlib.sha256().digest_size


_log = logging.getLogger(__name__)


@cache
def folder_of(project: Path) -> Path:
    """Return the folder for what a project's runs leave.

    If the program can't write into it, a line in the log says so, and a temporary folder takes its place until the
    process ends.
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
    """Lock a folder until the returned file is closed or this process ends. None if the system has no such locks.

    If another process holds the lock, a line in the log says so, and this call waits for it.
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
    except OSError:  # the disk has no locks
        return None
    return file


def load(path: Path) -> Any:
    """Return the value that was saved at a path, or None if there is none.

    A file from another version of the program, or one that was changed, gives None too, and a line in the log.
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
    """Save a value for `load`. A process that reads at the same time finds the whole old value or the whole new one.

    If the file can't be written, a line in the log says so, and the program goes on.
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
    """Make a folder if it is not there. A file in its place is deleted."""
    if not folder.is_dir():
        folder.unlink(missing_ok=True)
        folder.mkdir(parents=True, exist_ok=True)


@cache
def program() -> bytes:
    """Return a fingerprint (SHA-256) of the program: its files, and the versions of Python and installed packages."""
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
    """Turn the garbage collector off while many objects are made. It would take most of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
