"""Values that a run leaves for the next one below ``.cache/``. The program works without any of them.

A kept file is signed (`key`), and holds data and no code (`coding`). It begins with a fingerprint of the program, and a
signature of the rest and of the file's name. A file from another version or another machine, or one that was cut short
or changed, is not used.
"""

from __future__ import annotations

import atexit
import gc
import hashlib
import hmac
import logging
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile, mkdtemp
from typing import IO, TypeVar

from ..git.tracked import tracked
from ..problems.catalogue import LANGUAGES, label
from ..problems.disk_errors import disk_reason
from .coding import packed, unpacked
from .key import key_lies_in, signing_key
from .program import program_fingerprint

try:
    import fcntl
except ImportError:  # Windows has none
    fcntl = None  # type: ignore[assignment]

FOLDER = ".cache"
_PROGRAM = "program"  # the file that tells which program has used the folder
_LENGTH = hashlib.sha256().digest_size
T = TypeVar("T")

_log = logging.getLogger(__name__)


@cache
def folder_of(project: Path) -> Path:
    """Return the folder for what a project's runs leave. If the last run's program was another one, say so.

    If the program can't write into it, a line in the log says so, and a temporary folder takes its place until the
    process ends. So it does where git keeps the folder: what others have put there is neither read nor written over. So
    it does where the project holds the key.
    """
    folder = project / FOLDER
    if not tracked(project, FOLDER) and not key_lies_in(project):
        try:
            folder.mkdir(exist_ok=True)
            with TemporaryFile(dir=folder):
                pass
            _tell_of_another_program(folder / _PROGRAM)
            return folder
        except OSError as error:
            _say_unusable(error)
    try:
        instead = mkdtemp(prefix="gongbao-")
    except OSError:  # nothing can be written anywhere, and `save` will say so
        return folder
    atexit.register(shutil.rmtree, instead, ignore_errors=True)
    return Path(instead)


def hold(folder: Path) -> IO[bytes] | None:
    """Lock a folder until the returned file is closed or this process ends. None if the system has no such locks.

    If another process holds the lock, a line in the log says so, and this call waits for it.
    """
    if fcntl is None:
        return None
    try:
        file = (folder / "lock").open("ab")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _say("waiting")
            fcntl.flock(file, fcntl.LOCK_EX)
    except OSError:  # the disk has no locks
        return None
    return file


def load(path: Path, kind: type[T]) -> T | None:
    """Return the value of a type that was saved at a path, or None if there is none.

    A file from another program or machine gives None too, which `folder_of` has told. So does one that was changed,
    with a line in the log.
    """
    key = signing_key()
    if key is None or not os.path.lexists(path):
        return None
    try:
        payload = _payload(path, key)
        if payload is None:
            return None
        with without_collecting():
            return unpacked(payload, kind)
    except (OSError, ValueError):
        _say("cache-discarded", name=path.name)
        return None


def _payload(path: Path, key: bytes) -> bytes | None:
    """Return what a file holds; None if another program or machine has left it.

    Raises ValueError for a file that is not as it was written, and OSError for one that can't be read.
    """
    if not path.is_file():  # a pipe or a device might never end
        raise ValueError
    with path.open("rb") as file:
        head, signature = file.read(_LENGTH), file.read(_LENGTH)
        if head != _signed(key, program_fingerprint()):
            return None
        payload = file.read()
    if not hmac.compare_digest(signature, _signed(key, path.name.encode(), payload)):
        raise ValueError
    return payload


def _signed(key: bytes, *parts: bytes) -> bytes:
    """Return the signature (HMAC-SHA256) of some parts, each with its length."""
    signed = hmac.new(key, digestmod=hashlib.sha256)
    for part in parts:
        signed.update(len(part).to_bytes(8, "big"))
        signed.update(part)
    return signed.digest()


def _tell_of_another_program(note: Path) -> None:
    """Say once, and not in each of the runs that follow, that most of what was kept is now of no use."""
    if (key := signing_key()) is None:
        return
    now, before = _signed(key, program_fingerprint()), note.read_bytes() if note.is_file() else None
    if before != now:
        if before is not None:
            _say("cache-older")
        _write(note, [now])


def _say_unusable(error: OSError) -> None:
    _say_reasons(tuple(disk_reason(error, language) for language in LANGUAGES))


@cache
def _say_reasons(reasons: tuple[str, ...]) -> None:
    """Say once why the cache can't be written: a line for each of its files would say no more."""
    said = zip(LANGUAGES, reasons, strict=True)
    _log.warning("%s", " / ".join(label("cache-unusable", one, name=FOLDER, reason=reason) for one, reason in said))


def _say(name: str, /, **values: object) -> None:
    _log.warning("%s", " / ".join(label(name, language, **values) for language in LANGUAGES))


def save(path: Path, value: object) -> None:
    """Save a value for `load`. A process that reads at the same time finds the whole old value or the whole new one.

    If the file can't be written, a line in the log says so, and the program goes on.
    """
    key = signing_key()
    if key is None:
        return
    with without_collecting():
        payload = packed(value)
    try:
        _write(path, [_signed(key, program_fingerprint()), _signed(key, path.name.encode(), payload), payload])
    except OSError as error:
        _say_unusable(error)


def forget(folder: Path, names: Iterable[str]) -> None:
    """Delete what was kept under these names in a folder, files or folders. Raises OSError where that is impossible."""
    for name in names:
        path = folder / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _write(path: Path, parts: Iterable[bytes]) -> None:
    make_folder(path.parent)
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        try:
            file.writelines(parts)
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
