"""What stands of a site from the last build, and stays: files whose key is the same, and that nobody has touched.

MkDocs empties ``site/`` before every build, but for what is hidden in it. So the last site is put aside before, in a
hidden folder, and MkDocs and we write what is new. In the end the two are joined; where a build comes to nothing, the
last site is put back.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .. import store
from ..addresses import SEARCH_INDEX
from ..folders import thin_out
from ..page_keys import Stands

_ASIDE = ".gongbao-before"
RECORD = ".cache/site"
Stamp = tuple[int, int]  # size in bytes, time of the last change in nanoseconds


@dataclass(frozen=True)
class Stood:
    """How a build left a folder: for each output its key, and what its file looked like."""

    folder: Path
    frame: bytes
    files: Mapping[str, tuple[bytes, Stamp]]
    shown: bytes  # as in `Stands`


class Standing:
    """The site of the last build, if it is known, and its place while another is built."""

    def __init__(self, project: Path, folder: Path, *, remember: bool) -> None:
        self.record = project / RECORD
        self.folder, self.aside = folder, folder / _ASIDE
        self.remember = remember  # a preview's folder is gone when it ends
        self.stood: Stood | None = store.load(self.record) if remember else None
        self.take_back()

    def as_written(self, frame: bytes) -> Stands:
        """Return the outputs that stand as they were written, in the same frame, by the names of their files."""
        if self.stood is None or (self.stood.folder, self.stood.frame) != (self.folder, frame):
            return Stands()
        keys = {
            name: key for name, (key, stamp) in self.stood.files.items() if _stamp(f"{self.folder}/{name}") == stamp
        }
        return Stands(keys, self.stood.shown)

    def put_aside(self) -> None:
        """Move the site out of MkDocs' way."""
        if self.folder.is_dir():
            self.aside.mkdir()
            for path in _shown(self.folder):
                path.rename(self.aside / path.name)

    def take_back(self) -> None:
        """Undo `put_aside`, after a build that came to nothing."""
        if self.aside.is_dir():
            for path in _shown(self.folder):
                _remove(path)
            self._put_back()

    def join(self, stays: Collection[str]) -> None:
        """Join what is new with the files of the last site that stay; all the rest of the last site goes."""
        if not self.aside.is_dir():
            return
        if stays:
            # The search puts its index in order by itself.
            thin_out(self.aside, lambda name: name in stays or name.startswith(SEARCH_INDEX))
            _lay_over(_shown(self.folder), self.aside)
            self._put_back()
        else:
            shutil.rmtree(self.aside)

    def _put_back(self) -> None:
        for path in self.aside.iterdir():
            path.rename(self.folder / path.name)
        self.aside.rmdir()

    def note(self, left: Stands, frame: bytes, stays: Collection[str]) -> None:
        """Remember how the site was left; outputs that are not there are not.

        A file that ``stays`` looks as it did before.
        """
        before = self.stood.files if self.stood else {}
        files = {}
        for name, key in left.outputs.items():
            stamp = before[name][1] if name in stays else _stamp(f"{self.folder}/{name}")
            if stamp:
                files[name] = (key, stamp)
        self.stood = Stood(self.folder, frame, files, left.shown)
        if self.remember:
            store.save(self.record, self.stood)


def _stamp(path: str) -> Stamp | None:
    try:
        about = os.stat(path)  # noqa: PTH116 (of every file of the site: a Path of each takes longer than looking)
    except OSError:
        return None
    return about.st_size, about.st_mtime_ns


def _shown(folder: Path) -> list[Path]:
    """Return what a folder holds, without what is hidden in it: MkDocs leaves that alone, and so do we."""
    return [path for path in folder.iterdir() if not path.name.startswith(".")]


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _lay_over(new: Iterable[Path], old: Path) -> None:
    """Move files and folders into another folder, over what is there."""
    for path in new:
        target = old / path.name
        if path.is_dir() and target.is_dir():
            _lay_over(list(path.iterdir()), target)
            path.rmdir()
        else:
            path.replace(target)
