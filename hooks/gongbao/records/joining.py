"""Lines that are joined: a line end between two Chinese characters is no space, any other is one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

# The inside of a character class: Chinese characters, also those beyond the BMP (𠮷), Chinese punctuation, full-width
# forms, numbers in circles, signs and pictures that stand in Chinese text (■ ☑ 🎉), and selectors of their variants.
WIDE = (
    "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u2018-\u201d\u2014\u2026\u2460-\u24ff\u25a0-\u27bf"
    "\ufe00-\ufe1f\ufe30-\ufe4f\U0001f000-\U0001faff\U00020000-\U0003ffff\U000e0100-\U000e01ef"
)
_BREAK_BETWEEN_WIDE = re.compile(rf"(?<=[{WIDE}])\n(?=[{WIDE}])")
_SEAM = 6  # characters on either side of a line end by which it is found again


def joined_lines(text: str) -> str:
    """Return a text as one line; blank lines and white space around lines are left out."""
    if "\n" not in text:
        return text
    lines = "\n".join(filter(None, map(str.strip, text.split("\n"))))
    return _BREAK_BETWEEN_WIDE.sub("", lines).replace("\n", " ")


def unfolded(value: str, lines: Iterable[str]) -> str:
    """Return a value that YAML has folded, without the spaces that it put in place of line ends in Chinese.

    ``lines`` are those on which the value stands. Spaces that the writer typed stay.
    """
    pieces, end = [], 0
    for before, after in pairwise(line.strip() for line in lines):
        tail, head = before[-_SEAM:], after[:_SEAM]
        if _BREAK_BETWEEN_WIDE.search(f"{tail}\n{head}"):
            at = value.find(f"{tail} {head}", end)
            if at >= 0:
                pieces.append(value[end : at + len(tail)])
                end = at + len(tail) + 1
    return "".join([*pieces, value[end:]])
