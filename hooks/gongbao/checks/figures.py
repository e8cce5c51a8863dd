"""Disagreements within a figure: the rules ``figure.parts``, ``.among``, ``.percent``, ``.completion``, ``.change``."""

from __future__ import annotations

from collections.abc import Iterator

from ..problems.problem import Problem
from ..records.reckoning import disagreements
from ..records.record import Record
from ..records.vocabulary import Vocabulary
from ..text.display import shortest_number
from ..text.figure_views import measure_of
from .case import problem_at


def check(record: Record, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield a problem for every disagreement within a figure, with both numbers and their difference."""
    for index, figure in enumerate(() if record.withdrawn else record.figures):
        for found in disagreements(figure, measure_of(figure, vocabulary) or ""):
            yield problem_at(
                record,
                found.rule,
                ("figures", index, found.field),
                shortest_number(found.printed),
                printed=shortest_number(found.printed),
                reckoned=shortest_number(found.reckoned),
                difference=shortest_number(abs(found.difference)),
                unit=found.unit,
                figure=f"figures[{index}]",
            )
