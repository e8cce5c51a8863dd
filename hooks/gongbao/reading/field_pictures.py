"""Pictures that fields ask for from another site: fields are plain text, so readers would see the signs."""

from __future__ import annotations

from collections.abc import Iterator

from ..checks.fetched import fetched
from ..problems.names import EVERY_FIELD, english_field
from ..problems.problem import Problem, field_of
from ..records.yamltree import Items, Node, Text


def pictures_in_fields(tree: Node, path: str) -> Iterator[Problem]:
    """Yield a problem for each field, however deep, that asks for something from elsewhere.

    A record's text is left to the check of texts.
    """
    for steps, text in _texts(tree, ()):
        for one in fetched(text):
            yield Problem(path, text.mark, "field.picture", field_of(steps), one.written)


def _texts(node: Node, steps: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Text]]:
    if isinstance(node, Text):
        yield steps, node
    elif isinstance(node, Items):
        for at, item in enumerate(node):
            yield from _texts(item, (*steps, at))
    else:
        for key, below in node.items():
            name = english_field(key, EVERY_FIELD) or key
            if (*steps, name) != ("body",):
                yield from _texts(below, (*steps, name))
