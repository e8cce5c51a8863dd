"""Fixes applied to the bytes of a file, which keeps its line ends and its byte-order mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from .problem import Fix, Mark, Problem

_LINE_END = re.compile("\r\n|\r|\n")
_BYTE_ORDER_MARK = "\ufeff"


def safe_fixes(problems: Iterable[Problem]) -> Iterator[Fix]:
    """Yield the fixes that change no fact."""
    return (problem.fix for problem in problems if problem.fix and problem.fix.safe)


def mended(data: bytes, fixes: Iterable[Fix]) -> bytes:
    """Return the bytes of a file in UTF-8 with the fixes applied.

    Of two fixes that overlap, only the first is applied. Raises UnicodeDecodeError for another encoding.
    """
    whole = data.decode("utf-8")
    text = whole.removeprefix(_BYTE_ORDER_MARK)
    ends = list(_LINE_END.finditer(text))
    starts = [0, *(found.end() for found in ends)]
    line_end = ends[0][0] if ends else "\n"
    pieces, done = [whole[: len(whole) - len(text)]], 0
    for start, end, new in _in_order(fixes, starts):
        pieces += [text[done:start], new.replace("\n", line_end)]
        done = end
    return "".join([*pieces, text[done:]]).encode()


def _in_order(fixes: Iterable[Fix], starts: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """Yield the first of all fixes that overlap, as offsets into the text and the new text, from its start on."""

    def offset(mark: Mark) -> int:
        return starts[mark.line - 1] + mark.column - 1

    last_start, last_end = -1, 0
    for start, end, new in sorted({(offset(fix.start), offset(fix.end), fix.text) for fix in fixes}):
        if start >= last_end and start > last_start:
            yield start, end, new
            last_start, last_end = start, end
