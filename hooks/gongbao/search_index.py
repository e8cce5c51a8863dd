"""The search's index: made beside the build, kept while nothing that is searched has changed, put into the site.

A large archive is indexed in volumes of whole years, which the reader's browser joins: Pagefind takes a quarter of a
megabyte of memory a record while it works, and one volume is soon made again when one record changes.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Any

from . import addresses, pagefind_feed
from .archive import Archive
from .search_mirror import mirror
from .search_options import search_options

VOLUME = 2500  # records, after which a volume is closed with its last year
_STATE = "state.json"
_ONCE = ("pagefind.js", "wasm.unknown.pagefind")  # the same for all volumes
_PROGRAM = ("search_index", "search_mirror", "search_text", "search_words", "search_options", "pagefind_feed")
_MADE_BY = hashlib.sha256(
    b"".join(Path(__file__).with_name(f"{name}.py").read_bytes() for name in _PROGRAM)
    + version("pagefind").encode()
    + version("pagefind-bin-extended").encode()
).hexdigest()

Volumes = tuple[tuple[str, str], ...]  # folder below pagefind/ and digest, the newest first


class SearchFailed(Exception):
    """Pagefind could not be run; the text says why."""


@dataclass
class Indexing:
    """An index on its way: what is asked for, where it is kept, and the process that makes it."""

    archive: Archive
    folder: Path
    volumes: Volumes
    process: subprocess.Popen[str] | None = None


def begin(archive: Archive, folder: Path) -> Indexing:
    """Begin to make the index of an archive, or to look through the one that is kept in ``folder``; don't wait."""
    folder.mkdir(parents=True, exist_ok=True)
    inputs = _digest_of_inputs(archive)
    volumes = _kept(folder, inputs)
    if volumes is None:
        pages = _in_volumes(archive)
        volumes = tuple((name, _digest(volume)) for name, volume in pages.items())
        for (_, digest), volume in zip(volumes, pages.values(), strict=True):
            if not (folder / digest / pagefind_feed.CONTENTS).is_file():
                _write(folder / f"{digest}.json", json.dumps(volume, ensure_ascii=False))
        _write(folder / _STATE, json.dumps({"inputs": inputs, "volumes": volumes}))
    job = Indexing(archive, folder, volumes)
    _start(job)
    return job


def _start(job: Indexing) -> None:
    if job.volumes:
        command = [sys.executable, pagefind_feed.__file__, str(job.folder), *(digest for _, digest in job.volumes)]
        job.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        )


def finish(job: Indexing, site: Path) -> bool:
    """Wait for the index and put it into a site; say whether one that was kept had to be discarded.

    Raises SearchFailed.
    """
    damaged = _wait(job)
    if damaged:
        clear(job.folder)
        job = begin(job.archive, job.folder)
        _wait(job)
    place(job, site)
    _tidy(job)
    return bool(damaged)


def _wait(job: Indexing) -> list[str]:
    if job.process is None:
        return []
    said, wrong = job.process.communicate()
    if job.process.returncode:
        raise SearchFailed(wrong.strip())
    return said.split()


def clear(folder: Path) -> None:
    """Throw away what is kept."""
    shutil.rmtree(folder, ignore_errors=True)


def place(job: Indexing, site: Path) -> None:
    """Put an index that is made into a site."""
    to = site / addresses.SEARCH_INDEX
    for name, digest in job.volumes:
        shutil.copytree(
            job.folder / digest,
            to / name,
            ignore=shutil.ignore_patterns(pagefind_feed.CONTENTS, *(_ONCE if name else ())),
            copy_function=_link,
            dirs_exist_ok=True,
        )
    to.mkdir(parents=True, exist_ok=True)
    options = search_options(job.archive) | {"volumes": [name for name, _ in job.volumes]}
    _write(to / "gongbao.json", json.dumps(options, ensure_ascii=False, separators=(",", ":")))


def _tidy(job: Indexing) -> None:
    """Take away what is kept of earlier states."""
    wanted = {_STATE, *(digest for _, digest in job.volumes)}
    for path in job.folder.iterdir():
        if path.name not in wanted:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _link(source: str, target: str) -> None:
    """Put a file in a second place at no cost, or copy it where the disk can't."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _digest_of_inputs(archive: Archive) -> str:
    """Return a digest of all that the pages are made of; far cheaper than to make them."""
    digest = hashlib.sha256(_MADE_BY.encode())
    digest.update(repr(archive.vocabulary).encode())
    for record in archive.records:
        digest.update(repr(record).encode())
    return digest.hexdigest()


def _kept(folder: Path, inputs: str) -> Volumes | None:
    try:
        state: Any = json.loads((folder / _STATE).read_text(encoding="utf-8"))
        volumes = tuple((str(name), str(digest)) for name, digest in state["volumes"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    whole = all((folder / digest / pagefind_feed.CONTENTS).is_file() for _, digest in volumes)
    return volumes if whole and state["inputs"] == inputs else None


def _in_volumes(archive: Archive) -> Mapping[str, Mapping[str, str]]:
    """Return the pages in volumes, the newest first; that one has no name and lies above the others.

    Years are put together from the oldest on, so that new records change only the newest volume.
    """
    pages = mirror(archive)
    volumes: list[dict[str, str]] = []
    for _, year in groupby(reversed(pages.items()), key=lambda page: page[0].split("/")[1]):
        if not volumes or len(volumes[-1]) >= VOLUME:
            volumes.append({})
        volumes[-1].update(year)
    newest_first = [dict(reversed(volume.items())) for volume in reversed(volumes)]
    return {f"{next(reversed(one)).split('/')[1]}/" if at else "": one for at, one in enumerate(newest_first)}


def _digest(pages: Mapping[str, str]) -> str:
    return hashlib.sha256((_MADE_BY + json.dumps(pages)).encode()).hexdigest()[:16]


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")
