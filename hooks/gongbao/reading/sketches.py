"""What can be read of a record's fields although some of them are wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from pydantic import TypeAdapter, ValidationError

from ..problems.names import EVERY_FIELD, english_field
from ..problems.other_words import near_field
from ..records.models import english_keys
from ..records.record import Header
from ..records.references import Context
from ..records.yamltree import Items, Node, Table, Text
from .faults import is_union_tag

HEADER: TypeAdapter[Header] = TypeAdapter(Header)  # which takes long to make
_ROUNDS = 8  # more than there are steps from a wrong value up to its field
Steps = Sequence[str | int]


def readable_header(tree: Table, context: Context) -> Header | None:
    """Return a record's header, with empty or default values for the fields that are wrong, or None.

    Of a list only the items before the first wrong one are kept, so that each keeps its number.
    """
    context = replace(context, lenient=True)
    fields, titled, removed = tree, True, set[tuple[str | int, ...]]()
    for _ in range(_ROUNDS):
        if "title" not in english_keys(fields, Header.field_names(), lenient=True):
            fields, titled = _without(fields, ()), False
            fields["title"], fields.keys_at["title"] = Text.at("-", tree.mark), tree.mark
        try:
            header = HEADER.validate_python(fields, context=context)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                path = tuple(step for step in detail["loc"] if not is_union_tag(step))
                while path in removed and len(path) > 1:  # nothing stands there any more, and that is wrong too
                    path = path[:-1]
                removed.add(path)
            fields = _without(fields, removed)
        else:
            return header if titled else header.model_copy(update={"title": ""})
    return None


def _without(table: Table, paths: Collection[Steps]) -> Table:
    """Return a copy of a mapping without the nodes at the paths."""
    copy = Table.at(table.mark, flow=table.flow)
    inner: dict[str, list[Steps]] = defaultdict(list)
    for path in paths:
        inner[str(path[0]).strip()].append(path[1:])
    wrong = frozenset(inner)
    for key, mark in table.keys_at.items():
        name = key if key in wrong else english_field(key, wrong)
        if name is None and english_field(key, EVERY_FIELD) is None:  # a misspelt one
            name = english_field(near_field(key, wrong), wrong)
        node = table.get(key)
        below = inner.get(name or "", [])
        kept = node if node is None or not below else _kept(node, below)
        if name is None or kept is not None:
            copy.keys_at[key] = mark
            if kept is None:
                copy.empty[key] = table.empty[key]
            else:
                copy[key] = kept
    return copy


def _kept(node: Node, paths: Collection[Steps]) -> Node | None:
    """Return a node without what stands at the paths below it, or None if nothing of it is left."""
    if isinstance(node, Items):
        return _first_items(node, paths)
    paths = [path[1:] if path and path[0] == 0 else path for path in paths]  # a single item without a list
    if isinstance(node, Text) or not all(paths):
        return None
    return _without(node, paths)


def _first_items(items: Items, paths: Collection[Steps]) -> Node | None:
    if not all(paths):
        return None
    copy = Items.at([], items.mark, flow=items.flow)
    for at, item in enumerate(items):
        below = [path[1:] for path in paths if path[0] == at]
        kept = _kept(item, below) if below else item
        if kept is None:
            break
        copy.append(kept)
    return copy
