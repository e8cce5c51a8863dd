"""What stands of a site from the last build, and stays: files whose key is the same, and that nobody has touched.

MkDocs empties ``site/`` before every build. So the last site is put aside before, MkDocs writes its part into an
empty folder, and in the end the two are joined: what stays of the last site, what MkDocs wrote, and what is new.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .. import store
from ..page_keys import Keys

RECORD = ".cache/site"
Stamp = tuple[int, int]  # size in bytes, time of the last change in nanoseconds


@dataclass(frozen=True)
class Stood:
    """How a build left a folder: for each output its key, and what its file looked like."""

    folder: Path
    frame: bytes
    files: Mapping[str, tuple[bytes, Stamp]]


class Standing:
    """The site of the last build, if it is known, and its place while another is built."""

    def __init__(self, project: Path, folder: Path, *, remember: bool) -> None:
        self.record = project / RECORD
        self.folder, self.aside = folder, folder.with_name(f".{folder.name}.before")
        self.remember = remember  # a preview's folder is gone when it ends
        self.stood: Stood | None = store.load(self.record) if remember else None
        self.take_back()

    def keys(self, frame: bytes) -> Keys:
        """Return the keys of the outputs that stand as they were written, in the same frame."""
        if self.stood is None or (self.stood.folder, self.stood.frame) != (self.folder, frame):
            return {}
        return {name: key for name, (key, stamp) in self.stood.files.items() if _stamp(self.folder / name) == stamp}

    def put_aside(self) -> None:
        """Move the site out of MkDocs' way."""
        if self.folder.is_dir():
            self.folder.rename(self.aside)

    def take_back(self) -> None:
        """Undo `put_aside`, after a build that came to nothing."""
        if self.aside.is_dir():
            shutil.rmtree(self.folder, ignore_errors=True)
            self.aside.rename(self.folder)

    def join(self, stays: Keys) -> None:
        """Join what MkDocs has written with what stays of the last site; all the rest of the last site goes."""
        if not self.aside.is_dir():
            return
        if stays:
            for name in list(_files(self.aside)):
                if name not in stays:
                    (self.aside / name).unlink()
            for name in list(_files(self.folder)):
                target = self.aside / name
                target.parent.mkdir(parents=True, exist_ok=True)
                (self.folder / name).replace(target)
            _remove_empty(self.aside)
            shutil.rmtree(self.folder)
            self.aside.rename(self.folder)
        else:
            shutil.rmtree(self.aside)

    def note(self, keys: Keys, frame: bytes) -> None:
        """Remember how the site was left; outputs that are not there (another's stands in their place) are not."""
        stamps = {name: (key, _stamp(self.folder / name)) for name, key in keys.items()}
        files = {name: (key, stamp) for name, (key, stamp) in stamps.items() if stamp}
        self.stood = Stood(self.folder, frame, files)
        if self.remember:
            store.save(self.record, self.stood)


def _stamp(path: Path) -> Stamp | None:
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_size, about.st_mtime_ns


def _files(folder: Path) -> Iterator[str]:
    for here, _, names in os.walk(folder):
        inside = os.path.relpath(here, folder)
        yield from (name if inside == "." else f"{inside}/{name}" for name in names)


def _remove_empty(folder: Path) -> None:
    for here, _, _ in os.walk(folder, topdown=False):
        if not any(Path(here).iterdir()):
            Path(here).rmdir()
