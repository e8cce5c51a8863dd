"""Figures in doubt (存疑): what is published although it does not add up, each with what it is held against.

A figure is in doubt if its writer says so, if another figure of the period contradicts it, if its own numbers do not
agree, if a cumulative figure falls, if a parent's figure is not the sum of its subordinates', or if its record waives a
rule on numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..problems.catalogue import label
from ..problems.field_paths import leads_to
from ..records.record import Record
from ..records.wordlists import Waiver
from ..text.display import Quantity, period_title, quantity
from ..text.figure_views import differences_within, figure_view, with_sum
from .filing import Archive
from .point_views import point_quantity, point_view
from .points import Point
from .series import falls, rivals, unlike_sums

_RULES_ON_NUMBERS = frozenset(
    f"figure.{name}" for name in ("parts", "among", "percent", "base", "completion", "change", "scale")
) | {"series.falling", "series.conflict", "series.twice", "series.children"}

AllSeries = Mapping[tuple[str, str], tuple[Point, ...]]  # by the slugs of indicator and unit
FigurePlace = tuple[str, int]  # a record's id, and the index of a figure


@dataclass(frozen=True, slots=True)
class DoubtedFigure:
    """A figure in doubt, as printed, with what speaks against it. ``name`` is empty if it is about a whole record."""

    record: Record
    name: str
    quantity: Quantity | None
    sides: tuple[str, ...]


def doubted_figures(
    archive: Archive, series: AllSeries, points: Mapping[FigurePlace, Point]
) -> Mapping[str, tuple[DoubtedFigure, ...]]:
    """Return the figures in doubt, in order, by the ids of their records. ``points`` are those of ``series``."""
    against = _within_series(archive, series)
    found = ((record.id, tuple(_of_record(archive, record, series, points, against))) for record in archive.records)
    return {identity: those for identity, those in found if those}


def _of_record(
    archive: Archive,
    record: Record,
    series: AllSeries,
    points: Mapping[FigurePlace, Point],
    against: Mapping[FigurePlace, list[str]],
) -> Iterator[DoubtedFigure]:
    vocabulary = archive.vocabulary
    waivers = [waiver for waiver in record.allow if waiver.rule in _RULES_ON_NUMBERS]
    of_all = [waiver for waiver in waivers if not waiver.field]
    placed: set[str] = set()  # the kinds of waivers that stand with a figure
    for at, figure in enumerate(record.figures):
        point = points.get((record.id, at))
        others = rivals(series, point) if point else ()
        within, beside = differences_within(figure, vocabulary), against.get((record.id, at), ())
        kinds = {kind for kind, is_there in (("figure", within), ("series", beside or others)) if is_there}
        placed |= kinds
        sides = [
            *within,
            *beside,
            *(one.reason for one in waivers if one.field and leads_to(one.field, f"figures[{at}]")),
            *(one.reason for one in of_all if _kind(one) in kinds),
        ]
        if sides or others or figure.doubt:
            view = with_sum(figure_view(figure, vocabulary), figure, vocabulary)
            said = point_view(point, vocabulary, others).doubt if point else figure.doubt
            yield DoubtedFigure(record, view.name, view.quantity, tuple(filter(None, (said, *sides))))
    if rest := tuple(one.reason for one in of_all if _kind(one) not in placed):
        yield DoubtedFigure(record, "", None, rest)


def _kind(waiver: Waiver) -> str:
    """Return what a waived rule is about: the numbers of a figure itself, or those of other figures too."""
    return waiver.rule.partition(".")[0]


def _within_series(archive: Archive, series: AllSeries) -> Mapping[FigurePlace, list[str]]:
    """Return what other figures say against a figure, by its place: those of earlier periods and of other units."""
    language = archive.vocabulary.language
    found: dict[FigurePlace, list[str]] = defaultdict(list)
    for (slug, unit), points in series.items():
        indicator = archive.vocabulary.indicators[slug]
        for before, after in falls(points, indicator) if indicator.basis == "cumulative" else ():
            said = {"value": point_quantity(before, language), "period": period_title(before.period, language)}
            found[after.record.id, after.index].append(label("differs-earlier", language, **said))
        for point, added in unlike_sums(series, indicator, archive.vocabulary.units[unit], archive):
            value = quantity(added.value, added.bound, indicator.unit, language)
            counted = {"reported": len(added.reported), "all": len(added.expected)}
            found[point.record.id, point.index].append(label("differs-children", language, value=value, **counted))
    return found
