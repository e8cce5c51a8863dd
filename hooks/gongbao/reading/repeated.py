"""A field that holds a list and stands in a record twice: its values belong together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..problems.names import english_field
from ..problems.problem import Fix, Mark, Problem
from ..records.loose_figures import braced
from ..records.record import PARTS, Header
from ..records.scalars import scalar
from ..records.yamltree import Items, Node, Table, Text
from .fillings import source_told

_OF_TEXTS = frozenset(("topics", "aliases"))
_OF_PARTS = frozenset(PARTS) - {"withdrawn", "dating"}


def joined(tree: Table, problems: list[Problem], lines: Sequence[str], first_line: int) -> list[Problem]:
    """Join repeated lists of a record in its ``tree``, and return its ``problems``, with what to write instead.

    ``lines`` are those of the fields as they stand in the file, from ``first_line`` on.
    """
    for key, mark, value in tree.repeated:
        name = english_field(key, Header.field_names())
        at = next((at for at, one in enumerate(problems) if (one.rule, one.mark) == ("yaml.duplicate", mark)), None)
        first = tree.get(key)
        if at is None or first is None:
            continue
        if name in _OF_TEXTS and (found := _joined_texts(key, first, mark, value, lines[mark.line - first_line :])):
            text, end = found
            between = lines[first.mark.line - first_line + 1 : mark.line - first_line]
            fix = Fix(first.mark, end, "\n".join([text, *between]), safe=True)
            values = {**problems[at].values, "suggestion": f"{key}: {text}"}
            problems[at] = replace(problems[at], values=values, fix=fix)
            tree[key] = Items.at([*_entries(first), *_entries(value)], first.mark)
        elif name == "source" and (entries := _sources(first, value)):
            chinese = not key.isascii()
            text = f"[{', '.join(braced(parts, chinese=chinese) for parts in entries)}]"
            end = Mark(mark.line, len(lines[mark.line - first_line]) + 1)
            between = lines[first.mark.line - first_line + 1 : mark.line - first_line]
            fix = Fix(first.mark, end, "\n".join([text, *between]), safe=True)
            problems[at] = replace(
                problems[at], values={**problems[at].values, "suggestion": f"{key}: {text}"}, fix=fix
            )
            tree.pop(key)  # its sentences would be told once more
            tree.keys_at.pop(key)
        elif name in _OF_PARTS and _both_below(first, value) and [*tree.keys_at][-1] == key:
            fix = Fix(mark, Mark(mark.line + 1), "", safe=True)
            problems[at] = replace(problems[at], values={**problems[at].values, "together": "yes"}, fix=fix)
            tree[key] = Items.at([*_entries(first), *_entries(value)], first.mark)
    return problems


def _entries(node: Node) -> list[Node]:
    return [*node] if isinstance(node, Items) else [node]


def _joined_texts(key: str, first: Node, mark: Mark, value: Node, below: Sequence[str]) -> tuple[str, Mark] | None:
    """Return the list of both fields' texts, and the end of the second; None if one of them has several lines."""
    texts = [entry for node in (first, value) for entry in _entries(node)]
    if any(isinstance(node, Items) and not node.flow for node in (first, value)):
        return None
    if not all(isinstance(text, Text) and text.end and text.mark.line == text.end.line for text in texts):
        return None
    if not below or not below[0].startswith(key):
        return None
    distinct = dict.fromkeys(scalar(str(text)) for text in texts)
    return f"[{', '.join(distinct)}]", Mark(mark.line, len(below[0]) + 1)


def _sources(first: Node, value: Node) -> list[Mapping[str, str]]:
    """Return the fields of two sources that are texts, each in one line; nothing if one of them is none."""
    texts = [node for node in (first, value) if isinstance(node, Text) and node.end and node.end.line == node.mark.line]
    return [source_told(text.strip())[0] for text in texts] if len(texts) == 2 else []


def _both_below(first: Node, value: Node) -> bool:
    """Whether both are lists of lines with hyphens, equally deep."""
    lists = [node for node in (first, value) if isinstance(node, Items) and not node.flow]
    return len(lists) == 2 and lists[0].mark.column == lists[1].mark.column
