"""A record as passages of text, for rules that look for something in what a writer wrote.

A rule of this kind is a function from a `Passage` to `Hit`s; it sees neither files nor fields, and its places are
offsets into the passage's text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ..names import FIELDS, english_field
from ..problems import Mark, Problem
from ..records import Record, child
from ..vocabulary import Vocabulary
from ..yamltree import Node, Text

# Half-width forms of what input methods make wide, sign for sign: offsets stay the same.
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
# What readers do not read as prose: code, addresses, comments, HTML's tags, the braces of figures.
_NOT_PROSE = re.compile(
    r"^ {0,3}(?P<fence>```|~~~)[^\n]*\n(?:.*\n)*? {0,3}(?P=fence)[^\n]*$"
    r"|`[^`\n]*`|<!--[^>]*-->|</?[A-Za-z][^<>\n]{0,500}>|\]\([^()\s]*(?: \"[^\"\n]*\")?\)|https?://[^\s<>）)，。；]*"
    r"|\{\{[^{}\n]*\}\}",
    re.MULTILINE,
)
BODY = "body"
_EVERY_FIELD = frozenset(FIELDS)
_WITH_TEXTS = ("figures", "commitments", "outcomes", "source", "corrections", "dating")
# Names that the program reads, and what it knows to be no text.
_NOT_SHOWN = {"id", "commitment", "indicator", "topic", "ref", "due", "date", "status", "for", "as_of", "url"}


@dataclass(frozen=True)
class Passage:
    """One text of a record: ``field`` is its English path (``title``, ``body``, ``figures[0].label``)."""

    record: Record
    field: str
    text: str
    node: Text | None = None

    @property
    def is_body(self) -> bool:
        """Whether this is the record's text, which is Markdown; every other passage is a line of a field."""
        return self.field == BODY

    @cached_property
    def narrow(self) -> str:
        """The text with wide letters, digits and signs made half-width; offsets are the same."""
        return self.text.translate(_NARROW)

    @cached_property
    def prose(self) -> str:
        """The text with what is not prose (code, addresses, braces) blanked by spaces; offsets are the same."""
        if not self.is_body:
            return self.text
        return _NOT_PROSE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), self.text)

    def mark(self, at: int) -> Mark:
        """Return the place in the file of an offset."""
        if self.is_body:
            before = self.text[:at]
            return Mark(self.record.text_line + before.count("\n"), at - before.rfind("\n"))
        if self.node is None:
            return Mark()
        line, column = self.node.mark
        return Mark(line, column + at + (not self.node.plain)) if "\n" not in self.text else self.node.mark


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found: ``[start, end)`` in the passage's text, and what fills the rule's texts.

    ``written`` is shown in place of the text found where that must not be repeated (an identity number).
    """

    start: int
    end: int
    written: str | None = None
    values: tuple[tuple[str, str], ...] = ()


def passages(record: Record) -> Iterator[Passage]:
    """Yield every text of a record that readers may see, the body last; of a withdrawn one only its tombstone's."""
    for name in ("title",) if record.withdrawn else ("title", "summary"):
        if value := getattr(record, name):
            node = child(record.tree, name)
            yield Passage(record, name, value, node if isinstance(node, Text) else None)
    for name in ("withdrawn",) if record.withdrawn else _WITH_TEXTS:
        node = child(record.tree, name)
        if node is not None:
            yield from _texts_below(record, name, node)
    if record.text and not record.withdrawn:
        yield Passage(record, BODY, record.text)


def _texts_below(record: Record, field: str, node: Node) -> Iterator[Passage]:
    if isinstance(node, Text):
        yield Passage(record, field, str(node), node)
    elif isinstance(node, list):
        for at, item in enumerate(node):
            yield from _texts_below(record, f"{field}[{at}]", item)
    else:
        for key, item in node.items():
            if (name := english_field(key, _EVERY_FIELD) or key) not in _NOT_SHOWN:
                yield from _texts_below(record, f"{field}.{name}", item)


Find = Callable[[Passage], Iterable[Hit]]
RecordCheck = Callable[[Record, Vocabulary], Iterator[Problem]]


def in_passages(rule: str, find: Find) -> RecordCheck:
    """Make a check of a record out of a function that finds faults in one passage."""

    def check(record: Record, _vocabulary: Vocabulary) -> Iterator[Problem]:
        for passage in passages(record):
            for hit in find(passage):
                yield problem_in(passage, rule, hit)

    return check


def problem_in(passage: Passage, rule: str, hit: Hit) -> Problem:
    """Make a problem of a hit, with its exact place."""
    written = passage.text[hit.start : hit.end] if hit.written is None else hit.written
    return Problem(passage.record.path, passage.mark(hit.start), rule, passage.field, written, dict(hit.values))
