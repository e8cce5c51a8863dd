"""Fields found in the tree of a record's file, for the places that problems name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ..problems.names import english_field
from ..problems.problem import Mark
from .yamltree import Items, Node, Table, read_tree


def child(tree: Node, step: str | int) -> Node | None:
    """Return the node below another one, by English name or by place, or None."""
    if isinstance(tree, Table) and isinstance(step, str):
        return next((tree[key] for key in tree if english_field(key, {step}) == step), None)
    if isinstance(tree, Items) and isinstance(step, int) and step < len(tree):
        return tree[step]
    return tree if step == 0 else None  # a single one written without a list


def node_at(tree: Node, path: Sequence[str | int]) -> Node:
    """Return the node at a path of English names, or the nearest one above it that exists."""
    for step in path:
        below = child(tree, step)
        if below is None:
            break
        tree = below
    return tree


def place_of(tree: Node, path: Sequence[str | int]) -> Mark:
    """Return the place of the node at a path of English names, or of the nearest one above it that exists."""
    return node_at(tree, path).mark


@lru_cache(maxsize=64)
def tree_of(text: str, path: str, line: int) -> Node:
    """Read the tree of a record's fields again, for the places in it. The first reading found no fault in it.

    A problem of a missing field names the line that opens the front matter.
    """
    tree, _ = read_tree(text, path, line)
    assert tree is not None
    if line > 1:
        tree.mark = Mark(line - 1)
    return tree
