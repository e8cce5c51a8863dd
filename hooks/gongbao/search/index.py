"""The search's index. It is made beside the build, and kept until a searched text changes."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import localcontext
from functools import partial
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from ..archive.filing import Archive
from ..cache.program import program_fingerprint
from ..cache.store import load, make_folder, save
from ..parallel import as_done, cores
from ..records.fields import PRECISION
from ..records.record import Record
from . import pagefind_feed
from .mirror import Mirrored, SearchText, mirrored
from .volumes import VOLUME, common_letters, volumes_of

_NICE = 19  # the lowest priority, for work that nobody waits for
STATE = "search-state"
_MADE_BY = hashlib.sha256(
    Path(pagefind_feed.__file__).read_bytes() + version("pagefind").encode() + version("pagefind-bin-extended").encode()
).hexdigest()

# Each volume's folder below pagefind/ and its digest, the newest volume first.
Volumes = tuple[tuple[str, str], ...]


class IndexState(NamedTuple):
    """What a run leaves for the next: common letters and the digests of volumes, each by a digest of the inputs.

    ``contents`` has a digest of the list of files of each volume. It is signed with the rest: files that others have
    put into the folder are no volume.
    """

    common: Mapping[str, str]
    volumes: Mapping[str, str]
    contents: Mapping[str, str]


_NOTHING = IndexState({}, {}, {})


class SearchFailed(Exception):
    """Pagefind failed. The text says why; it is empty if somebody stopped the index."""


@dataclass
class Indexing:
    """An index in the making, of an archive, in a folder. Pagefind works in processes of its own, beside the caller.

    ``below`` are texts of subordinates' sites, which it holds, too.
    """

    archive: Archive
    folder: Path
    below: Sequence[SearchText] = ()
    size: int = VOLUME  # see `volumes`
    behind: bool = False  # whether somebody waits for other work, which goes first
    common: str = ""  # the common letters, see `words.keys`
    volumes: Volumes = ()
    processes: list[subprocess.Popen[str]] = field(default_factory=list)
    stopped: bool = False
    damaged: bool = False  # whether a volume of an earlier run was found to be damaged
    _kept: IndexState = _NOTHING
    _state: IndexState = _NOTHING  # to keep when the index is made

    def begin(self) -> None:
        """Write down what Pagefind has to index, and start Pagefind. It only verifies a volume of an earlier run.

        Raises SearchFailed if somebody stops the index meanwhile, and OSError if the folder can't be written into.
        """
        for folder in (self.folder.parent, self.folder):
            make_folder(folder)
        kept = self._sound_state()
        parts = volumes_of(self.archive, self.below, self.size)
        oldest = next((one for one in reversed(parts.values()) if isinstance(one[0], Record)), self.below)
        first = _digest_of_inputs(self.archive, oldest)
        with localcontext(prec=PRECISION):
            self.common = kept.common.get(first) or common_letters(self.archive, oldest)
            known = {f"{self.common} {_digest_of_inputs(self.archive, records)}": records for records in parts.values()}
            new = [one for one in known if one not in kept.volumes]
            self._state = kept
            made = {**kept.volumes, **dict(zip(new, self._write_down([known[one] for one in new]), strict=True))}
        digests = {one: made[one] for one in known}
        self._state = IndexState({first: self.common}, digests, kept.contents)
        self.volumes = tuple(zip(parts, digests.values(), strict=True))
        self._start_pagefind([*digests.values()])

    def _write_down(self, parts: Sequence[Sequence[Record | SearchText]]) -> Sequence[str]:
        """Write volumes for Pagefind, each as soon as it is whole, so that memory holds few. Return their digests."""
        of = [number for number, records in enumerate(parts) for _ in records]
        pages: list[dict[int, tuple[str, Mirrored]]] = [{} for _ in parts]
        digests = [""] * len(parts)
        for at, page in as_done(partial(mirrored, self.archive, self.common), [*chain.from_iterable(parts)]):
            if self.stopped:
                raise SearchFailed
            there = pages[of[at]]
            there[at] = page
            if len(there) == len(parts[of[at]]):
                digests[of[at]] = self._write_volume(dict(there[place] for place in sorted(there)))
                there.clear()
        return digests

    def _write_volume(self, pages: Mapping[str, Mirrored]) -> str:
        """Write a volume's pages for Pagefind, unless we have made an index of them already. Return their digest."""
        text = json.dumps(pages, ensure_ascii=False)
        digest = hashlib.sha256((_MADE_BY + text).encode()).hexdigest()[:16]
        if digest not in self._state.contents:
            shutil.rmtree(self.folder / digest, ignore_errors=True)
            _write(self.folder / f"{digest}.json", text)
        return digest

    def _sound_state(self) -> IndexState:
        """Return what an earlier run left, without the volumes whose files are not those that it listed."""
        self._kept = kept = load(self.folder / STATE, IndexState) or _NOTHING
        contents = {name: listed for name, listed in kept.contents.items() if _listed(self.folder / name) == listed}
        self.damaged = self.damaged or len(contents) < len(kept.contents)
        there = {one: name for one, name in kept.volumes.items() if name in contents}
        return IndexState(kept.common, there, contents)

    def _keep_state(self) -> None:
        listed = {digest: _listed(self.folder / digest) for _, digest in self.volumes}
        self._state = self._state._replace(contents=listed)
        if self._state != self._kept:
            save(self.folder / STATE, self._state)

    def _start_pagefind(self, digests: Sequence[str]) -> None:
        """Start a process that has Pagefind index these volumes, in this order."""
        if self.stopped or not digests:
            return
        command = [sys.executable, pagefind_feed.__file__, str(self.folder), *digests]
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, encoding="utf-8")
        if hasattr(os, "sched_setaffinity"):  # on several cores Pagefind's threads hinder each other
            ours = sorted(os.sched_getaffinity(0))
            os.sched_setaffinity(process.pid, {ours[len(self.processes) % len(ours)]})
        if self.behind and hasattr(os, "setpriority"):
            os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
        self.processes.append(process)

    def finish(self) -> bool:
        """Wait until the index is made. Return whether a volume of an earlier run was damaged and is made anew.

        A second process takes the volumes that the first has not begun with, from the last one on. Raises
        SearchFailed.
        """
        waiting = [digest for _, digest in self.volumes if (self.folder / f"{digest}.json").is_file()]
        if cores() > 1:
            self._start_pagefind(waiting[:0:-1])
        damaged = set()
        for process in self.processes:
            said, wrong = process.communicate()
            if process.returncode:
                self.stop()
                raise SearchFailed(wrong.strip().rpartition("\n")[2])  # the last line of a traceback
            damaged |= set(said.split())
        self.processes.clear()
        if damaged:
            self.damaged = True
            shutil.rmtree(self.folder, ignore_errors=True)
            self.begin()
            self.finish()
        else:
            self._keep_state()
        return self.damaged

    def stop(self) -> None:
        """Stop the index. Another thread may call this too."""
        self.stopped = True
        for process in self.processes:
            process.kill()


def _digest_of_inputs(archive: Archive, records: Iterable[Record | SearchText]) -> str:
    """Return a digest of everything that the pages of some records depend on. It costs far less than the pages."""
    digest = hashlib.sha256(program_fingerprint() + archive.vocabulary.digest)
    for record in records:
        if isinstance(record, SearchText):
            digest.update(repr(record).encode())
        else:
            digest.update(record.path.encode() + b"\0" + record.digest)
    return digest.hexdigest()


def _listed(volume: Path) -> str:
    """Return a digest of the list of a volume's files, which has the digest of each; nothing where there is no list."""
    try:
        return hashlib.sha256((volume / pagefind_feed.CONTENTS).read_bytes()).hexdigest()
    except OSError:
        return ""


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")
