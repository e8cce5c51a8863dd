"""Points as readers see them: as printed, as the sum of instalments, or in doubt beside others of the period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..problems.catalogue import Language, label
from ..records.vocabulary import Vocabulary
from ..text.display import Quantity, quantity
from ..text.figure_views import FigureView, figure_view, with_sum
from .points import Point


def point_quantity(point: Point, language: Language) -> Quantity:
    """Return a point's value as its records state it."""
    return quantity(point.printed, point.bound, point.unit, language)


def point_view(point: Point, vocabulary: Vocabulary, rivals: Sequence[Point]) -> FigureView:
    """Return the view of a point. ``rivals`` are the points of the same period that contradict it."""
    language = vocabulary.language
    view = with_sum(figure_view(point.figure, vocabulary), point.figure, vocabulary)
    if point.is_sum:
        parts = label("comma", language).join(_instalments(point, vocabulary))
        note = label("instalments", language, count=len(point.placed), parts=parts)
        doubts = label("comma", language).join(one.figure.doubt for one in point.placed if one.figure.doubt)
        view = FigureView(view.name, point_quantity(point, language), (note,), (note,), doubts)
    if rivals:
        others = label("comma", language).join(str(point_quantity(one, language)) for one in rivals)
        doubt = label("disputed", language, others=others)
        view = replace(view, doubt=label("comma", language).join(filter(None, (doubt, view.doubt))))
    return view


def converted(point: Point, unit: str, language: Language) -> str:
    """Return what a point's value is in its indicator's unit, in words; empty if it is counted in that, or alike."""
    if point.scale == 1:
        return ""
    return label("converted", language, value=quantity(point.value, point.bound, unit, language))


def _instalments(point: Point, vocabulary: Vocabulary) -> list[str]:
    views = (with_sum(figure_view(one.figure, vocabulary), one.figure, vocabulary) for one in point.placed)
    return [str(view.quantity) for view in views]
