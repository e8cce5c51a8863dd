"""Lines that belong to the pages of a document and not to its text: numbers of pages, headers, tables of contents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from ..text.paragraph_starts import begins_paragraph
from .passages import Passage

_COUNT = r"(?:\d{1,4}|[一二三四五六七八九十]{1,3})"
_OF = rf"[ ,/、|]{{0,3}}\(?共 ?{_COUNT} ?页\)?"
_PAGE = re.compile(
    rf"[-—–―~·]{{1,3}} ?{_COUNT} ?[-—–―~·]{{1,3}}"  # — 1 —
    rf"|(?:[^。;!?|]{{1,50}}[ \t])?第 ?{_COUNT} ?页{_OF}|第 ?{_COUNT} ?页"
    rf"|共 ?{_COUNT} ?页[ ,/、|]{{0,3}}第 ?{_COUNT} ?页"
    r"|Page \d{1,4}(?: of \d{1,4})?",
    re.IGNORECASE,
)
_ALONE = re.compile(r"\d{1,3}(?: ?/ ?\d{1,3})?")  # a page number only between lines of prose
_PROSE = 20  # characters of such a line
_CONTENTS = re.compile(r"[*# ]{0,6}目 {0,6}录[*: ]{0,4}")
_DOTTED = re.compile(r"[^\n]{1,80}?(?:\.{4,}|…{2,}|·{4,}|。{4,}|(?:\. ){4,}|-{5,}|_{5,})[ \t]*\(?\d{1,3}\)?")
_SPACED = re.compile(r"[^\n。;|]{1,60}?(?:\t| {2,})[ \t]*\(?\d{1,3}\)?")
_BROKEN_OFF = re.compile(r"[\u4e00-\u9fff,、]$")


class PageLine(NamedTuple):
    """Lines that belong to pages: their place ``[start, end)``, and what to write instead.

    They are ``sure`` if they can be nothing else.
    """

    kind: Literal["page", "contents"]
    start: int
    end: int
    mended: str
    sure: bool


class _FilledLine(NamedTuple):
    start: int
    words: str

    @property
    def end(self) -> int:
        return self.start + len(self.words)


def page_lines(passage: Passage) -> Sequence[PageLine]:
    """Return the page numbers and tables of contents of a body."""
    return passage.once(_page_lines) if passage.is_body else ()


def _page_lines(passage: Passage) -> Sequence[PageLine]:
    filled = [line for line in _lines(passage) if line.words]
    return [*_numbers(filled), *_contents(filled)]


def _lines(passage: Passage) -> Iterator[_FilledLine]:
    start = 0
    for words, prose in zip(passage.narrow.split("\n"), passage.prose.split("\n"), strict=True):
        yield _FilledLine(start + len(words) - len(words.lstrip()), words.strip() if prose.strip() else "")
        start += len(words) + 1


def _numbers(filled: Sequence[_FilledLine]) -> Iterator[PageLine]:
    for at, line in enumerate(filled):
        if len(line.words) > 80:
            continue
        beside = [filled[place] for place in (at - 1, at + 1) if 0 <= place < len(filled)]
        sure = _PAGE.fullmatch(line.words) is not None
        if not sure and not (_ALONE.fullmatch(line.words) and all(len(one.words) >= _PROSE for one in beside)):
            continue
        start, end = line.start, line.end
        if 0 < at < len(filled) - 1 and _broken(*beside):
            start, end = beside[0].end, beside[1].start
        yield PageLine("page", start, end, "", sure and len(filled) > 1)


def _broken(before: _FilledLine, after: _FilledLine) -> bool:
    """Whether a page ended in mid-sentence."""
    if len(before.words) < _PROSE or not _BROKEN_OFF.search(before.words) or _PAGE.fullmatch(after.words[:80]):
        return False
    return "\u4e00" <= after.words[0] <= "\u9fff" and not begins_paragraph(before.words, after.words, "")


def _contents(filled: Sequence[_FilledLine]) -> Iterator[PageLine]:
    """Yield the runs of lines with dots and a page number, with the heading before them; or the heading alone."""
    at = 0
    while at < len(filled):
        first = at
        headed = _CONTENTS.fullmatch(filled[at].words) is not None
        at += headed
        while at < len(filled) and _is_entry(filled[at].words, headed):
            at += 1
        if at - first > headed or (headed and not filled[first].words.startswith("#")):
            sure = at - first > headed and at - first < len(filled)
            yield PageLine("contents", filled[first].start, filled[at - 1].end, "", sure)
        at = max(at, first + 1)


def _is_entry(words: str, headed: bool) -> bool:
    """Whether a line is one of a table of contents: it ends in a page number, which is seen at once."""
    if not (words[-1].isdigit() or words[-1] == ")"):
        return False
    return bool(_DOTTED.fullmatch(words) or (headed and _SPACED.fullmatch(words)))
