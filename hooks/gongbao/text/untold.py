"""Figures that a record's words do not tell: what a document without tables of figures would lose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..records.quantities import Figure
from ..records.record import Record
from ..records.vocabulary import Vocabulary
from .fills import fills

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def untold_figures(record: Record, vocabulary: Vocabulary) -> tuple[Figure, ...]:
    """Return the figures of a record of which a number stands neither in its title nor in its text."""
    if not record.figures:
        return ()
    words = f"{record.title}\n{record.text}"
    told = {Decimal(found.replace(",", "")) for found in _NUMBER.findall(words)}
    filled = {id(figure) for fill in fills(record, vocabulary) for figure in fill.figures}

    def tells_value(figure: Figure) -> bool:
        return id(figure) in filled or (figure.printed is not None and figure.printed in words)  # 三户

    return tuple(
        figure
        for figure in record.figures
        if figure.doubt or not told.issuperset(_numbers(figure, value_too=not tells_value(figure)))
    )


def _numbers(figure: Figure, *, value_too: bool) -> Iterator[Decimal]:
    """Yield the numbers of a figure. ``value_too``: its value as well, which the text may tell in another way."""
    measures = (figure.of, figure.percent, figure.completion, figure.target, figure.previous)
    for one in (figure if value_too else None, *measures, *figure.parts, *figure.among):
        if one and one.value is not None:
            yield one.value
    if figure.change:
        yield abs(figure.change.value)
    if figure.rank is not None:
        yield figure.rank
