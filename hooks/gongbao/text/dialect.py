"""The dialect of the records' texts: lines as writers type them in, lines for a converter of Markdown out.

Writers think in what a text looks like. So a list, a table or a heading may follow a line directly, and a line at the
margin after them is a paragraph; two or three spaces nest a list; ``1)`` is a number and ``- [x]`` a ticked box;
columns between tabs, as Word gives them, are a table; a line that begins with （一） or 1.1 is a paragraph of its own,
and so are the sender and the date below a letter.
``#1`` and ``5*3*2`` are text. Lines of fenced code are unchanged.

Every function takes time linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Literal

from .paragraph_starts import LATIN_END, begins_paragraph, continues
from .table_lines import DELIMITERS, cells, piped, tabbed_rows

_BlockKind = Literal["blank", "plain", "item", "inner", "row", "quote", "note", "heading"]
_LEVEL = " " * 4  # how far Python-Markdown wants a nested list indented
_QUOTED = 3  # levels of quotations within quotations that are read; deeper ones are left as they are

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_QUOTE = re.compile("^> ?")
_ITEM = re.compile(r"([-*+]|\d{1,3}[.)])[ \t\u3000]+(?=\S)")
_BOX = re.compile(r"\[([ xX])\][ \t]*(?=[^\s(\[])")
_HEADING = re.compile(r"#{1,6}(?=\s)|#{2,6}(?=[^\s#])")
_RULE = re.compile(r"(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
_TAG_SIGN, _TIMES = re.compile(r"^(#{1,6})(?=[^#\s])"), re.compile(r"(?<=\d)\*(?=\d)")
_UNDERLINED = re.compile(r"(?<![A-Za-z0-9_\\])__(?=[^\s_])([^_\n]+[^\s_\\])__(?![A-Za-z0-9_])")
_HAN = re.compile(r"[\u4e00-\u9fff]")
# A text of nothing but headings, paragraphs of one line each and flat lists, with no sign in it that means anything. It
# is meant as it is written, and to find that out takes a tenth of the time.
_WORDS = r"(?:[\u4e00-\u9fff“《（]|\d(?!\d{0,2}[.)]))[^\n\t|*_~\\]*"
_SETTLED = re.compile(rf"(?:\n*(?:(?:#{{1,6}} )?{_WORDS}|- {_WORDS}(?:\n- {_WORDS})*)(?=\n\n|\n?\Z))*\n*")


def as_meant(text: str) -> Iterable[str]:
    """Return the lines of a text, changed so that Markdown reads what the writer meant."""
    lines = text.split("\n")
    return lines if _SETTLED.fullmatch(text) else _Reader(lines).read()


def _is_row(line: str) -> bool:
    return line.lstrip(" \t\u3000").startswith("|")


def _next_with_words(lines: Sequence[str]) -> Sequence[str]:
    """Return for each line the next line below it that is not blank, or an empty text."""
    found, below = [""] * len(lines), ""
    for at in range(len(lines) - 1, -1, -1):
        found[at] = below
        below = lines[at] if lines[at].strip() else below
    return found


class _Reader:
    """Goes through the lines, and keeps what the line before was and which lists are open."""

    def __init__(self, lines: Sequence[str], depth: int = 0) -> None:
        self.lines, self.depth = lines, depth
        self.kind: _BlockKind = "blank"  # of the line before
        self.before = ""  # the line before
        self.words = _next_with_words(lines)
        self.lists: list[tuple[int, bool]] = []  # the open lists: how far they are indented, whether they are numbered

    def read(self) -> Iterator[str]:
        """Yield the lines as they are meant."""
        fence, at = "", 0
        while at < len(self.lines):
            line, following = self.lines[at], self.lines[at + 1] if at + 1 < len(self.lines) else ""
            below = self.words[at]
            taken = 1
            found = _FENCE.match(line)
            if found and (not fence or found[1].startswith(fence)):
                yield from self.apart(not fence and self.kind == "item")
                fence, self.kind, self.lists = "" if fence else found[1], "plain", []
                yield line
            elif fence:
                yield line
            elif not line.strip():
                if self.kind == "row" and _is_row(self.before) and _is_row(below):
                    at += 1  # a blank line between two rows
                    continue
                self.kind = "blank"
                yield ""
            elif "\t" in line and (taken := tabbed_rows(self.lines, at)):
                yield from self.apart(self.kind != "blank")
                yield from piped([_in_line(row) for row in self.lines[at : at + taken]])
                self.kind, self.lists = "row", []
            elif line.startswith(">") and self.depth < _QUOTED and (taken := self.quoted(at)):
                yield from self.apart(self.kind not in ("blank", "quote"))
                inner = [_QUOTE.sub("", one) for one in self.lines[at : at + taken]]
                yield from (f"> {one}".rstrip(" ") if one else ">" for one in _Reader(inner, self.depth + 1).read())
                self.kind, self.lists = "quote", []
            else:
                yield from self.line(line, below if _is_row(line) and _is_row(below) else following)
            taken = max(1, taken)
            self.before, at = self.lines[at + taken - 1], at + taken

    def quoted(self, at: int) -> int:
        """Return how many lines from ``at`` on are a quotation."""
        return sum(1 for _ in takewhile(lambda place: self.lines[place].startswith(">"), range(at, len(self.lines))))

    def apart(self, apart: bool) -> Iterator[str]:
        """Yield a blank line if the next line does not belong to the block before."""
        if apart:
            yield ""

    def line(self, line: str, following: str) -> Iterator[str]:
        """Yield a line that is neither blank nor code, a quotation or a row with tabs."""
        if line.endswith("\\") and not line.endswith("\\\\") and following.strip():
            line = f"{line[:-1]}  "  # CommonMark's line break
        bare = line.lstrip(" \t\u3000")
        space = line[: len(line) - len(bare)]
        wide = "\u3000" in space
        indent = 0 if wide else len(space.expandtabs(4))
        if (item := _ITEM.match(bare)) and not _RULE.fullmatch(bare) and not self.is_wrapped(item):
            yield from self.item(item, indent)
        elif heading := _HEADING.match(bare):
            yield from self.apart(self.kind != "blank")
            self.kind, self.lists = "heading", []
            yield f"{heading[0]} {_in_line(bare[heading.end() :].lstrip())}"
        elif "|" in bare and ((begins := self.begins_table(bare, following)) or self.kind == "row"):
            yield from self.row(bare, indent, begins)
        elif wide:  # a new paragraph, as Word indents it
            yield from self.apart(self.kind != "blank")
            self.kind, self.lists = "plain", []
            yield _words(bare)
        else:
            yield from self.plain(bare, line, indent, following)

    def is_wrapped(self, item: re.Match[str]) -> bool:
        """Whether a number only came to the start of its line where an editor broke a Latin paragraph."""
        return self.kind == "plain" and item[1][:-1] not in ("", "1") and bool(LATIN_END.search(self.before.rstrip()))

    def begins_table(self, bare: str, following: str) -> bool:
        """Whether a line is the head of a table: the next line parts it from the rows, and has as many cells."""
        below = following.strip()
        return "|" in below and DELIMITERS.fullmatch(below) is not None and cells(bare) == cells(below)

    def item(self, item: re.Match[str], indent: int) -> Iterator[str]:
        """Yield an item of a list, indented by four spaces a level, as Python-Markdown wants it."""
        numbered = item[1][0].isdigit()
        yield from self.apart(self.kind not in ("blank", "item") if self.lists else self.kind != "blank")
        while len(self.lists) > 1 and indent < self.lists[-1][0]:
            self.lists.pop()
        if not self.lists or indent >= self.lists[-1][0] + 2:
            self.lists.append((indent, numbered))
        elif self.lists[-1][1] != numbered:
            yield from self.apart(self.kind != "blank")
            self.lists[-1] = (self.lists[-1][0], numbered)
        self.kind = "item"
        words = item.string[item.end() :]
        if box := _BOX.match(words):
            words = ("☐ " if box[1] == " " else "☑ ") + words[box.end() :]
        mark = f"{item[1][:-1]}." if numbered else item[1]
        yield f"{_LEVEL * (len(self.lists) - 1)}{mark} {_in_line(words)}"

    def row(self, bare: str, indent: int, begins: bool) -> Iterator[str]:
        """Yield a row of a table, which may stand within an item."""
        yield from self.apart(begins and self.kind != "blank")
        if begins and indent < 2:
            self.lists = []
        self.kind = "row"
        yield _LEVEL * len(self.lists) + _in_line(bare)

    def plain(self, bare: str, line: str, indent: int, following: str) -> Iterator[str]:
        """Yield a line of a paragraph, an item, a quotation or a footnote."""
        note = bare.startswith("[^") and "]:" in bare
        if self.kind in ("item", "inner", "quote", "note") and not note and (indent or continues(self.before, bare)):
            level = len(self.lists) - (self.kind == "item")
            yield _LEVEL * level + _words(bare) if level > 0 else _words(line)
            return
        anew = self.kind != "blank" and (self.kind != "plain" or begins_paragraph(self.before, line, following))
        yield from self.apart(anew and not (note and self.kind == "note"))
        if self.kind not in ("blank", "row") or indent < 2:
            self.lists = []
        self.kind = "inner" if self.lists else "note" if note else "plain"
        yield _LEVEL * len(self.lists) + _words(bare) if self.lists else _words(line)


def _words(line: str) -> str:
    """Return a line of words. A ``#`` right before a word is no heading."""
    return _in_line(_TAG_SIGN.sub(r"\\\1", line) if line.startswith("#") else line)


def _in_line(line: str) -> str:
    """Return a line with its forms in the way that Markdown has them."""
    if "*" in line:
        line = _TIMES.sub(r"\\*", _without_inner_spaces(line, "**"))
    if "~~" in line:
        line = _without_inner_spaces(line, "~~")
    if "__" in line:
        line = _UNDERLINED.sub(lambda found: f"**{found[1]}**" if _HAN.search(found[1]) else found[0], line)
    return line


def _without_inner_spaces(line: str, sign: str) -> str:
    """Return a line with ``**重点**`` for ``** 重点 **``."""
    pieces = line.split(sign)
    if len(pieces) < 3 or len(pieces) % 2 == 0 or sign + sign[0] in line:
        return line
    return sign.join(piece.strip(" \u3000") or piece if at % 2 else piece for at, piece in enumerate(pieces))
