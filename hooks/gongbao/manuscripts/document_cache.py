"""The cache of documents of a kind: a folder that mirrors the site, with a signed index of the documents' digests."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import NamedTuple

from ..archive import addresses
from ..cache.store import load, save
from ..output import Output, Put
from ..pages.page import Page
from ..records.record import Record

_INDEX = "documents"


class DocumentKind(NamedTuple):
    """A kind of documents.

    ``name`` is its command, and the folder where people find the documents; ``ending`` is that of their files, and
    ``title`` is what people call them.
    """

    name: str
    ending: str
    title: str

    @property
    def cache(self) -> str:
        """The folder of the cache, from the project."""
        return f".cache/{self.name}"


WORD, PDF = DocumentKind("word", ".docx", "Word"), DocumentKind("pdf", ".pdf", "PDF")
KINDS = (WORD, PDF)


class KeptDocuments(NamedTuple):
    """Of each document, by its address: the digest of all that it shows, and the SHA-256 of its file in hexadecimal."""

    documents: Mapping[str, tuple[str, str]]


class CachedDocuments:
    """The documents of a kind that its command, such as ``gongbao word``, has made for a project.

    ``read`` gives an attachment by its path in ``content/``. ``stale`` counts the documents that do not fit their pages
    any more, ``is_damaged`` tells whether a document was damaged.
    """

    def __init__(self, kind: DocumentKind, project: Path, read: Callable[[str], bytes]) -> None:
        self.kind, self._folder, self._read = kind, project / kind.cache, read
        self._known, self.is_damaged = cached_documents(self._folder)
        self._fitting: dict[str, bytes] = {}
        self.stale = 0

    def fits(self, page: Page, address: str, key: Callable[[], bytes]) -> bool:
        """Whether the cache has a document for this address, made from a page with the key that ``key`` returns."""
        if address not in self._known:
            return False
        from .manuscript import document_digest  # loads python-docx, which most builds do not need

        digest = document_digest(page, key(), self._read)
        if digest != self._known[address]:
            self.stale += 1
            return False
        self._fitting[address] = digest.encode()
        return True

    def output(self) -> Output:
        """Return the documents that fit as an output."""

        def make(due: Collection[str], put: Put) -> None:
            for name in due:
                put(name, self._folder / name)

        return Output(lambda: self._fitting, make)


def document_name(address: str) -> str:
    """Return the name of a document's file: ``units/town/2014-h1/town-2014-h1.docx`` is ``town-2014-h1.docx``."""
    *folders, file = address.split("/")
    return f"{folders[1]}-{folders[2]}.{file.rpartition('.')[2]}" if folders[0] == "units" else file


def delete_documents_of(project: Path, record: Record) -> None:
    """Delete the documents to be sent that may have a record's text; their commands make them anew."""
    for kind in KINDS:
        for unit in ("", record.unit):
            name = document_name(addresses.bulletin_document(unit, record.period, kind.ending))
            (project / kind.name / name).unlink(missing_ok=True)


def cached_documents(folder: Path) -> tuple[dict[str, str], bool]:
    """Return the digest of each sound document by its address, and whether some document was damaged."""
    listed = _index(folder)
    sound = {address: digest for address, (digest, made) in listed.items() if checksum(folder / address) == made}
    return sound, len(sound) < len(listed)


def made_documents(folder: Path) -> dict[str, str]:
    """Return the checksum of each document by its address, as its command made it last."""
    return {address: made for address, (_, made) in _index(folder).items()}


def _index(folder: Path) -> Mapping[str, tuple[str, str]]:
    kept = load(folder / _INDEX, KeptDocuments)
    return kept.documents if kept else {}


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal; an empty text for a file that can't be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def cache_document(folder: Path, address: str, data: bytes) -> None:
    """Write a document into the cache, whole or not at all. Raises OSError."""
    path = folder / address
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(data)
    unfinished.replace(path)


def write_index(folder: Path, digests: Mapping[str, str]) -> None:
    """Write the index of these documents, and remove all other documents. Raises OSError."""
    for path in sorted(folder.rglob("*.*")):
        if path.is_file() and path.relative_to(folder).as_posix() not in digests:
            path.unlink()
    entries = {address: (name, checksum(folder / address)) for address, name in sorted(digests.items())}
    save(folder / _INDEX, KeptDocuments(entries))
