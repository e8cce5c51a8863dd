"""YAML text in, a plain tree out (`yamltree`).

The tree is built from the parser's events. So a scalar is what the writer wrote, and YAML's guesses (``no`` is false,
``010`` is eight) are never made. Anchors, aliases and tags are refused: records need none, and aliases can make a
short file huge. Mistakes that Word causes are mended on the way, each with a problem (`full_width`, `traps`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import yaml

from ..problems.problem import Fix, Mark, Problem
from .commas import join_numbers
from .draft import Draft
from .full_width import mend_structure
from .joining import unfolded
from .line_slips import mend_lines
from .scalars import quoted
from .traps import recover
from .yamltree import Items, Node, Table, Text

_DEPTH = 20  # far deeper than any record goes
_ATTEMPTS = 30  # faults in one file that YAML stops at
_COMMENT = re.compile(r"\s+(#[^\s#!-].*)")
_SHOWN = 1000  # characters of a line that a problem carries; a line may have thousands of problems


class Reading(NamedTuple):
    """What was read of a text: the tree, or None if there is none; the problems; and whether nothing was left out."""

    tree: Node | None
    problems: list[Problem]
    dropped: list[str]  # the first line of each entry that could not be read


def read_tree(text: str, path: str, first_line: int = 1) -> Reading:
    """Read one YAML document that starts on line ``first_line`` of the file ``path``.

    After a fault, the rest is read as if the fault were mended, or without the entry that holds it. The tree is None
    without a problem if the document is empty, and with a problem if nothing of it can be trusted.
    """
    draft = Draft(text, path, first_line)
    for _ in range(_ATTEMPTS):
        mend_lines(draft)
        mend_structure(draft)
        join_numbers(draft)
        builder = _Builder(draft)
        try:
            tree = builder.document()
        except yaml.MarkedYAMLError as error:
            recover(draft, error)
        except yaml.reader.ReaderError as error:
            before = draft.text.encode()[: error.position].decode()  # the parser counts bytes
            column = len(before) - before.rfind("\n") - 1
            draft.report(before.count("\n"), column, "yaml.syntax", f"U+{error.character:04X}")
            break
        except _Refused as refused:
            return Reading(None, [*draft.problems, refused.problem], draft.dropped)
        else:
            return Reading(tree, [*draft.problems, *builder.problems], draft.dropped)
    return Reading(None, draft.problems, draft.dropped)


@lru_cache(maxsize=16)
def read_list(text: str, path: str) -> Reading:
    """Read a word list as `read_tree` does. The rules on private data read it once more; a preview, after each edit."""
    return read_tree(text, path)


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

    def __init__(self, draft: Draft) -> None:
        self.events: Iterator[Any] = yaml.parse(draft.text, Loader=yaml.CSafeLoader)
        self.draft, self.lines = draft, draft.lines
        self.problems: list[Problem] = []

    def problem(self, mark: Mark, rule: str, written: str = "", fix: Fix | None = None, **values: str) -> Problem:
        """Return a problem of this file."""
        return Problem(self.draft.path, mark, rule, written=written, values=values, fix=fix)

    def place(self, mark: Any) -> Mark:
        """Return the place in the file of YAML's mark, which counts from 0 and from the document's first line."""
        return self.draft.place(mark.line, mark.column)

    def rest_of_line(self, mark: Any) -> str:
        """Return the text from YAML's mark to the end of its line, of a long line only as much as is ever shown."""
        return self.lines[mark.line][mark.column : mark.column + _SHOWN] if mark.line < len(self.lines) else ""

    def quoting(self, mark: Any, value: str) -> Fix | None:
        """Return the fix that puts quotes around a value at YAML's mark, or behind the spaces that follow it.

        None where the line is too long to see all of the value.
        """
        if len(self.lines[mark.line]) - mark.column > _SHOWN:
            return None
        rest = self.rest_of_line(mark)
        start = mark.column + len(rest) - len(rest.lstrip())
        return self.draft.fix(mark.line, start, start + len(value), quoted(value), safe=False)

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
            written = self.lines[event.start_mark.line][:_SHOWN].strip()
            raise _Refused(self.problem(mark, "yaml.alias", written))
        if depth > _DEPTH:
            raise _Refused(self.problem(mark, "yaml.syntax", self.rest_of_line(event.start_mark)))
        if isinstance(event, yaml.MappingStartEvent):
            return self.table(Table.at(mark, flow=bool(event.flow_style)), depth)
        if isinstance(event, yaml.SequenceStartEvent):
            nodes, flow = [], bool(event.flow_style)
            while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
                nodes.append(self.node(event, depth + 1))
            return Items.at(nodes, mark, flow=flow)
        plain = not event.style
        if event.tag:
            value = re.split(r"[,}\]]", self.rest_of_line(event.start_mark))[0].rstrip()
            fix = self.quoting(event.start_mark, value)
            self.problems.append(self.problem(mark, "yaml.quote", value, fix, suggested=quoted(value)))
        elif plain and (lost := _COMMENT.match(self.rest_of_line(event.end_mark))):
            # YAML drops this as a comment (`表彰 #先进`), but the writer hardly meant it as one
            value = self.rest_of_line(event.start_mark).strip()
            fix = self.quoting(event.start_mark, value)
            self.problems.append(self.problem(mark, "yaml.comment", lost[1], fix, suggested=quoted(value)))
        end = None if event.style in ("|", ">") else self.place(event.end_mark)
        if event.style == "|" or event.start_mark.line == event.end_mark.line:
            return Text.at(event.value, mark, end, plain=plain)
        rows = self.rows(event)
        text = Text.at(unfolded(event.value, rows), mark, end, plain=plain)
        if plain:
            text.rows = rows
        return text

    def rows(self, event: Any) -> Sequence[str]:
        """Return the lines of a scalar on several lines, without its quotes."""
        first, last = event.start_mark, event.end_mark
        quote = event.style in ("'", '"')
        lines = [self.rest_of_line(first)[quote:], *self.lines[first.line + 1 : last.line]]
        lines += [line[: last.column - quote] for line in self.lines[last.line : last.line + 1]]
        return lines

    def table(self, table: Table, depth: int) -> Table:
        """Fill a mapping from the events up to its end. Raises _Refused."""
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            line = self.lines[event.start_mark.line][:_SHOWN]
            if not isinstance(key, Text):
                self.problems.append(self.problem(key.mark, "yaml.syntax", line.strip()))
            elif key in table.keys_at:
                values = {"first": str(table.keys_at[key].line), "other": str(key)}
                self.problems.append(Problem(self.draft.path, key.mark, "yaml.duplicate", key, key, values))
                table.repeated.append((key, key.mark, value))
            else:
                table.keys_at[key] = key.mark
                if isinstance(value, Text) and value.plain and not value:
                    table.empty[key] = key.mark
                else:
                    table[key] = value
        return table
