"""The Word documents that ``make word`` has made: linked by the pages that they fit."""

from __future__ import annotations

from pathlib import Path

from ..building import CONTENT
from ..pages.page import Page
from ..problems.catalogue import Language
from ..word.document_cache import FOLDER, cached_documents
from .notices import say_once


class Documents:
    """The documents of a project, as far as they are kept; none for a preview, which nobody sends to a superior."""

    def __init__(self, project: Path, *, written: bool) -> None:
        self.content = project / CONTENT
        self.known, self.wrong = cached_documents(project / FOLDER) if written else ({}, False)
        self.stale = 0

    def fitting(self, page: Page, address: str, key: bytes) -> bool:
        """Whether there is a document at an address that was made from a page with this key."""
        if address not in self.known:
            return False
        from ..word.manuscript import document_digest  # loads python-docx, which most builds have no use for

        fits = self.known[address] == document_digest(page, key, self._read)
        self.stale += not fits
        return fits

    def _read(self, path: str) -> bytes:
        try:
            return (self.content / path).read_bytes()
        except OSError:  # named otherwise on the disk: its document is then no longer linked
            return b""

    def report(self, language: Language) -> None:
        """Say what is kept but can't be linked."""
        if self.wrong:
            say_once("word-wrong", language, folder=FOLDER)
        if self.stale:
            say_once("word-stale", language, count=self.stale)
