"""The canonical form of a record's fields: one order, one way of quoting, one way of setting blanks.

- Fields stand in the order of their model, unknown ones behind them as they came. Names stay as they are written.
- Brackets and lines stay as they are written. What stands in brackets is one line: ``{a: 1, b: [c, d]}``. A block is
  indented by two blanks, a list as well. There are no blank lines.
- A text keeps no quotes if it is `SIMPLE`; one without quotes gets those of `scalars.quoted` if it could not stand in
  brackets as well. On lines of its own, a text of several lines is a block (``|``).
- Comments stay with their entries (`remarks`); one within brackets stands above what holds them.

The editor at ``/edit/`` writes this form too: ``editing/assets/record-format.js``, and a test holds the two together.

The reader is PyYAML's, as everywhere. ruamel.yaml, which keeps comments too, has a parser of its own, and hangs each
comment on the entry before it, from which it would part when fields change their order.
"""

from __future__ import annotations

import re
import typing
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import takewhile

from ..problems.names import english_field
from ..problems.problem import Mark, Problem
from .models import Model
from .record import Header
from .remarks import Remarks, comments_in, item_mark, remarks_of
from .scalars import ESCAPED, quoted, scalar
from .yaml_reader import read_tree
from .yamltree import Items, Node, Table, Text

_INDENT = "  "
# A text that YAML and the reader of records take as it stands, wherever it stands.
SIMPLE = re.compile(
    r"(?:[+-](?=[0-9]))?[0-9A-Za-z\u3400-\u9fff]"
    r"(?: ?[0-9A-Za-z\u3400-\u9fff%.~+·—…、。；（）《》“”-]|，(?=[\u3400-\u9fff])|#(?=[0-9A-Za-z])|(?::/)?/)*"
    r"(?<![、。；])"
)
_NO_REMARKS = Remarks()


def canonical_fields(text: str, path: str = "", first_line: int = 1) -> tuple[str | None, list[Problem]]:
    """Return the fields of a record in canonical form, and the problems of reading them.

    The last line has an end if that of the text has one: YAML minds it. None where there are problems, and where the
    reader would take the form for another record, as with unknown fields that have blanks in their names.
    ``first_line`` is that of the text in the file ``path``.
    """
    reading = read_tree(text, path, first_line)
    if reading.problems or not isinstance(reading.tree, Table):
        return None, reading.problems
    comments = [*comments_in(text, first_line)]
    there = Counter(one.text for one in comments)
    for keep_quotes in (False, True):  # the reader may take a text for a slip only beside those around it
        writer = _Writer(remarks_of(comments, reading.tree), keep_quotes)
        made = "\n".join(writer.table(reading.tree, Header, "")) + "\n" * text.endswith("\n")
        again = read_tree(made, path)
        same = not again.problems and again.tree is not None and _same(reading.tree, again.tree)
        if same and Counter(one.text for one in comments_in(made)) == there:
            return made, []
    return None, []


class _Writer:
    """Writes trees with the comments of their entries. It may ``keep_quotes`` of texts that seem to need none."""

    def __init__(self, remarks: Mapping[Mark, Remarks], keep_quotes: bool) -> None:
        self.remarks, self.keep_quotes = remarks, keep_quotes

    def table(self, table: Table, model: type[Model] | None, indent: str) -> Iterator[str]:
        """Yield the lines of a mapping that stands on lines."""
        for key in _ordered(table, model):
            head = f"{_name(key)}:"
            yield from self.entry(table.keys_at[key], head, table.get(key), _part(model, key), indent)

    def items(self, items: Items, model: type[Model] | None, indent: str) -> Iterator[str]:
        """Yield the lines of a list that stands on lines."""
        for item in items:
            yield from self.entry(item_mark(items, item), "-", item, model, indent)

    def entry(self, mark: Mark, head: str, value: Node | None, model: type[Model] | None, indent: str) -> Iterator[str]:
        """Yield the lines of a field or of an item, with its comments."""
        remarks = self.remarks.get(mark, _NO_REMARKS)
        yield from (f"{indent}{comment}" for comment in remarks.above)
        behind = f"  {remarks.behind}" if remarks.behind else ""
        below: Sequence[str] = ()
        if isinstance(value, Table) and not value.flow:
            below = [*self.table(value, model, indent + _INDENT)]
        elif isinstance(value, Items) and not value.flow:
            below = [*self.items(value, model, indent + _INDENT)]
        elif isinstance(value, Text) and _is_block(value):
            yield from ([f"{indent}{remarks.behind}"] if behind else [])
            yield f"{indent}{head} |{_chomping(value)}"
            yield from (f"{indent}{_INDENT}{line}" if line else "" for line in value.removesuffix("\n").split("\n"))
        else:
            written = self.inline(value, model)
            yield f"{indent}{head}{' ' if written else ''}{written}{behind}"
        if below and head == "-" and not behind:  # the first field of an item stands beside the hyphen
            first = [*takewhile(lambda line: line.lstrip().startswith("#"), below)]
            yield from (f"{indent}{line.lstrip()}" for line in first)
            yield f"{indent}- {below[len(first)].lstrip()}"
            yield from below[len(first) + 1 :]
        elif below:
            yield f"{indent}{head}{behind}"
            yield from below
        yield from (f"{indent}{comment}" for comment in remarks.below)

    def inline(self, node: Node | None, model: type[Model] | None) -> str:
        """Return a node in one line."""
        if isinstance(node, Table):
            parts = (
                f"{_name(name)}: {self.inline(node.get(name), _part(model, name))}" for name in _ordered(node, model)
            )
            return "{" + ", ".join(parts) + "}"
        if isinstance(node, Items):
            return f"[{', '.join(self.inline(item, model) for item in node)}]"
        return "" if node is None or (node.plain and not node) else self.text(node)

    def text(self, text: Text) -> str:
        # The reader looks for slips in what has no quotes, such as punctuation at the end.
        if (text.plain and not text.rows) or (SIMPLE.fullmatch(text) and not self.keep_quotes):
            return scalar(text)
        return quoted(text)


def _ordered(table: Table, model: type[Model] | None) -> Sequence[str]:
    """Return the keys of a mapping in canonical order."""
    if model is None:
        return [*table.keys_at]
    order = _order(model)
    names = model.field_names()
    return sorted(table.keys_at, key=lambda key: order.get(english_field(key, names) or "", len(order)))


@cache
def _order(model: type[Model]) -> Mapping[str, int]:
    return {field.alias or name: at for at, (name, field) in enumerate(model.model_fields.items())}


def _part(model: type[Model] | None, key: str) -> type[Model] | None:
    """Return the model of what stands in a field, or None if it has none."""
    name = english_field(key, model.field_names()) if model else None
    return _parts(model)[name] if model and name else None


@cache
def _parts(model: type[Model]) -> Mapping[str, type[Model] | None]:
    """Return the models of what stands in a model's fields."""
    return {field.alias or name: _model_in(field.annotation) for name, field in model.model_fields.items()}


def _model_in(kind: object) -> type[Model] | None:
    if isinstance(kind, type) and issubclass(kind, Model):
        return kind
    return next(filter(None, map(_model_in, typing.get_args(kind))), None)


_name = lru_cache(scalar)  # records have the same few names


def _is_block(text: Text) -> bool:
    """Whether a text is one of several lines that YAML reads from a block as they are."""
    lines = text.split("\n")
    return len(lines) > 1 and not lines[0][:1].isspace() and bool(lines[0]) and all(map(_fits_block, lines))


def _fits_block(line: str) -> bool:
    # No class of Unicode: each version of Python, and each browser, knows other signs.
    return not line or (bool(line.strip()) and not ESCAPED.search(line.replace("\t", "")))


def _chomping(text: Text) -> str:
    """Return the sign that tells how many line ends a block has behind it: none ``-``, one, or more ``+``."""
    return "+" if text.endswith("\n\n") else "" if text.endswith("\n") else "-"


def _same(one: Node, other: Node) -> bool:
    """Whether two trees say the same."""
    if isinstance(one, Table) and isinstance(other, Table):
        return (
            one.keys() == other.keys()
            and one.empty.keys() == other.empty.keys()
            and all(_same(value, other[key]) for key, value in one.items())
        )
    if isinstance(one, Items) and isinstance(other, Items):
        return len(one) == len(other) and all(map(_same, one, other))
    return isinstance(one, Text) and isinstance(other, Text) and str(one) == str(other)
