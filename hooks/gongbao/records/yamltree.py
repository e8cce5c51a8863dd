"""YAML text in, a plain tree out: mappings, lists and texts, each with its place in the file.

The tree is built from the parser's events. So a scalar is what the writer wrote, and YAML's guesses (``no`` is false,
``010`` is eight) are never made. Anchors, aliases and tags are refused: records need none, and aliases can make a
short file huge. Mistakes that Word causes are explained (`traps`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from ..problems.problem import Mark, Problem
from .traps import diagnose, quoted, wide_colon

_DEPTH = 20  # far deeper than any record goes


class Text(str):
    """A scalar as written, with its place. ``plain`` is true if it stood without quotes."""

    mark: Mark
    plain: bool

    @classmethod
    def at(cls, text: str, mark: Mark, *, plain: bool = True) -> Text:
        """Return a text with its place."""
        made = cls(text)
        made.mark, made.plain = mark, plain
        return made


class Items(list["Node"]):
    """A list with its place."""

    mark: Mark

    @classmethod
    def at(cls, nodes: list[Node], mark: Mark) -> Items:
        """Return a list of nodes with its place."""
        made = cls(nodes)
        made.mark = mark
        return made


class Table(dict[str, "Node"]):
    """A mapping with its place, the places of its keys (``keys_at``), and those of keys without a value (``empty``)."""

    mark: Mark
    flow: bool  # written in braces
    keys_at: dict[str, Mark]
    empty: dict[str, Mark]

    @classmethod
    def at(cls, mark: Mark, *, flow: bool = False) -> Table:
        """Return an empty mapping with its place."""
        made = cls()
        made.mark, made.flow, made.keys_at, made.empty = mark, flow, {}, {}
        return made


Node = Text | Items | Table


def read_tree(text: str, path: str, first_line: int = 1) -> tuple[Node | None, list[Problem]]:
    """Read one YAML document that starts on line ``first_line`` of the file ``path``.

    Returns the tree and the problems found in it. The tree is None with exactly one problem if the document cannot be
    read, and None without a problem if it is empty.
    """
    lines = text.split("\n")
    builder = _Builder(text, lines, path, first_line)
    try:
        tree = builder.document()
    except yaml.MarkedYAMLError as error:
        return None, [diagnose(lines, error, path, first_line)]
    except yaml.reader.ReaderError as error:
        before = text.encode()[: error.position].decode()  # the parser counts bytes
        mark = Mark(first_line + before.count("\n"), len(before) - before.rfind("\n"))
        return None, [Problem(path, mark, "yaml.syntax", written=f"U+{error.character:04X}")]
    except _Refused as refused:
        return None, [refused.problem]
    if isinstance(tree, Text):  # most often the lines are `标题：x`, and YAML takes them all for one text
        for at, line_text in enumerate(lines):
            if problem := wide_colon(line_text, path, first_line + at):
                return None, [problem]
    return tree, builder.problems


class _Refused(Exception):
    """A fault after which the rest of the file cannot be trusted. Raised within this module only."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule)
        self.problem = problem


class _Builder:
    """Builds the tree from YAML's events, and gathers the problems on the way.

    YAML's events tell of anchors and tags, which its nodes do not. They are read one by one, so a text of a hundred
    thousand brackets is refused at the first few. To compose its nodes would exhaust the C stack.
    """

    def __init__(self, text: str, lines: list[str], path: str, first_line: int) -> None:
        self.events: Iterator[Any] = yaml.parse(text, Loader=yaml.CSafeLoader)
        self.lines, self.path, self.first_line = lines, path, first_line
        self.problems: list[Problem] = []

    def problem(self, mark: Mark, rule: str, written: str = "", **values: str) -> Problem:
        """Return a problem of this file."""
        return Problem(self.path, mark, rule, written=written, values=values)

    def place(self, mark: Any) -> Mark:
        """Return the place in the file of YAML's mark, which counts from 0 and from the document's first line."""
        return Mark(mark.line + self.first_line, mark.column + 1)

    def rest_of_line(self, mark: Any) -> str:
        """Return the text from YAML's mark to the end of its line."""
        return self.lines[mark.line][mark.column :] if mark.line < len(self.lines) else ""

    def document(self) -> Node | None:
        """Return the tree of the only document, or None if there is no document. Raises _Refused."""
        tree: Node | None = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    written = self.rest_of_line(event.start_mark)
                    raise _Refused(self.problem(self.place(event.start_mark), "yaml.syntax", written))
                tree = self.node(next(self.events), 0)
        return tree

    def node(self, event: Any, depth: int) -> Node:
        """Return the node that begins with an event, with all nodes below it. Raises _Refused."""
        mark = self.place(event.start_mark)
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            written = self.lines[event.start_mark.line].strip()
            raise _Refused(self.problem(mark, "yaml.alias", written))
        if depth > _DEPTH:
            raise _Refused(self.problem(mark, "yaml.syntax", self.rest_of_line(event.start_mark)))
        if isinstance(event, yaml.MappingStartEvent):
            return self.table(Table.at(mark, flow=bool(event.flow_style)), depth)
        if isinstance(event, yaml.SequenceStartEvent):
            nodes = []
            while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
                nodes.append(self.node(event, depth + 1))
            return Items.at(nodes, mark)
        plain = not event.style
        if event.tag:
            value = self.rest_of_line(event.start_mark).strip()
            self.problems.append(self.problem(mark, "yaml.quote", value, suggested=quoted(value)))
        elif plain and (lost := re.match(r"\s+(#[^\s#!-].*)", self.rest_of_line(event.end_mark))):
            # YAML drops this as a comment (`表彰 #先进`), but the writer hardly meant it as one
            suggested = quoted(f"{event.value} {lost[1]}".strip())
            self.problems.append(self.problem(mark, "yaml.comment", lost[1], suggested=suggested))
        return Text.at(event.value, mark, plain=plain)

    def table(self, table: Table, depth: int) -> Table:
        """Fill a mapping from the events up to its end. Raises _Refused."""
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            line = self.lines[event.start_mark.line]
            if not isinstance(key, Text):
                suggested = quoted(line.strip())
                self.problems.append(self.problem(key.mark, "yaml.quote", line.strip(), suggested=suggested))
            elif key.startswith(("\u3000", "\u00a0")):
                self.problems.append(self.problem(key.mark, "yaml.indent", line))
            elif key in table.keys_at:
                values = {"first": str(table.keys_at[key].line), "other": str(key)}
                self.problems.append(Problem(self.path, key.mark, "yaml.duplicate", key, key, values))
            else:
                table.keys_at[key] = key.mark
                if isinstance(value, Text) and value.plain and not value:
                    table.empty[key] = key.mark
                else:
                    table[key] = value
        return table
