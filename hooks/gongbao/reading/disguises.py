"""Files of other programs under the name of a record: a Word document whose ending was changed to ``.md``."""

from __future__ import annotations

import re

from ..records.file_kinds import begins_as

# The label of each kind of file that is told by its beginning. Too many texts begin as those of other kinds do.
_KINDS = {
    **dict.fromkeys(("doc", "rtf"), "document"),
    "pdf": "pdf",
    **dict.fromkeys(("rar", "7z", "gz"), "packed"),
    **dict.fromkeys(("jpg", "png", "gif", "webp", "tif", "avif"), "picture"),
}
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
    if data.startswith(b"---"):  # nearly every record begins so, and no other kind of file
        return ""
    head = data[:_HEAD]
    if begins_as("zip", head):
        return "document" if _OFFICE.search(data) else "packed"
    kind = next((kind for ending, kind in _KINDS.items() if begins_as(ending, head)), "")
    return kind or ("page" if _PAGE.match(_decoded(head)) else "")


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
