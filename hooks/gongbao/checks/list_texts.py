"""The texts of word lists and settings that readers may see, as passages for rules on private data."""

from __future__ import annotations

from collections.abc import Iterator

from ..problems.names import EVERY_FIELD, english_field
from ..records.record import Record
from ..records.yaml_reader import read_list
from ..records.yamltree import Items, Node, Table, Text
from .passages import Passage

_SHOWN = frozenset({"description", "note", "notice", "definition", "publisher"})  # the fields that hold sentences


def texts_of_list(text: str, path: str) -> Iterator[Passage]:
    """Yield the sentences in the text of a word list's file, each as a passage of a record that has nothing else."""
    if (tree := read_list(text, path).tree) is not None:
        holder = Record.model_construct(path=path, source_text=text, source_line=1)
        yield from _below(tree, (), holder, shown=False)


def _below(node: Node, steps: tuple[str | int, ...], holder: Record, *, shown: bool) -> Iterator[Passage]:
    if isinstance(node, Text):
        if shown:
            yield Passage(holder, steps, str(node))
    elif isinstance(node, Items):
        for at, item in enumerate(node):
            yield from _below(item, (*steps, at), holder, shown=shown)
    elif isinstance(node, Table):
        for key, value in node.items():
            name = english_field(key, EVERY_FIELD) or key
            yield from _below(value, (*steps, name), holder, shown=shown or name in _SHOWN)
