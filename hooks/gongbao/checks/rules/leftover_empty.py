"""``leftover.empty``: a number, a list's sign or a heading with nothing after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...records.numerals import NUMERAL
from ...text.hidden import without_hidden
from ..blocks import TextLine, lines
from ..passages import Hit, Passage, in_passages

_NUMBER = (
    rf"(?:{NUMERAL}{{1,3}}[、.]|\({NUMERAL}{{1,3}}\)|\d{{1,2}}[、.)]|\(\d{{1,2}}\)|第{NUMERAL}{{1,3}}[,、:]|[①-⑳])"
)
_ALONE = re.compile(rf"(?:{_NUMBER}|{NUMERAL}{{1,3}}是|[-+•·●])[。;,:、]?")
# Two numbers at the start of a line, the second one right after the first. Digits are left out because of 3、4月份.
_TWICE = re.compile(rf"(?:{NUMERAL}{{1,3}}、|\({NUMERAL}{{1,3}}\)|[①-⑳])\s*(?=\({NUMERAL}{{1,3}}\)|[①-⑳])")
_RUNNING = re.compile(
    rf"(?:^|(?<=[。;:,、\s]))(?:第?{NUMERAL}{{1,3}}(?:是|要)|[①-⑳]|\(\d{{1,2}}\))\s?(?=[;。]|$|[、,]{NUMERAL}{{1,3}}[是要])",
    re.MULTILINE,
)

# What readers see though it is no prose: code, an address, the target of a link, a figure's braces.
_SEEN = re.compile(r"`[^`\n]*[^`\s]|https?://\w|<[^<>\s]+[@:][^<>\s]+>|\]\([^()\s]|\{\{[^{}\n]*\w")
_RUNNING_SIGN = re.compile(rf"[{NUMERAL[1:-1]}(①-⑳](?:[是要\d]|(?<=[①-⑳]))")  # most lines have none of these


def find(passage: Passage) -> Iterator[Hit]:
    """Find the numbers, list signs and headings without a text."""
    every = list(lines(passage))
    for at, line in enumerate(every):
        if line.kind in ("blank", "code", "row"):
            continue
        if _is_empty(passage, every, at) if line.kind == "heading" else _is_alone(passage, every, at):
            yield Hit(line.start + line.indent, line.start + len(line.text.rstrip()))
            continue
        if found := _TWICE.match(line.text, line.at):
            yield Hit(line.start + found.start(), line.start + found.end())
        for found in _RUNNING.finditer(line.text) if _RUNNING_SIGN.search(line.text) else ():
            yield Hit(line.start + found.start(), line.start + found.end())


def _is_seen(passage: Passage, line: TextLine) -> bool:
    """Whether readers see something in a line that has no prose."""
    return bool(_SEEN.search(passage.once(_visible), line.start, line.start + len(line.text)))


def _visible(passage: Passage) -> str:
    return without_hidden(passage.text)


def _is_alone(passage: Passage, every: Sequence[TextLine], at: int) -> bool:
    """Whether a line is only a number or a list's sign, and the next line is not its text."""
    line = every[at]
    text = line.text.strip().strip("*_").strip()
    if not (_ALONE.fullmatch(text) or (text in ("", "*") and line.text.strip() in ("*", "**", "****"))):
        return False
    if text in ("-", "+") and at and every[at - 1].kind == "plain":  # a heading's underline
        return False
    if _is_seen(passage, line):
        return False
    return not (at + 1 < len(every) and every[at + 1].kind in ("plain", "code", "row")) or bool(
        _ALONE.fullmatch(every[at + 1].words) or re.match(_NUMBER, every[at + 1].words)
    )


def _is_empty(passage: Passage, every: Sequence[TextLine], at: int) -> bool:
    """Whether a heading has no words, or no text and no deeper heading before the next heading or the end."""
    line = every[at]
    words = line.text[line.at :].strip().rstrip("#").strip().strip("*_")
    if (not words or _ALONE.fullmatch(words)) and not _is_seen(passage, line):
        return True
    below = next((one for one in every[at + 1 :] if one.kind != "blank"), None)
    return below is None or (below.kind == "heading" and len(below.mark) <= len(line.mark))


check = in_passages("leftover.empty", find)
