"""The lines and paragraphs of a passage, for rules about the start of a line or the end of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Literal, NamedTuple

from ..text.paragraph_starts import begins_paragraph, continues
from ..text.table_lines import tabbed_rows
from .passages import Passage, narrowed

LineKind = Literal["blank", "heading", "item", "row", "quote", "code", "plain"]
_EMPHASIS = re.compile(r"(?<![*_\\])(\*\*\*|\*\*|\*|___|__|_)(?![*_\s])([^*_\n]*[^*_\s\\])\1(?![*_])")
# Bold words, where ** and __ stand for no names that were not filled in; also with spaces within the signs.
BOLD = re.compile(
    r"(?<![*\\])\*\*(?!\*)(?!公司|街道|[镇乡村市县区省局厂]|社区|学校|医院|集团|单位|同志)(?P<bold>[^*\n]{1,200})\*\*(?!\*)"
    r"|(?<![A-Za-z0-9_\\])__(?P<underlined>(?![_\s])[^_\n]{2,200})__(?![A-Za-z0-9_])"
)
_OPENING = re.compile(
    r"(?P<indent>\s*)(?P<quote>(?:> ?)*)(?P<mark>#{1,6}(?=\s|$)|#{2,6}(?=[^\s#])|(?:[-*+•·●]|\d{1,9}[.)])(?=\s|$))?\s*"
)


class TextLine(NamedTuple):
    """One line of a passage, as prose in half-width signs.

    The line starts at the offset ``start`` in the passage; its words start at the offset ``at`` in the line.
    ``indent`` counts the spaces before it. ``mark`` is Markdown's sign at its start (``##``, ``-``, ``3.``) or empty.
    """

    start: int
    text: str
    kind: LineKind
    indent: int
    mark: str
    at: int

    @property
    def words(self) -> str:
        """The line without Markdown's signs before and after its words."""
        return self.text[self.at :].strip().strip("*_").strip()


def narrow_prose(passage: Passage) -> str:
    """Return a passage's prose in half-width signs. Its offsets are those of the passage."""
    return passage.once(_narrow_prose)


def _narrow_prose(passage: Passage) -> str:
    return passage.narrow if passage.prose is passage.text else narrowed(passage.prose)


def without_emphasis(passage: Passage) -> str:
    """Return a passage's half-width prose with spaces for Markdown's signs of emphasis. Its offsets stay the same."""
    return passage.once(_without_emphasis)


def _without_emphasis(passage: Passage) -> str:
    text = narrow_prose(passage)
    if not ("*" in text or "_" in text):
        return text
    if passage.is_body:
        text = _EMPHASIS.sub(lambda found: f"{' ' * len(found[1])}{found[2]}{' ' * len(found[1])}", text)
    return BOLD.sub(lambda found: f"  {found['bold'] or found['underlined']}  ", text)


def lines(passage: Passage) -> Sequence[TextLine]:
    """Return the lines of a passage. Only a body has Markdown in it."""
    return passage.once(_lines)


def _lines(passage: Passage) -> Sequence[TextLine]:
    return tuple(_each_line(passage))


def _each_line(passage: Passage) -> Iterator[TextLine]:
    start, rows = 0, 0
    written = passage.text.split("\n")
    for at, (text, raw) in enumerate(zip(narrow_prose(passage).split("\n"), written, strict=True)):
        rows = rows - 1 if rows > 1 else tabbed_rows(written, at) if "\t" in raw else 0
        line = _line(start, text, raw, passage.is_body)
        yield line._replace(kind="row") if rows and line.kind == "plain" else line
        start += len(text) + 1


def _line(start: int, text: str, raw: str, markdown: bool) -> TextLine:
    if not text or not raw.strip():
        return TextLine(start, text, "blank", 0, "", 0)
    found = _OPENING.match(text) if markdown else re.match(r"(?P<indent>\s*)(?P<quote>)(?P<mark>)", text)
    assert found
    mark = found["mark"] or ""
    kind: LineKind = "plain"
    if not text.strip():
        kind = "code"
    elif found["quote"]:
        kind = "quote"
    elif mark:
        kind = "heading" if mark[0] == "#" else "item"
    elif text.lstrip().startswith("|") or (markdown and text.count("|") > 1):
        kind = "row"
    return TextLine(start, text, kind, len(found["indent"]), mark, found.end())


def paragraphs(passage: Passage) -> Sequence[tuple[TextLine, ...]]:
    """Return the paragraphs: consecutive plain lines, an item with the lines after it, or another line alone."""
    return passage.once(_paragraphs)


def _paragraphs(passage: Passage) -> Sequence[tuple[TextLine, ...]]:
    return tuple(_each_paragraph(passage))


def _each_paragraph(passage: Passage) -> Iterator[tuple[TextLine, ...]]:
    block: list[TextLine] = []
    every = lines(passage)
    for line, following in zip_longest(every, every[1:]):
        if block and not _goes_on(block, line, following.text if following else ""):
            yield tuple(block)
            block = []
        if line.kind != "blank":
            block.append(line)
    if block:
        yield tuple(block)


def _goes_on(block: Sequence[TextLine], line: TextLine, following: str) -> bool:
    """Whether a line belongs to the paragraph that ``block`` begins, as the dialect has it."""
    before = block[-1]
    if line.kind == "quote":
        return before.kind == "quote"
    if line.kind not in ("plain", "code") or before.kind not in ("plain", "item", "quote", "code"):
        return False
    if line.kind == "plain" and block[0].kind in ("item", "quote"):
        return line.indent > 0 or continues(before.text, line.text)
    return line.kind == "code" or not begins_paragraph(before.text, line.text, following)
