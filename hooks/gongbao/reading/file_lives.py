"""What each file in ``content/`` has been, commit by commit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from ..git.past import Past
from ..records.record import Record
from ..records.vocabulary import fold


class FileState(NamedTuple):
    """What a file was from a commit on: its path in ``content/``, and the name that git gives its content."""

    commit: int
    path: str
    blob: str


def file_lives(past: Past, records: Iterable[Record]) -> Mapping[str, list[FileState]]:
    """Return what each file in ``content/`` has been, oldest first, under its earlier names too.

    git follows a renaming of a file that stays much the same. By its id or an alias, a record follows every other one.
    """
    lives: dict[str, list[FileState]] = {}
    ended: dict[str, list[FileState]] = {}
    for change in past.changes:
        life = lives.pop(change.before, []) if change.before else lives.setdefault(change.path, [])
        if change.blob:
            lives[change.path] = [*life, FileState(change.commit, change.path, change.blob)]
        elif over := lives.pop(change.path, []):
            ended[_id_of(change.path)] = over
    for record in records if ended else ():
        for name in (record.id, *record.aliases):
            if before := ended.get(fold(name)):
                lives[record.content_path] = sorted([*before, *lives.get(record.content_path, [])])
    return lives


def _id_of(path: str) -> str:
    """Return the id of the record whose file lies at a path in ``content/``, folded."""
    *folders, name = PurePosixPath(path).parts
    slug = PurePosixPath(name).stem
    if slug.lower() == "index" and len(folders) > 2:
        slug = folders[2]
    return fold(f"{'-'.join(folders[:2])}/{slug}")


def blob_name(data: bytes, like: str) -> str:
    """Return the name that git gives a content. Repositories have names of SHA-1 or of SHA-256."""
    digest = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    return digest(b"blob %d\0" % len(data) + data).hexdigest()
