"""The nodes of fields in the tree of a file: problems take their places from them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ..problems.names import FIELDS, english_field
from ..problems.problem import Fix, Mark
from .yaml_reader import read_tree
from .yamltree import Items, Node, Table, Text


def child(tree: Node, step: str | int) -> Node | None:
    """Return the node below a mapping by its English name, or below a list by its index. None if there is none."""
    if isinstance(tree, Table) and isinstance(step, str):
        return tree.named((step, *FIELDS.get(step, ())))
    if isinstance(tree, Items) and isinstance(step, int) and step < len(tree):
        return tree[step]
    return tree if step == 0 else None  # a single entry may be written without a list


def node_at(tree: Node, path: Sequence[str | int]) -> Node:
    """Return the node at a path of English names and indices, or the nearest node above it that exists."""
    for step in path:
        below = child(tree, step)
        if below is None:
            break
        tree = below
    return tree


def place_of(tree: Node, path: Sequence[str | int]) -> Mark:
    """Return the place of the node at a path of English names and indices, or of the nearest one above it."""
    return node_at(tree, path).mark


def text_in(tree: Node, step: str) -> str:
    """Return the text of a mapping's field by its English name, or an empty text if there is none."""
    node = child(tree, step)
    return str(node) if isinstance(node, Text) else ""


def key_of(holder: Node, value: Node) -> str:
    """Return the name under which a value stands in a mapping, or an empty text."""
    return next((key for key, node in holder.items() if node is value), "") if isinstance(holder, Table) else ""


def has_chinese_names(holder: Node) -> bool:
    """Whether a mapping has a field under a Chinese name, so that others are written under theirs."""
    return isinstance(holder, Table) and any(not key.isascii() for key in holder)


def between_fields(holder: Table, column: int) -> str:
    """Return what stands between two fields of a mapping whose fields begin in a column."""
    return ", " if holder.flow else "\n" + " " * (column - 1)


def between_items(holder: Items, column: int) -> str:
    """Return what stands between two items of a list whose items begin in a column, behind their hyphens."""
    return ", " if holder.flow else "\n" + " " * (column - 1 - len("- ")) + "- "


def added_field(holder: Node, line: str, after: Sequence[str]) -> Fix | None:
    """Return the fix that writes a field into a mapping, behind the first of the fields ``after`` that it has."""
    for name in after:
        before = child(holder, name)
        if isinstance(holder, Table) and isinstance(before, Text) and before.end:
            column = next(mark.column for key, mark in holder.keys_at.items() if english_field(key, {name}))
            return Fix(before.end, before.end, f"{between_fields(holder, column)}{line}")
    return None


@lru_cache(maxsize=64)
def tree_of(text: str, path: str, line: int) -> Node:
    """Return the tree of a record's fields, which was read before without a problem.

    The tree's own place, which problems of missing fields name, is the line that opens the front matter.
    """
    tree = read_tree(text, path, line).tree
    assert tree is not None
    if line > 1:
        tree.mark = Mark(line - 1)
    return tree
