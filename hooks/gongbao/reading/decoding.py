"""Decoding: the bytes of a file in, its text or a problem out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..problems.problem import Fix, Mark, Problem
from ..problems.visible import code_point
from ..records.file_kinds import is_markdown
from .disguises import true_kind, wide_encoding
from .front_matter import is_fence

SIZE_LIMIT = 1_000_000  # bytes in a file: some three hundred pages of text
# Signs that no text needs. Some of them are line ends to one program and none to another.
_NO_CHARACTERS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_CONTROL = re.compile(f"[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ufdd0-\\ufdef{_NO_CHARACTERS}]")

# Word's line break and page break, and other signs for the end of a line or paragraph.
_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]+")


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
    """Yield a problem for each line with control characters, at the first of them. Its fix mends all of the line."""
    lines = text.split("\n")
    below = _text_starts(lines) if is_markdown(path) else len(lines)
    for at, line in enumerate(lines):
        signs = list(_CONTROL.finditer(line))
        if not signs:
            continue
        first, last = signs[0].start(), signs[-1].end()
        breaks = at >= below and "|" not in line and "\t" not in line and _BREAKS.search(line) is not None
        values = {"sign": code_point(line[first])} | ({"line-break": "yes"} if breaks else {})
        fix = Fix(Mark(at + 1, first + 1), Mark(at + 1, last + 1), _mended(line, first, last, breaks), safe=True)
        yield Problem(path, Mark(at + 1, first + 1), "file.control", values=values, fix=fix)


def _text_starts(lines: Sequence[str]) -> int:
    """Return the index of the first line below the fields of a Markdown file."""
    fences = [at for at, line in enumerate(lines) if is_fence(line)]
    return fences[1] + 1 if len(fences) > 1 else len(lines)


def _mended(line: str, first: int, last: int, breaks: bool) -> str:
    """Return a part of a line with a new paragraph at each line or page break of Word, without other controls."""
    if not breaks:
        return _CONTROL.sub("", line[first:last])
    paragraph = "\n\n" if line[:first].strip() and line[last:].strip() else "\n"
    pieces = [_CONTROL.sub("", piece) for piece in _BREAKS.split(line[first:last])]
    return paragraph.join([pieces[0], *filter(None, pieces[1:-1]), pieces[-1]])


def _guess_encoding(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "?"
    return "GB18030 / GBK"
