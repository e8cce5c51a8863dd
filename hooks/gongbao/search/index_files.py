"""Puts the search's index into a site, with a file that tells a reader's browser about it."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

from ..archive import addresses
from ..cache.folders import thin_out
from . import pagefind_feed
from .index import STATE, Indexing
from .options import search_options

# Bytes of the index for each time that a key stands in a text, and kilobytes of a volume that any key costs.
_POSTING, _USUAL = 1.6, 2
_OPTIONS = "gongbao.json"
_ONCE = ("pagefind.js", "wasm.unknown.pagefind")  # the same for all volumes


def install_index(job: Indexing, site: Path) -> None:
    """Put an index into a site, in place of the one that may be there; files that are in both stay as they are."""
    to = site / addresses.SEARCH_INDEX
    to.mkdir(parents=True, exist_ok=True)
    sources = {
        f"{name}{file}": f"{job.folder}/{digest}/{file}"
        for name, digest in job.volumes
        for file in pagefind_feed.files_of(job.folder / digest)
        if file != pagefind_feed.COUNTS and not (name and file in _ONCE)
    }
    options = search_options(job.archive) | {"volumes": _volumes(job), "common": job.common}
    text = json.dumps(options | _costs(job), ensure_ascii=False, separators=(",", ":"))
    (to / _OPTIONS).write_text(text, encoding="utf-8", newline="")
    there = thin_out(to, {*sources, _OPTIONS}.__contains__)
    if to.stat().st_dev != job.folder.stat().st_dev:
        there = {}  # on another disk a file's number says nothing
    for name, source in sources.items():
        if there.get(name) != os.stat(source).st_ino:  # noqa: PTH116 (of thousands of files)
            _link(source, to / name)
    _tidy(job)


def _volumes(job: Indexing) -> list[dict[str, str]]:
    """Return each volume's folder, its digest, and the file that Pagefind reads first."""
    metas = {
        digest: next(file for file in pagefind_feed.files_of(job.folder / digest) if file.endswith(".pf_meta"))
        for _, digest in job.volumes
    }
    return [{"folder": name, "digest": digest, "meta": metas[digest]} for name, digest in job.volumes]


def _costs(job: Indexing) -> dict[str, Any]:
    """Return how many kilobytes of the index a usual key costs a reader, and the keys that cost more, dearest first."""
    usual = _USUAL * len(job.volumes)
    counts: Counter[str] = Counter()
    for _, digest in job.volumes:
        counts.update(pagefind_feed.counts_of(job.folder / digest))
    costs = {key: round(count * _POSTING / 1000) for key, count in counts.items()}
    dear = sorted((pair for pair in costs.items() if pair[1] > usual), key=lambda pair: (-pair[1], pair[0]))
    return {"cost": usual, "costs": dict(dear)}


def _tidy(job: Indexing) -> None:
    """Remove what earlier states left."""
    wanted = {STATE, *(digest for _, digest in job.volumes)}
    for path in job.folder.iterdir():
        if path.name not in wanted:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _link(source: str, target: Path) -> None:
    """Put a file in a second place at no cost, or copy it where the disk can't."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
