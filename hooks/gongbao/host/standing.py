"""What stands of a site from the last build, and stays: files whose key is the same, and that nobody has touched.

MkDocs empties ``site/`` before every build, but for what is hidden in it. So the last site is put aside before, in a
hidden folder, and MkDocs and we write what is new. In the end the two are joined; where a build comes to nothing, the
last site is put back, if need be by the next run: what lies hidden says how far it had come.
"""

from __future__ import annotations

import atexit
import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..archive.addresses import SEARCH_INDEX
from ..cache import store
from ..cache.folders import thin_out
from ..rendering.keys import Stands

_ASIDE = ".gongbao-before"
_LEAVING = ".gongbao-leaving"  # the same while it is put there: the rest of the last site is in its place
_THINNING = ".gongbao-thinning"  # says what stays of the last site, while the rest is taken away
_JOINING = ".gongbao-joining"  # while what stays and what is new are joined
_RECORD = "site"
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
        self.record = store.folder_of(project) / _RECORD
        self.folder = folder
        self.aside, self.leaving = folder / _ASIDE, folder / _LEAVING
        self.thinning, self.joining = folder / _THINNING, folder / _JOINING
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
        """Move the site out of MkDocs' way; it is put back also where this process is interrupted."""
        if self.folder.is_dir():
            atexit.register(self.take_back)
            self.leaving.mkdir()
            for path in _shown(self.folder):
                path.rename(self.leaving / path.name)
            self.leaving.rename(self.aside)

    def take_back(self) -> None:
        """Undo `put_aside` after a build that came to nothing; what was being joined already is joined to the end."""
        atexit.unregister(self.take_back)
        if self.leaving.is_dir():
            self._put_back(self.leaving)
        elif self.thinning.is_file():
            self._thin_and_join(set(self.thinning.read_text(encoding="utf-8").split("\n")))
        elif self.joining.is_file():
            self._join()
        elif self.aside.is_dir():
            for path in _shown(self.folder):
                _remove(path)
            self._put_back(self.aside)

    def join(self, stays: Collection[str]) -> None:
        """Join what is new with the files of the last site that stay; all the rest of the last site goes."""
        if self.aside.is_dir():
            self.thinning.write_text("\n".join(stays), encoding="utf-8", newline="\n")
            self._thin_and_join(stays)
        atexit.unregister(self.take_back)

    def _thin_and_join(self, stays: Collection[str]) -> None:
        if any(stays):
            # The search puts its index in order by itself.
            thin_out(self.aside, lambda name: name in stays or name.startswith(SEARCH_INDEX))
        else:
            shutil.rmtree(self.aside, ignore_errors=True)
        self.thinning.replace(self.joining)
        self._join()

    def _join(self) -> None:
        """Join them, or, after an interruption, do what is left to be done of it."""
        if self.aside.is_dir():
            _lay_over(_shown(self.folder), self.aside)
            self._put_back(self.aside)
        self.joining.unlink()

    def _put_back(self, hidden: Path) -> None:
        for path in hidden.iterdir():
            path.rename(self.folder / path.name)
        hidden.rmdir()

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
