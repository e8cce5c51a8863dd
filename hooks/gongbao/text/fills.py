"""Figures in a record's text: ``{{ 新建工会 }}`` stands for the figure of this name in the record.

A pattern finds the braces. No template engine ever reads a writer's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..records.quantities import Figure
from ..records.record import Record
from ..records.vocabulary import Vocabulary, fold
from .figure_views import figure_view, measured_name

_FILL = re.compile(r"\{\{\s*([^{}\n]*?)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Fill:
    """A pair of braces: its place ``[start, end)`` in the text, the name in it, and the figures of that name."""

    start: int
    end: int
    name: str
    figures: tuple[Figure, ...]


def fills(record: Record, vocabulary: Vocabulary) -> Iterator[Fill]:
    """Yield every pair of braces in a record's text. A pair is right if exactly one figure with a quantity fits it."""
    for found in _FILL.finditer(record.text):
        fitting = tuple(
            figure
            for figure in record.figures
            if fold(found[1]) in names_of(figure, vocabulary) and figure_view(figure, vocabulary).quantity
        )
        yield Fill(found.start(), found.end(), found[1], fitting)


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
            view = figure_view(fill.figures[0], vocabulary)
            pieces += [record.text[end : fill.start], str(view.quantity)]
            end = fill.end
    return "".join([*pieces, record.text[end:]])
