"""The folder of a site while the next site is made beside it.

Beside ``site/`` lies the hidden folder ``.site.next``. A build puts the new site there: what has changed is written,
what stands in the previous site is linked, and what lies there already stays. Then the two folders change places. The
folder that was the site waits for the next build, which has to touch only what changed since. No file is ever written
in place, because the same file may stand in both folders.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ..cache.store import load, save
from ..output import FileContent, Keys, Output
from .exchange import exchange, mend
from .files import Stamp, files_in, link, make_way, stamp_of, thin_out
from .manifest import MANIFEST, FileDigest, Manifest, file_digests, listed_files

# The keys of what a file held in the last two sites, by its name and by what it looks like.
KnownKeys = Mapping[str, Mapping[Stamp, bytes]]


class KeptSite(NamedTuple):
    """What is known of the files of a site, and where the site lies."""

    place: Path
    known: KnownKeys


@dataclass
class SiteFolder:
    """A site's folder, and the folder beside it in which the next site is made.

    ``place`` is where readers find the site. The keys of its files are kept in the file ``record`` from run to run;
    without one they are known to this process only. ``spare`` is where the next site is made if nothing can be written
    beside the place.
    """

    place: Path
    spare: Path
    record: Path | None = None
    known: KnownKeys = field(default_factory=dict)
    stands: dict[str, Stamp] = field(default_factory=dict)  # the files of the previous site, and what they look like

    def __post_init__(self) -> None:
        self.place = Path(os.path.realpath(self.place))
        self.next = self.place.with_name(f".{self.place.name}.next")
        kept = load(self.record, KeptSite) if self.record else None
        if kept and kept.place == self.place:
            self.known = kept.known

    @property
    def beside(self) -> Path:
        """A folder beside the next site, for what others make of it."""
        return self.next.with_name(f"{self.next.name}.host")

    def begin(self) -> None:
        """Look at what stands of the previous site, and put in order what a run that was killed may have left."""
        mend(self.next, self.place)
        for folder in (self.next, self.beside):
            if folder.is_symlink():  # whose target is not ours to write into
                folder.unlink()
        with suppress(OSError):
            self.next.mkdir(parents=True, exist_ok=True)
        if not os.access(self.next.parent, os.W_OK):
            self.next = self.spare
        self.next.mkdir(parents=True, exist_ok=True)
        self._carry_hidden()
        self.stands = files_in(self.place)

    def write(
        self,
        outputs: Iterable[Output],
        manifest: Manifest | None,
        say: Callable[[], None],
        tombstones: Collection[str] = (),
    ) -> None:
        """Make the next site of these outputs and put it in the place of the previous one.

        Of two outputs with a file of the same name, the first one's counts. The ``manifest`` lists the files of all of
        them. ``say`` tells that the two sites could not be exchanged in one step. If one of the ``tombstones`` is new,
        the previous site is deleted: it has a text that must not be anywhere. Raises OSError where the next site can't
        be written; the previous one stands then.
        """
        keys: dict[str, bytes] = {}
        made: set[str] = set()
        for output in outputs:
            own = {name: key for name, key in output.keys().items() if name not in keys}
            due = [name for name, key in own.items() if self._key(name, self.stands.get(name)) != key]
            if due:
                output.make(due, self.put)
            made.update(due)
            keys |= own
        listed = [*keys]
        if manifest:
            keys[MANIFEST] = manifest.key(keys)
            if self._key(MANIFEST, self.stands.get(MANIFEST)) != keys[MANIFEST]:
                made.add(MANIFEST)
        if made or keys.keys() != self.stands.keys():
            self._fill(keys, made)
            if manifest and MANIFEST in made:
                self.put(MANIFEST, manifest.text(file_digests(self.next, listed, self._digests(made))).encode())
            self._exchange(say)
            self._remember(keys, made)
            if not made.isdisjoint(tombstones):
                shutil.rmtree(self.next)

    def put(self, name: str, content: FileContent) -> None:
        """Put a file into the next site; also from a process that was forked."""
        _put(f"{self.next}/{name}", content)

    def replace(self, name: str, content: FileContent) -> None:
        """Put a file into the site that readers see, whole in one step."""
        _put(f"{self.next}/{name}", content)
        target = self.place / name
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(f"{self.next}/{name}", target)  # noqa: PTH105

    def _key(self, name: str, stamp: Stamp | None) -> bytes | None:
        return self.known.get(name, {}).get(stamp) if stamp else None

    def _digests(self, made: Collection[str]) -> Mapping[str, FileDigest]:
        """Return the digests of files that stay as they are, from the previous site's manifest if nobody edited it."""
        if self._key(MANIFEST, self.stands.get(MANIFEST)) is None:
            return {}
        listed = listed_files((self.place / MANIFEST).read_bytes())
        return {name: digest for name, digest in listed.items() if name not in made}

    def _fill(self, keys: Keys, made: set[str]) -> None:
        """Link what stands in the previous site and is not in the next one, and take away what is no part of it."""
        thin_out(self.next, keys.__contains__)
        there = files_in(self.next)
        for name in keys.keys() - made:
            if self._key(name, there.get(name)) != keys[name]:
                _put(f"{self.next}/{name}", self.place / name)

    def _exchange(self, say: Callable[[], None]) -> None:
        try:
            exchange(self.next, self.place)
        except OSError:
            say()
            _copy_over(self.next, self.place)
        self._carry_hidden()

    def _carry_hidden(self) -> None:
        """Move what others have hidden in the site's folder, such as ``.git``, to the folder that is the site now."""
        hidden = [*self.next.glob(".*")] if self.place.is_dir() else []
        for path in hidden:
            if not (self.place / path.name).exists():
                path.rename(self.place / path.name)

    def _remember(self, keys: Keys, made: set[str]) -> None:
        """Remember the keys of both sites. A file that somebody has edited since `begin` has none."""
        before = {name: {stamp: key} for name, stamp in self.stands.items() if (key := self._key(name, stamp))}
        stamps = {name: stamp_of(f"{self.place}/{name}") for name in keys}
        now = {
            name: {stamps[name]: key}
            for name, key in keys.items()
            if name in made or self._key(name, stamps[name]) == key
        }
        self.known = {name: before.get(name, {}) | now.get(name, {}) for name in {**before, **now}}
        if self.record:
            save(self.record, KeptSite(self.place, self.known))


def _put(path: str, content: FileContent) -> None:
    make_way(path)
    if isinstance(content, Path):
        link(content, path)
    else:
        with open(path, "xb") as file:  # noqa: PTH123 (of every file of a site: a Path of each takes longer)
            file.write(content)


def _copy_over(new: Path, old: Path) -> None:
    """Make the files of a folder those of another, one file after the other, each whole.

    Nothing is replaced before everything is there. Raises OSError where there is no room for it; the folder's files are
    then as they were.
    """
    files = files_in(new)
    standing = files_in(old)
    due = [name for name, stamp in files.items() if standing.get(name) != stamp]
    try:
        for name in due:
            make_way(f"{old}/{name}~")
            shutil.copy2(new / name, f"{old}/{name}~")
    except OSError:
        thin_out(old, standing.__contains__)
        raise
    for name in due:
        if (old / name).is_dir():
            shutil.rmtree(old / name)
        os.replace(f"{old}/{name}~", old / name)  # noqa: PTH105
    thin_out(old, files.__contains__)
