"""Comments of YAML, each with the entry that it belongs to: a field on a line of its own, or an item of a list.

A comment on lines of its own belongs to the entry below it, or closes the block above it if it is indented deeper than
what follows. A comment behind something belongs to the entry that begins last before it; one within brackets to what
holds them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from ..problems.problem import Mark
from .yamltree import Items, Node, Table

_BESIDE = re.compile(r"#(?:[\s#!-]|$)")  # behind a value, the reader takes any other for a part of the value
_BLOCK_HEAD = re.compile(r"[|>][-+\d]*\s+(#.*)")
_OPENING = (yaml.FlowMappingStartToken, yaml.FlowSequenceStartToken)
_CLOSING = (yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)


@dataclass(slots=True)
class Remarks:
    """The comments of one entry: lines above it, lines at the end of its block, and what stands behind it."""

    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    behind: str = ""


class Comment(NamedTuple):
    """A comment with its place. It may stand ``alone`` on its line, or ``within`` brackets or the head of a block."""

    mark: Mark
    text: str
    alone: bool
    within: bool


class _Holder(NamedTuple):
    mark: Mark
    parent: int  # its place in the list of entries, or -1


def comments_in(text: str, first_line: int = 1) -> Iterator[Comment]:
    """Yield the comments of a YAML text without faults, which starts on line ``first_line`` of its file."""
    if "#" not in text:
        return
    lines = text.split("\n")
    done, depth = (0, 0), 0
    for token in yaml.scan(text, Loader=yaml.CSafeLoader):
        start, end = _place(token.start_mark), _place(token.end_mark)
        for at in range(done[0], min(start[0] + 1, len(lines))):
            first = done[1] if at == done[0] else 0
            column = lines[at].find("#", first, start[1] if at == start[0] else None)
            if column >= 0:
                alone = not lines[at][:column].strip()
                yield Comment(Mark(at + first_line, column + 1), lines[at][column:].rstrip(), alone, depth > 0)
        in_block = isinstance(token, yaml.ScalarToken) and token.style in ("|", ">")
        if in_block and (found := _BLOCK_HEAD.match(lines[start[0]], start[1])):
            yield Comment(Mark(start[0] + first_line, found.start(1) + 1), found[1].rstrip(), False, True)
        depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
        done = max(done, end)


def _place(mark: Any) -> tuple[int, int]:
    return mark.line, mark.column


def remarks_of(comments: Iterable[Comment], tree: Node) -> Mapping[Mark, Remarks]:
    """Return the comments of a YAML text by the places of the entries of its ``tree`` that they belong to."""
    entries = _entries(tree, -1, [])
    found: dict[Mark, Remarks] = {}
    for comment in comments if entries else ():
        after = bisect_left(entries, (comment.mark,))
        at = max(after - 1, 0)
        if comment.within or (not comment.alone and not _BESIDE.match(comment.text)):
            found.setdefault(entries[at].mark, Remarks()).above.append(comment.text)
        elif not comment.alone:
            found.setdefault(entries[at].mark, Remarks()).behind = comment.text
        elif after < len(entries) and (after == 0 or entries[after].mark.column >= comment.mark.column):
            found.setdefault(entries[after].mark, Remarks()).above.append(comment.text)
        else:
            while (parent := entries[at].parent) >= 0 and (
                entries[at].mark.column > comment.mark.column or entries[parent].mark.column == comment.mark.column
            ):
                at = parent
            found.setdefault(entries[at].mark, Remarks()).below.append(comment.text)
    return found


def item_mark(items: Items, item: Node) -> Mark:
    """Return the place of an item of a list on lines: that of its hyphen, or where its own line has it."""
    return Mark(item.mark.line, items.mark.column)


def _entries(node: Node, parent: int, found: list[_Holder]) -> list[_Holder]:
    """Add the entries below a node, in the order of the file, and return them all."""
    children: list[tuple[Mark, Node | None]] = []
    if isinstance(node, Table) and (not node.flow or parent < 0):  # a record always stands on lines
        children = [(mark, node.get(key)) for key, mark in node.keys_at.items()]
    elif isinstance(node, Items) and not node.flow:
        children = [(item_mark(node, item), item) for item in node]
    for mark, child in children:
        found.append(_Holder(mark, parent))
        if child is not None:
            _entries(child, len(found) - 1, found)
    return found
