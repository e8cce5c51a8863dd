"""Files of other programs under the name of a record, and records under the name of other files.

A Word document whose ending was changed to ``.md`` is one, a record that was saved as ``.txt`` the other.
"""

from __future__ import annotations

import re

from ..problems.names import english_field
from ..records.file_kinds import begins_as, ending_of
from ..records.record import RECORD_ENDINGS

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
# Of an editor that hides endings: visit.md.txt. What programs add to their copies is none (visit.md.bak).
_DOUBLE = re.compile(r"\.(?:md|ya?ml)\.(?!tmp|bak|swp|lnk|log|old|orig)[A-Za-z]{1,5}$", re.IGNORECASE)
_TEXTS = frozenset({"", "txt", "text", "markdown", "doc", "wps"})
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


def meant_name(name: str) -> str:
    """Return the name that a record has to have: ``visit.md`` for ``visit.txt`` and ``visit.md.txt``."""
    stem = name.rpartition(".")[0] if ending_of(name) else name
    return stem if stem.endswith(RECORD_ENDINGS) else f"{stem}.md"


def is_misnamed_record(name: str, head: bytes) -> bool:
    """Whether a file with another ending than a record's is one, by its name and its first bytes."""
    if true_kind(head) or b"\0" in head:
        return False
    return _DOUBLE.search(name) is not None or (ending_of(name) in _TEXTS and _looks_like_record(head))


def _looks_like_record(head: bytes) -> bool:
    """Whether the first bytes of a text, in UTF-8 or as Windows has it, are a record's fields."""
    return any(_has_fields(head.decode(encoding, "ignore")) for encoding in ("utf-8", "gb18030"))


def _has_fields(text: str) -> bool:
    names = (line.partition(":")[0].strip() for line in text.replace("：", ":").splitlines())
    return len({english_field(name, ("title", "unit", "topics")) for name in names} - {None}) > 1


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
