"""The search's index: made beside the build, and kept while nothing that is searched has changed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from ..archive.filing import Archive
from ..cache.store import load, make_folder, program, save
from ..parallel import as_done, cores
from ..records.record import Record
from . import pagefind_feed
from .mirror import Mirrored, mirrored
from .volumes import VOLUME, common_letters, volumes_of

_NICE = 19  # the lowest priority, for work that nobody waits for
STATE = "search-state"
_MADE_BY = hashlib.sha256(
    Path(pagefind_feed.__file__).read_bytes() + version("pagefind").encode() + version("pagefind-bin-extended").encode()
).hexdigest()

Volumes = tuple[tuple[str, str], ...]  # folder below pagefind/ and digest, the newest first


class SearchFailed(Exception):
    """Pagefind could not be run. The text says why; it is empty if the index was given up."""


@dataclass
class Indexing:
    """An index in the making: its archive and its folder. Pagefind works in processes of its own, beside the caller."""

    archive: Archive
    folder: Path
    size: int = VOLUME  # records, the most that a volume has, unless a single year has more
    behind: bool = False  # whether somebody waits for other work meanwhile
    common: str = ""  # letters
    volumes: Volumes = ()
    processes: list[subprocess.Popen[str]] = field(default_factory=list)
    stopped: bool = False

    def begin(self) -> None:
        """Write down what Pagefind has to index, and start it. A volume that an earlier run made is only verified.

        Raises SearchFailed if somebody stops it meanwhile, and OSError if the folder can't be written into.
        """
        for folder in (self.folder.parent, self.folder):
            make_folder(folder)
        kept = _read_state(self.folder)
        parts = volumes_of(self.archive, self.size)
        oldest = next(reversed(parts.values()), ())
        first = _digest_of_inputs(self.archive, oldest)
        self.common = kept.common.get(first) or common_letters(self.archive, oldest)
        known = {f"{self.common} {_digest_of_inputs(self.archive, records)}": records for records in parts.values()}
        new = [one for one in known if one not in kept.volumes]
        made = {**kept.volumes, **dict(zip(new, self._write_down([known[one] for one in new]), strict=True))}
        digests = {one: made[one] for one in known}
        save(self.folder / STATE, _IndexState({first: self.common}, digests))
        self.volumes = tuple(zip(parts, digests.values(), strict=True))
        self._feed([*digests.values()])

    def _write_down(self, parts: Sequence[Sequence[Record]]) -> Sequence[str]:
        """Write down volumes for Pagefind, each as soon as it is whole: few are in memory. Return their digests."""
        of = [number for number, records in enumerate(parts) for _ in records]
        pages: list[dict[int, tuple[str, Mirrored]]] = [{} for _ in parts]
        digests = [""] * len(parts)
        for at, page in as_done(partial(mirrored, self.archive, self.common), [*chain.from_iterable(parts)]):
            if self.stopped:
                raise SearchFailed
            there = pages[of[at]]
            there[at] = page
            if len(there) == len(parts[of[at]]):
                digests[of[at]] = self._keep(dict(there[place] for place in sorted(there)))
                there.clear()
        return digests

    def _keep(self, pages: Mapping[str, Mirrored]) -> str:
        """Write a volume's pages for Pagefind, unless it has made that volume before; return their digest."""
        text = json.dumps(pages, ensure_ascii=False)
        digest = hashlib.sha256((_MADE_BY + text).encode()).hexdigest()[:16]
        if not (self.folder / digest / pagefind_feed.CONTENTS).is_file():
            _write(self.folder / f"{digest}.json", text)
        return digest

    def _feed(self, digests: Sequence[str]) -> None:
        if self.stopped or not digests:
            return
        command = [sys.executable, pagefind_feed.__file__, str(self.folder), *digests]
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, encoding="utf-8")
        if hasattr(os, "sched_setaffinity"):  # Pagefind's threads are in each other's way on several cores
            ours = sorted(os.sched_getaffinity(0))
            os.sched_setaffinity(process.pid, {ours[len(self.processes) % len(ours)]})
        if self.behind and hasattr(os, "setpriority"):
            os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
        self.processes.append(process)

    def finish(self) -> bool:
        """Wait until the index is made; return whether what was kept was damaged, and had to be made again.

        What Pagefind has not begun with by now, a second process takes from the end. Raises SearchFailed.
        """
        waiting = [digest for _, digest in self.volumes if (self.folder / f"{digest}.json").is_file()]
        if cores() > 1:
            self._feed(waiting[:0:-1])
        damaged = set()
        for process in self.processes:
            said, wrong = process.communicate()
            if process.returncode:
                self.stop()
                raise SearchFailed(wrong.strip().rpartition("\n")[2])  # of a traceback what it comes to
            damaged |= set(said.split())
        self.processes.clear()
        if damaged:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.begin()
            self.finish()
        return bool(damaged)

    def stop(self) -> None:
        """Give it up; also from another thread."""
        self.stopped = True
        for process in self.processes:
            process.kill()


def _digest_of_inputs(archive: Archive, records: Iterable[Record]) -> str:
    """Return a digest of all that the pages of some records are made of; far cheaper than to make them."""
    digest = hashlib.sha256(program() + archive.vocabulary.digest)
    for record in records:
        digest.update(record.path.encode() + b"\0" + record.digest)
    return digest.hexdigest()


class _IndexState(NamedTuple):
    """What an earlier run left: common letters, and volumes that are there. Keys are digests of their inputs."""

    common: Mapping[str, str]
    volumes: Mapping[str, str]


def _read_state(folder: Path) -> _IndexState:
    kept = load(folder / STATE) or _IndexState({}, {})
    there = {one: name for one, name in kept.volumes.items() if (folder / name / pagefind_feed.CONTENTS).is_file()}
    return _IndexState(kept.common, there)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")
