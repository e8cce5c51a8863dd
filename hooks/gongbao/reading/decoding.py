"""The bytes of a file in, its text out, or else the problem that keeps them from being text."""

from __future__ import annotations

import re

from ..problems.problem import Mark, Problem

SIZE_LIMIT = 1_000_000  # bytes in a file: some three hundred pages of text
# Signs that no text needs, and that some readers of a file take for line ends and others do not.
_CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028\\u2029]")


def decode(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """Decode a file's bytes as UTF-8; a byte-order mark and CRLF line ends are accepted."""
    if len(data) > SIZE_LIMIT:
        size = f"{len(data) / 1_000_000:.1f}"
        return "", [Problem(path, Mark(), "file.size", values={"size": size})]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "", [Problem(path, Mark(), "file.encoding", values={"guess": _guess_encoding(data)})]
    if not text.strip():
        return "", [Problem(path, Mark(), "file.empty")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _CONTROL.search(text):
        mark = Mark(text.count("\n", 0, found.start()) + 1, found.start() - text.rfind("\n", 0, found.start()))
        return "", [Problem(path, mark, "file.control", values={"sign": f"U+{ord(found[0]):04X}"})]
    return text, []


def _guess_encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "?"
    return "GB18030 / GBK"
