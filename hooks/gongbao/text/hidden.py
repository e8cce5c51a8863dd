"""The parts of a Markdown text that are no text to its readers: comments and fenced code.

Every function takes time linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_FENCE = re.compile(r"^ {0,3}(`{3,}(?=[^`\n]*$)|~{3,})([^\n]*)$", re.MULTILINE)
_SEEN = re.compile(r"[^\n]")


def blanked(text: str) -> str:
    """Return a text with a space for each sign. Line ends stay."""
    return _SEEN.sub(" ", text)


def without_hidden(text: str) -> str:
    """Return a Markdown text with spaces for its comments and fenced code. Offsets stay the same."""
    return _without_fenced(_without_comments(text))


def _without_comments(text: str) -> str:
    pieces, end = [], 0
    while (start := text.find("<!--", end)) >= 0 and (close := text.find("-->", start)) >= 0:
        pieces += [text[end:start], blanked(text[start : close + 3])]
        end = close + 3
    return "".join([*pieces, text[end:]])


def _without_fenced(text: str) -> str:
    if "```" not in text and "~~~" not in text:
        return text
    fences = list(_FENCE.finditer(text))
    pieces, end, at = [], 0, 0
    # A fence that no other closes is text. A later fence of the same sign that is as long is not closed either, so no
    # search for it is needed.
    unclosed: dict[str, int] = {}
    while at < len(fences):
        sign, length = fences[at][1][0], len(fences[at][1])
        close = _closing(fences, at, sign, length) if length < unclosed.get(sign, length + 1) else None
        if close is None:
            unclosed[sign] = min(length, unclosed.get(sign, length))
        else:
            pieces += [text[end : fences[at].start()], blanked(text[fences[at].start() : fences[close].end()])]
            end, at = fences[close].end(), close
        at += 1
    return "".join([*pieces, text[end:]])


def _closing(fences: Sequence[re.Match[str]], opening: int, sign: str, length: int) -> int | None:
    """Return the index of the fence that closes one: the next of its sign, at least as long, with nothing behind it."""
    for at in range(opening + 1, len(fences)):
        fence, rest = fences[at].groups()
        if fence[0] == sign and len(fence) >= length and not rest.strip():
            return at
    return None
