"""The passages of a record: every text that a writer wrote in it, for rules that search texts.

Such a rule is a function from a `Passage` to `Hit`s. It sees neither files nor fields, and its places are offsets into
the passage's text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import cached_property
from typing import Any, TypeVar

from ..problems.problem import Fix, Mark, Problem, field_of
from ..records.file_kinds import is_markdown
from ..records.models import Model
from ..records.record import Record
from ..records.vocabulary import Vocabulary
from ..records.yamltree import Text
from ..text.hidden import without_hidden

T = TypeVar("T")

# The half-width form of each sign that input methods make wide. Offsets stay the same.
_NARROW = {chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)} | {"\u3000": " ", "\xa0": " "}
_WIDE = re.compile("[\uff01-\uff5e\u3000\xa0]")
# The parts of a text that are not prose, besides comments and fenced code: code in a line, addresses, tags of HTML,
# the braces of figures, the signs of footnotes.
_NOT_PROSE = re.compile(
    r"`[^`\n]*`|</?[A-Za-z][^<>\n]{0,500}>|\]\([^()\s]*(?: \"[^\"\n]*\")?\)|https?://[^\s<>）)，。；]*|\{\{[^{}\n]*\}\}"
    r"|\[\^[^\[\]\s]{1,40}\]:?"
)
BODY = ("body",)
_WITH_TEXTS = ("title", "summary", "figures", "commitments", "outcomes", "source", "corrections", "dating")
# Fields that only the program reads, and fields that hold no text.
_NOT_SHOWN = {"id", "commitment", "indicator", "topic", "ref", "status", "bound", "url", "basis", "unit"}


@dataclass(frozen=True)
class Passage:
    """One text of a record. ``steps`` are the path of its field in English (``"figures", 0, "label"``)."""

    record: Record
    steps: tuple[str | int, ...]
    text: str
    _made: dict[Callable[[Passage], Any], Any] = dataclass_field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def field(self) -> str:
        """The field's path as problems and waivers write it: ``figures[0].label``."""
        return field_of(self.steps)

    @property
    def is_body(self) -> bool:
        """Whether this is the record's body, which is Markdown. Every other passage is a line of a field."""
        return self.steps == BODY

    @cached_property
    def narrow(self) -> str:
        """The text with half-width letters, digits and signs for wide ones. Offsets stay the same."""
        return narrowed(self.text)

    @cached_property
    def prose(self) -> str:
        """The text with spaces for all that is not prose (code, addresses, braces). Offsets stay the same."""
        if not self.is_body:
            return self.text
        return _NOT_PROSE.sub(lambda found: " " * len(found[0]), without_hidden(self.text))

    def once(self, make: Callable[[Passage], T]) -> T:
        """Return a function's result for this passage. It is computed for the first rule that asks, and then stored."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    def mark(self, at: int) -> Mark:
        """Return the place in the file of an offset into the text."""
        if self.is_body:
            line = bisect_right(self._line_starts, at)
            return Mark(self.record.text_line + line - 1, at - self._line_starts[line - 1] + 1)
        line, column = self.record.mark(*self.steps)
        node = self.record.node(*self.steps)
        if not isinstance(node, Text) or not node.end or node.end.line > line:
            return Mark(line, column)
        return Mark(line, column + at + (not node.plain))

    def fix(self, start: int, end: int, text: str, *, safe: bool) -> Fix | None:
        """Return the fix that writes ``text`` in place of ``[start, end)``. None if the passage stands in a YAML block.

        In a field, the whole value is written anew: the new text may need quotes.
        """
        if self.is_body:
            below_fields = is_markdown(self.record.path)
            return Fix(self.mark(start), self.mark(end), text, safe) if below_fields else None
        node = self.record.node(*self.steps)
        if not isinstance(node, Text) or unicodedata.normalize("NFC", node) != self.text:
            return None
        return node.fix(f"{self.text[:start]}{text}{self.text[end:]}", safe=safe)

    @cached_property
    def _line_starts(self) -> Sequence[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.text))]


@dataclass(frozen=True, slots=True)
class Hit:
    """A fault that a rule found: its place ``[start, end)`` in the passage, and ``values`` for the rule's texts.

    ``written`` is shown in place of a text that must not be repeated (an identity number). ``mended`` is what to write
    in the fault's place, or None if only a person can say; it is ``safe`` if it changes no fact.
    """

    start: int
    end: int
    written: str | None = None
    values: tuple[tuple[str, str], ...] = ()
    mended: str | None = None
    safe: bool = False


def narrowed(text: str) -> str:
    """Return a text with half-width letters, digits and signs for wide ones. Offsets stay the same."""
    for wide in set(_WIDE.findall(text)):  # a text has few of them, and `translate` takes ten times as long
        text = text.replace(wide, _NARROW[wide])
    return text


def passages(record: Record) -> Iterator[Passage]:
    """Yield every text of a record that readers may see, the body last. A withdrawn one has those of its tombstone."""
    for name in ("title", "withdrawn") if record.withdrawn else _WITH_TEXTS:
        yield from _texts_below(record, (name,), getattr(record, name))
    if record.text and not record.withdrawn:
        yield body_of(record)


def body_of(record: Record) -> Passage:
    """Return a record's body as a passage."""
    return Passage(record, BODY, record.text)


def _texts_below(record: Record, steps: tuple[str | int, ...], value: object) -> Iterator[Passage]:
    if isinstance(value, str):
        yield Passage(record, steps, value)
    elif isinstance(value, tuple):
        for at, item in enumerate(value):
            yield from _texts_below(record, (*steps, at), item)
    elif isinstance(value, Model):
        for name, below in value:
            if name not in _NOT_SHOWN:
                yield from _texts_below(record, (*steps, name), below)


Find = Callable[[Passage], Iterable[Hit]]
PassageCheck = Callable[[Passage, Vocabulary], Iterator[Problem]]


def in_passages(rule: str, find: Find) -> PassageCheck:
    """Return a check made of a function that finds faults in one passage."""

    def check(passage: Passage, vocabulary: Vocabulary) -> Iterator[Problem]:
        for hit in find(passage):
            if not vocabulary.site.allows(rule, passage.narrow, hit.start, hit.end):
                yield problem_in(passage, rule, hit)

    return check


def matches_from(signs: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern as `finditer` does, but in a tenth of the time.

    Every match begins with one of ``signs``. A search for single signs is much faster than one for a pattern that
    begins with a look back.
    """
    end = 0
    for sign in signs.finditer(text):
        if sign.start() >= end and (found := pattern.match(text, sign.start())):
            end = max(found.end(), sign.start() + 1)
            yield found


def problem_in(passage: Passage, rule: str, hit: Hit) -> Problem:
    """Return the problem for a hit, with its exact place in the file."""
    written = passage.text[hit.start : hit.end] if hit.written is None else hit.written
    fix = None if hit.mended is None else passage.fix(hit.start, hit.end, hit.mended, safe=hit.safe)
    return Problem(passage.record.path, passage.mark(hit.start), rule, passage.field, written, dict(hit.values), fix)
