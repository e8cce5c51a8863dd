"""Decoding: the bytes of a file in, its text or a problem out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..problems.problem import Fix, Mark, Problem
from .disguises import true_kind, wide_encoding

SIZE_LIMIT = 1_000_000  # bytes in a file: some three hundred pages of text
# Signs that no text needs. Some of them are line ends to one program and none to another.
_NO_CHARACTERS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_CONTROL = re.compile(f"[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ufdd0-\\ufdef{_NO_CHARACTERS}]")


def decode(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """Return the text of a file in UTF-8, with ``\\n`` for every line end, or an empty text and a problem.

    A byte-order mark at its start is left out. A control character becomes a space, and is a problem.
    """
    if kind := true_kind(data):
        return "", [Problem(path, Mark(), "file.format", values={"expected_kind": kind})]
    if len(data) > SIZE_LIMIT:
        size = f"{len(data) / 1_000_000:.1f}"
        return "", [Problem(path, Mark(), "file.size", values={"size": size})]
    if guess := wide_encoding(data):
        return "", [Problem(path, Mark(), "file.encoding", values={"guess": guess})]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "", [Problem(path, Mark(), "file.encoding", values={"guess": _guess_encoding(data)})]
    if not text.strip():
        return "", [Problem(path, Mark(), "file.empty")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # Printable signs are no control characters. To look for these in all texts would take twenty times as long.
    if text.replace("\n", "").replace("\u3000", "").isprintable() or not _CONTROL.search(text):
        return text, []
    return _CONTROL.sub(" ", text), [*_control_problems(text, path)]


def _control_problems(text: str, path: str) -> Iterator[Problem]:
    """Yield a problem for the first control character of each line."""
    for at, line in enumerate(text.split("\n"), 1):
        if found := _CONTROL.search(line):
            start, end = Mark(at, found.start() + 1), Mark(at, found.end() + 1)
            values = {"sign": f"U+{ord(found[0]):04X}"}
            yield Problem(path, start, "file.control", values=values, fix=Fix(start, end, "", safe=True))


def _guess_encoding(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "?"
    return "GB18030 / GBK"
