"""Figures in a record's text: ``{{ 新建工会 }}`` stands for the figure of this name in the record.

A pattern finds the braces, but for those in code and comments. No template engine ever reads a writer's text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ..records.quantities import Figure
from ..records.record import Record
from ..records.vocabulary import Vocabulary, fold
from .display import Quantity
from .figure_views import figure_view, measured_name, with_sum
from .hidden import without_hidden

_CODE_OR_FILL = re.compile(r"`[^`\n]*`|\{\{([^{}\n]*)\}\}")


@dataclass(frozen=True, slots=True)
class Fill:
    """A pair of braces: its place ``[start, end)`` in the text, the name in it, and the figures of that name."""

    start: int
    end: int
    name: str
    figures: tuple[Figure, ...]


def fills(record: Record, vocabulary: Vocabulary) -> Iterator[Fill]:
    """Yield every pair of braces in a record's text. A pair is right if exactly one figure with a quantity fits it."""
    if "{{" not in record.text:
        return
    named = _figures_by_name(record, vocabulary)
    for found in _CODE_OR_FILL.finditer(without_hidden(record.text)):
        if found[1] is not None:
            name = found[1].strip()
            yield Fill(found.start(), found.end(), name, tuple(named.get(fold(name), ())))


def _figures_by_name(record: Record, vocabulary: Vocabulary) -> dict[str, list[Figure]]:
    """Return the figures that have a quantity by each of their names."""
    named: dict[str, list[Figure]] = defaultdict(list)
    for figure in record.figures:
        if _quantity(figure, vocabulary):
            for name in names_of(figure, vocabulary):
                named[name].append(figure)
    return named


def _quantity(figure: Figure, vocabulary: Vocabulary) -> Quantity | None:
    return with_sum(figure_view(figure, vocabulary), figure, vocabulary).quantity


def names_of(figure: Figure, vocabulary: Vocabulary) -> set[str]:
    """Return the names that a figure answers to: its label, or its indicator's slug, aliases and titles."""
    names = [measured_name(figure, vocabulary)]
    if figure.indicator:
        indicator = vocabulary.indicators[figure.indicator]
        names += [indicator.slug, *indicator.aliases, *indicator.title.every()]
    return {fold(name) for name in names}


def filled(record: Record, vocabulary: Vocabulary) -> str:
    """Return a record's text with the quantities in place of the braces. Wrong braces stay as they are."""
    pieces, end = [], 0
    for fill in fills(record, vocabulary):
        if len(fill.figures) == 1:
            pieces += [record.text[end : fill.start], str(_quantity(fill.figures[0], vocabulary))]
            end = fill.end
    return "".join([*pieces, record.text[end:]])
