"""Which reader a document needs: its first bytes decide, and then its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath

from .documents import SourceText, Unreadable
from .office import converted_by_office
from .open_documents import read_open_document
from .plain_texts import read_markdown, read_plain, read_web_page
from .word_files import read_word

_COMPOUND = b"\xd0\xcf\x11\xe0"  # Word's format until 2003, WPS's, and that of every encrypted document
_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)", re.IGNORECASE)
_BY_ENDING: dict[str, Callable[[bytes, str], SourceText]] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".htm": read_web_page,
    ".html": read_web_page,
}
_OLD_ENDINGS = (".doc", ".wps", ".dot", ".rtf", ".wpt")


def read_document(data: bytes, name: str) -> SourceText:
    """Return the text of a document of any kind. Raises Unreadable."""
    ending = PurePosixPath(name).suffix.lower()
    if not data.strip():
        raise Unreadable("import-empty")
    if data.startswith(_COMPOUND) and "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable("import-encrypted")
    if data.startswith(_COMPOUND) or (ending in _OLD_ENDINGS and not data.startswith(b"PK")) or data[:5] == b"{\\rtf":
        found = read_word(converted_by_office(data, name), name)
    elif data.startswith(b"PK"):
        open_document = b"application/vnd.oasis.opendocument.text" in data[:200]
        found = read_open_document(data, name) if open_document or ending == ".odt" else read_word(data, name)
    elif data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf")):
        raise Unreadable("import-other-kind")
    elif ending in (".docx", ".docm", ".odt"):
        raise Unreadable("import-corrupt")
    else:
        found = _BY_ENDING.get(ending, read_web_page if _PAGE.match(data) else read_plain)(data, name)
    if not found.text.strip():
        raise Unreadable("import-empty")
    return found
