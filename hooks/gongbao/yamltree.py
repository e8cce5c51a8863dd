"""YAML text in, a plain tree out: mappings, lists and texts, each knowing its place in the file.

Scalars are the characters as written; YAML's guesses (``no`` is false, ``010`` is eight) never happen, since
the tree is built from the parser's events. Anchors, aliases and tags are refused: records need none, and an
alias bomb is made of them. What Word does to a text is recognised and taught (`_diagnose`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from .problems import Mark, Problem

_DEPTH = 20  # far deeper than any record goes
_FIRST_NOT_PLAIN = "%@`*&!|>[]{},\"'#?-"
_BLOCK_SCALAR = re.compile(r"^(?P<indent>\s*)(?:- +)*[^#\s].*?:\s+[|>][+-]?\d?\s*(?:#.*)?$")
_ODD_INDENT = re.compile(r"^ *([\u3000\u00a0])")
_WIDE_COLON = re.compile(r"^\s*(?:- +)?(?P<key>[\w-]{1,20})(?P<colon>：\s*|:[\u3000\u00a0]+|:(?=[^\s/]))(?P<value>.*)$")
_ENTRY = re.compile(r"^(?P<before>\s*(?:- +)*(?P<key>[\w-]+) *: +|\s*- +)(?P<value>\S.*?)\s*$")


class Text(str):
    """A scalar as written. ``plain`` is true where it stood without quotes."""

    mark: Mark
    plain: bool

    @classmethod
    def at(cls, text: str, mark: Mark, *, plain: bool = True) -> Text:
        """Return ``text`` with its place."""
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
    """A mapping with its place, the places of its keys, and those keys that have no value at all."""

    mark: Mark
    keys_at: dict[str, Mark]
    empty: dict[str, Mark]

    @classmethod
    def at(cls, mark: Mark) -> Table:
        """Return an empty mapping with its place."""
        made = cls()
        made.mark, made.keys_at, made.empty = mark, {}, {}
        return made


Node = Text | Items | Table


def read_tree(text: str, path: str, first_line: int = 1) -> tuple[Node | None, list[Problem]]:
    """Read one YAML document that starts on line ``first_line`` of the file ``path``.

    Returns the tree (None where it cannot be read, with exactly one problem saying why; or for no content at
    all, with none) and the problems found in it.
    """
    lines = text.split("\n")
    builder = _Builder(text, lines, path, first_line)
    try:
        tree = builder.document()
    except yaml.MarkedYAMLError as error:
        return None, [_diagnose(lines, error, path, first_line)]
    except yaml.reader.ReaderError as error:
        before = text.encode()[: error.position].decode()  # the parser counts bytes
        mark = Mark(first_line + before.count("\n"), len(before) - before.rfind("\n"))
        return None, [Problem(path, mark, "yaml.syntax", written=f"U+{error.character:04X}")]
    except _Refused as refused:
        return None, [refused.problem]
    if isinstance(tree, Text):  # a lone scalar is most often `标题：x`, all lines run together
        for at, line_text in enumerate(lines):
            if problem := _wide_colon(line_text, path, first_line + at):
                return None, [problem]
    return tree, builder.problems


class _Refused(Exception):
    """Something that makes all the rest of the file unreliable."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule)
        self.problem = problem


class _Builder:
    """Builds the tree from YAML's events, and gathers the problems met on the way.

    Events, not nodes: they know of anchors and tags, and are read one by one, so that a hundred thousand
    brackets are refused at the first few (composing them would exhaust the C stack).
    """

    def __init__(self, text: str, lines: list[str], path: str, first_line: int) -> None:
        self.events: Iterator[Any] = yaml.parse(text, Loader=yaml.CSafeLoader)
        self.lines, self.path, self.first_line = lines, path, first_line
        self.problems: list[Problem] = []

    def problem(self, mark: Mark, rule: str, written: str = "", **values: str) -> Problem:
        return Problem(self.path, mark, rule, written=written, values=values)

    def place(self, mark: Any) -> Mark:
        return Mark(mark.line + self.first_line, mark.column + 1)

    def rest_of_line(self, mark: Any) -> str:
        return self.lines[mark.line][mark.column :] if mark.line < len(self.lines) else ""

    def document(self) -> Node | None:
        """Read the only document, or none."""
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
        mark = self.place(event.start_mark)
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            written = self.lines[event.start_mark.line].strip()
            raise _Refused(self.problem(mark, "yaml.alias", written))
        if depth > _DEPTH:
            raise _Refused(self.problem(mark, "yaml.syntax", self.rest_of_line(event.start_mark)))
        if isinstance(event, yaml.MappingStartEvent):
            return self.table(mark, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            nodes = []
            while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
                nodes.append(self.node(event, depth + 1))
            return Items.at(nodes, mark)
        plain = not event.style
        if event.tag:
            value = self.rest_of_line(event.start_mark).strip()
            self.problems.append(self.problem(mark, "yaml.quote", value, suggested=_quoted(value)))
        elif plain and (lost := re.match(r"\s+(#[^\s#!-].*)", self.rest_of_line(event.end_mark))):
            # hardly meant as a comment (`表彰 #先进`), and lost to the reader
            suggested = _quoted(f"{event.value} {lost[1]}".strip())
            self.problems.append(self.problem(mark, "yaml.comment", lost[1], suggested=suggested))
        return Text.at(event.value, mark, plain=plain)

    def table(self, mark: Mark, depth: int) -> Table:
        table = Table.at(mark)
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            line = self.lines[event.start_mark.line]
            if not isinstance(key, Text):
                suggested = _quoted(line.strip())
                self.problems.append(self.problem(key.mark, "yaml.quote", line.strip(), suggested=suggested))
            elif key.startswith(("\u3000", "\u00a0")):
                self.problems.append(self.problem(key.mark, "yaml.indent", line))
            elif key in table.keys_at:
                values = {"first": str(table.keys_at[key].line), "name": str(key)}
                self.problems.append(Problem(self.path, key.mark, "yaml.duplicate", key, key, values))
            else:
                table.keys_at[key] = key.mark
                if isinstance(value, Text) and value.plain and not value:
                    table.empty[key] = key.mark
                else:
                    table[key] = value
        return table


def _quoted(value: str) -> str:
    """Write a value so that YAML takes it as it stands."""
    bare = value.strip("\"'")
    return f'"{bare}"' if '"' not in bare else "'" + bare.replace("'", "''") + "'"


def _outside_blocks(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines that are YAML's own, with their index: not the text of block scalars, not comments."""
    block: int | None = None
    for at, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" "))
        if block is not None and (indent > block or not line.strip()):
            continue
        block = len(found["indent"]) if (found := _BLOCK_SCALAR.match(line)) else None
        if line.strip() and not line.lstrip().startswith("#"):
            yield at, line


def _wide_colon(line: str, path: str, line_number: int) -> Problem | None:
    found = _WIDE_COLON.match(line)
    if not found:
        return None
    mark = Mark(line_number, found.end("key") + 1)
    suggested = f"{line[: found.end('key')].lstrip()}: {found['value']}".rstrip()
    return Problem(path, mark, "yaml.colon", written=line.strip(), values={"suggested": suggested})


def _misread(value: str) -> bool:
    """Whether YAML fails on this value although it stands alone."""
    try:
        yaml.compose(f"key: {value}", Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return value[0] in _FIRST_NOT_PLAIN or ": " in value or value.endswith(":")
    return False


def _trap(line: str, path: str, line_number: int) -> Problem | None:
    """Recognise in one line what writers coming from Word do."""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return Problem(path, Mark(line_number, line.index("\t") + 1), "yaml.tab", written=line.strip())
    if odd := _ODD_INDENT.match(line):
        return Problem(path, Mark(line_number, odd.start(1) + 1), "yaml.indent", written=line.strip())
    if problem := _wide_colon(line, path, line_number):
        return problem
    entry = _ENTRY.match(line)
    if entry and not _is_open_flow(entry["value"]) and _misread(entry["value"]):
        mark = Mark(line_number, entry.start("value") + 1)
        suggested = (f"{entry['key']}: " if entry["key"] else "- ") + _quoted(entry["value"])
        values = {"suggested": suggested}
        return Problem(path, mark, "yaml.quote", entry["key"] or "", entry["value"], values)
    return None


def _is_open_flow(value: str) -> bool:
    """Whether a value is the first line of a list or mapping in brackets that goes on below."""
    return value[0] in "[{" and not re.search(r"[\]}]", value)


def _diagnose(lines: list[str], error: yaml.MarkedYAMLError, path: str, first_line: int) -> Problem:
    """Explain a YAML error by the nearest line, up to where the parser gave up, that holds a known trap."""
    stopped = error.problem_mark.line if error.problem_mark else 0
    column = error.problem_mark.column if error.problem_mark else 0
    known = [_trap(line, path, first_line + at) for at, line in _outside_blocks(lines) if at <= stopped]
    found = [problem for problem in known if problem]
    if found:
        return found[-1]
    if error.context and error.context_mark and re.search("flow|quoted", error.context):
        stopped, column = (
            error.context_mark.line,
            error.context_mark.column,
        )  # where the bracket or quote opened
    mark = Mark(stopped + first_line, column + 1)
    line = lines[stopped].strip() if stopped < len(lines) else ""
    rule = "yaml.alias" if "alias" in (error.problem or "") else "yaml.syntax"
    return Problem(path, mark, rule, written=line, values={"reason": error.problem or ""})
