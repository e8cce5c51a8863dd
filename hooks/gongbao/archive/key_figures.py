"""The main figures of a bulletin, each with its record and its change since the comparable period before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..records.record import Record
from ..records.vocabulary import Vocabulary
from ..text.figure_views import FigureView, figure_view, with_sum
from .derived import Derived, change_words
from .point_views import point_view
from .points import Point


@dataclass(frozen=True)
class KeyFigure:
    """One of a bulletin's main figures, with its record. Instalments of an indicator are one figure, their sum."""

    record: Record
    figure: FigureView
    change: str
    indicator: str  # its slug, or empty if the figure has none


def key_figures(points: Iterable[Record], derived: Derived) -> Iterator[KeyFigure]:
    """Yield the main figures of each main point: its headlines, or else its first figure with a quantity."""
    vocabulary = derived.archive.vocabulary
    sums: list[Point] = []
    for record in points:
        for index, view in _headlines(record, vocabulary):
            point = derived.points.get((record.id, index))
            if any(point is one for one in sums):
                continue
            if point and point.is_sum:
                sums.append(point)
            if point:
                view = point_view(point, vocabulary, derived.rivals(point))
            change = change_words(derived, point, vocabulary.language) if point else ""
            yield KeyFigure(record, view, change, record.figures[index].indicator or "")


def _headlines(record: Record, vocabulary: Vocabulary) -> list[tuple[int, FigureView]]:
    """Return the figures that a main point shows, each with its index: those it names, or else the first."""
    views = [(at, with_sum(figure_view(one, vocabulary), one, vocabulary)) for at, one in enumerate(record.figures)]
    shown = [(at, view) for at, view in views if view.quantity]
    return [(at, view) for at, view in shown if record.figures[at].headline] or shown[:1]
