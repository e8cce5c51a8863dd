"""A document as its lines, whatever program wrote it. Each line knows its place in the document's whole text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from ..metadata.cleaning import without_metadata

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]")
_PICTURES = {b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg", b"GIF8": ".gif"}  # the kinds that every browser shows


class Unreadable(Exception):
    """A document that cannot be read. The text is the name of the label that says why."""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A line of a document: the span ``[start, end)`` of its text.

    ``level`` is 0 for a style of titles, 1 to 9 for one of headings, and None for any other. A ``soft`` line goes on in
    the paragraph of the line before. ``table`` is the number of the table, from 1, of which it is a row: cells stand
    between tabs. A line ``around`` a text has the style of addressees or signatures.
    """

    start: int
    end: int
    level: int | None = None
    soft: bool = False
    table: int = 0
    around: bool = False


@dataclass(frozen=True, slots=True)
class SourcePicture:
    """A picture of a document: the place in the text at which it stands, its bytes, and the ending for its name."""

    at: int
    data: bytes
    ending: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a document, its lines and pictures. Some pictures can't come along: ``left_out`` is their number.

    ``is_own`` tells whether this program made the document (`own_reports`).
    """

    name: str
    text: str
    lines: tuple[DocumentLine, ...]
    pictures: tuple[SourcePicture, ...] = ()
    left_out: int = 0
    is_own: bool = False

    @property
    def is_foreign(self) -> bool:
        """Whether the text is not Chinese: of more than twenty letters, most are Latin."""
        letters = [sign for sign in self.text if sign.isalpha()]
        latin = sum(sign.isascii() for sign in letters)
        return len(letters) > 20 and latin * 2 > len(letters)

    def of(self, line: DocumentLine) -> str:
        """Return the text of a line."""
        return self.text[line.start : line.end]


@dataclass(slots=True)
class LineGatherer:
    """Puts the lines of a document together while it is read."""

    name: str
    texts: list[str] = field(default_factory=list)
    lines: list[DocumentLine] = field(default_factory=list)
    pictures: list[SourcePicture] = field(default_factory=list)
    left_out: int = 0
    tables: int = 0
    _length: int = 0

    def add(
        self, text: str, level: int | None = None, *, soft: bool = False, table: int = 0, around: bool = False
    ) -> None:
        """Add a paragraph; its soft breaks make several lines of it. An empty one is left out, as are controls."""
        for at, line in enumerate(unicodedata.normalize("NFC", _CONTROL.sub("", text)).split("\n")):
            if line.strip():
                self.lines.append(
                    DocumentLine(self._length, self._length + len(line), level, soft or at > 0, table, around)
                )
                self.texts.append(line)
                self._length += len(line) + 1

    def add_pictures(self, pictures: list[bytes], *, in_text: bool) -> None:
        """Add pictures of the paragraph that comes next (``in_text``), or of one without text behind the last."""
        for data in pictures:
            ending = next((ending for start, ending in _PICTURES.items() if data.startswith(start)), "")
            if ending:
                self.pictures.append(
                    SourcePicture(max(self._length - (not in_text), 0), without_metadata(data), ending)
                )
            else:
                self.left_out += 1

    def add_table(self, rows: list[list[str]]) -> None:
        """Add a table. A break within a cell joins its lines."""
        self.tables += 1
        for row in rows:
            self.add("\t".join(" ".join(cell.split()) for cell in row), table=self.tables)

    def done(self) -> SourceText:
        """Return the document."""
        text = "".join(f"{line}\n" for line in self.texts)
        return SourceText(self.name, text, tuple(self.lines), tuple(self.pictures), self.left_out)
