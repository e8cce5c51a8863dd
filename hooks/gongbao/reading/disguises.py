"""Files of other programs under the name of a record: a Word document whose ending was changed to ``.md``."""

from __future__ import annotations

import re

# What a file begins with, and the label of its kind.
_BEGINNINGS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "document"),  # OLE: Word, Excel, WPS before 2007
    (b"{\\rtf", "document"),
    (b"%PDF-", "pdf"),
    (b"PK\x05\x06", "packed"),
    (b"Rar!\x1a\x07", "packed"),
    (b"7z\xbc\xaf\x27\x1c", "packed"),
    (b"\x1f\x8b", "packed"),
    (b"\xff\xd8\xff", "picture"),
    (b"\x89PNG\r\n\x1a\n", "picture"),
    (b"GIF8", "picture"),
    (b"RIFF", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
)
_ZIP = b"PK\x03\x04"
_OFFICE = re.compile(rb"word/|xl/|ppt/|\[Content_Types\]|application/vnd\.oasis|OFD\.xml|Index/Document\.iwa")
# A page that Word or a browser has saved: HTML, MHTML, the XML of Word 2003.
_PAGE = re.compile(
    r"\ufeff?\s*(?:<!doctype html|<html|<head|<\?xml[^>]*\?>\s*<(?:\?mso|!doctype html|html|w:|pkg:)|<meta\b"
    r"|mime-version:\s*1|from: <saved by)",
    re.IGNORECASE,
)
_HEAD = 4096  # bytes at a file's beginning that tell what it is


def true_kind(data: bytes) -> str:
    """Return the label's name for what a file is in truth, or an empty text for what may be a record."""
    if data.startswith(_ZIP):
        return "document" if _OFFICE.search(data) else "packed"
    if data[4:8] == b"ftyp":
        return "picture"
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    return "page" if _PAGE.match(_decoded(data[:_HEAD])) else ""


def _decoded(head: bytes) -> str:
    """Return the beginning of a text. What tells a page is ASCII, in whatever encoding of ASCII's kin or UTF-16."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", errors="replace")
    return head.decode("utf-8", errors="replace")


def wide_encoding(data: bytes) -> str:
    """Return the name of UTF-16 or UTF-32 if a text is in it, also without a mark at its beginning."""
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "UTF-32"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    head = data[: _HEAD // 2 * 2]
    ends = [head[place::2].count(0) for place in (0, 1)]  # every line break, colon and digit has a zero beside it
    return "UTF-16" if len(head) > 1 and max(ends) > len(head) // 100 and min(ends) == 0 else ""
