"""The search's index as an output of a site, with a file that tells a reader's browser about it."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import Any

from ..archive import addresses
from ..output import FileContent, Keys, Output, Put
from . import pagefind_feed
from .index import STATE, Indexing
from .options import search_options

# Bytes of the index for each occurrence of a key in a text, and kilobytes of a volume that every key costs.
_POSTING, _USUAL = 1.6, 2
_OPTIONS = "gongbao.json"
_ONCE = ("pagefind.js", "wasm.unknown.pagefind")  # the same for all volumes


def search_output(job: Indexing, on_damage: Callable[[], None]) -> Output:
    """Return an index as an output, made beside other work. ``on_damage`` is called where it has to be made twice.

    Its ``begin`` and its ``keys`` raise SearchFailed. They raise OSError where nothing can be written into the folder.
    """

    def begin() -> None:
        try:
            job.begin()
        except OSError:  # something else lies in the folder: once more, with nothing there
            on_damage()
            shutil.rmtree(job.folder, ignore_errors=True)
            job.begin()

    def keys() -> Keys:
        if job.finish():
            on_damage()
        return finished.keys()

    def make(due: Collection[str], put: Put) -> None:
        finished.make(due, put)
        tidy(job)

    finished = finished_output(job)
    return Output(keys, make, begin, job.stop)


def finished_output(job: Indexing) -> Output:
    """Return an index that is made already as an output."""

    def keys() -> Keys:
        digests = {f"{job.folder}/{name}": digest for name, digest in _digests(job).items()}
        return {
            name: hashlib.sha256(content).digest() if isinstance(content, bytes) else digests[str(content)].encode()
            for name, content in index_files(job).items()
        }

    def make(due: Collection[str], put: Put) -> None:
        files = index_files(job)
        for name in due:
            put(name, files[name])

    return Output(keys, make)


def index_files(job: Indexing) -> Mapping[str, FileContent]:
    """Return the files of a finished index by their names in the site."""
    files: dict[str, FileContent] = {
        f"{addresses.SEARCH_INDEX}{name}{file}": job.folder / digest / file
        for name, digest in job.volumes
        for file in pagefind_feed.files_of(job.folder / digest)
        if file != pagefind_feed.COUNTS and not (name and file in _ONCE)
    }
    options = search_options(job.archive) | {"volumes": _volumes(job), "common": job.common}
    text = json.dumps(options | _costs(job), ensure_ascii=False, separators=(",", ":"))
    return files | {f"{addresses.SEARCH_INDEX}{_OPTIONS}": text.encode()}


def _digests(job: Indexing) -> Mapping[str, str]:
    """Return the digests of the files of an index, by their names in its folder."""
    return {
        f"{volume}/{file}": digest
        for _, volume in job.volumes
        for file, digest in pagefind_feed.files_of(job.folder / volume).items()
    }


def _volumes(job: Indexing) -> list[dict[str, str]]:
    """Return each volume's folder, its digest, and the file that Pagefind reads first."""
    metas = {
        digest: next(file for file in pagefind_feed.files_of(job.folder / digest) if file.endswith(".pf_meta"))
        for _, digest in job.volumes
    }
    return [{"folder": name, "digest": digest, "meta": metas[digest]} for name, digest in job.volumes]


def _costs(job: Indexing) -> dict[str, Any]:
    """Return the kilobytes of the index that a reader fetches for a key.

    ``cost`` holds for most keys. ``costs`` has the keys that cost more, the dearest first.
    """
    usual = _USUAL * len(job.volumes)
    counts: Counter[str] = Counter()
    for _, digest in job.volumes:
        counts.update(pagefind_feed.counts_of(job.folder / digest))
    costs = {key: round(count * _POSTING / 1000) for key, count in counts.items()}
    dear = sorted((pair for pair in costs.items() if pair[1] > usual), key=lambda pair: (-pair[1], pair[0]))
    return {"cost": usual, "costs": dict(dear)}


def tidy(job: Indexing) -> None:
    """Remove the volumes and files that no index needs any more."""
    wanted = {STATE, *(digest for _, digest in job.volumes)}
    for path in job.folder.iterdir():
        if path.name not in wanted:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
