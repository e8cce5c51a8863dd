"""The pages of figures: all indicators, and each through the periods with tables and charts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..archive import addresses
from ..archive.derived import Derived, change_words
from ..archive.point_views import converted, point_quantity, point_view
from ..archive.points import Point
from ..archive.series import Coverage, coverage, settled, starts_anew
from ..problems.catalogue import Language, label
from ..records.indicators import Indicator
from ..records.intervals import computed_bound
from ..records.periods import Period
from ..records.record import Record
from ..records.wordlists import Unit
from ..text.display import Quantity, period_title, quantity
from ..text.figure_views import FigureView
from .charts import Dot, Slot, chart
from .indicator_list import indicator_list_page
from .page import Crumb, Page, View, crumbs


@dataclass(frozen=True)
class SeriesRow:
    """One line of an indicator's table: a reported value, its change, and a new definition if one begins here.

    ``converted`` is the value in the indicator's unit, in words, where it is printed in one of another scale.
    """

    point: Point
    records: tuple[Record, ...]
    view: FigureView
    converted: str
    change: str
    own_half: Quantity | None  # what the second half added to a year-to-date value
    definition: str


@dataclass(frozen=True)
class UnitSeries:
    """An indicator through the periods for one unit, newest first, with a chart of its dated points."""

    unit: Unit
    rows: tuple[SeriesRow, ...]
    charts: tuple[Markup, ...]
    covered: tuple[Coverage, ...]


def figure_pages(derived: Derived) -> Iterator[Page]:
    """Yield the list of indicators and a page for each; nothing if no indicator has a value."""
    if not derived.measured:
        return
    title = label("figures", derived.archive.vocabulary.language)
    yield indicator_list_page(derived)
    for indicator in derived.measured:
        yield _indicator_page(derived, indicator, (title, addresses.FIGURES))


def _indicator_page(derived: Derived, indicator: Indicator, above: Crumb) -> Page:
    archive, language = derived.archive, derived.archive.vocabulary.language
    points = {unit: derived.series.get((indicator.slug, unit.slug), ()) for unit in archive.vocabulary.units}

    def view() -> View:
        units = [
            UnitSeries(
                unit,
                tuple(reversed(_series_rows(derived, indicator, row))),
                tuple(_charts(indicator, row, unit, language)),
                coverage(derived.series, indicator, unit, archive),
            )
            for unit, row in points.items()
            if row or _has_children_with(derived, indicator, unit)
        ]
        return {"indicator": indicator, "units": units}

    title = indicator.title.text(language)
    description = label("indicator-description", language, title=title, unit=indicator.unit)
    records = tuple(one.record for row in points.values() for point in reversed(row) for one in point.placed)
    address = addresses.indicator(indicator.slug)
    way = crumbs(archive, above)
    return Page(address, "indicator.html", title, view, description, way, records=records, kind="indicator")


def _has_children_with(derived: Derived, indicator: Indicator, unit: Unit) -> bool:
    children = derived.archive.vocabulary.children(unit.slug)
    return indicator.aggregate != "none" and any((indicator.slug, child.slug) in derived.series for child in children)


def _series_rows(derived: Derived, indicator: Indicator, row: Sequence[Point]) -> list[SeriesRow]:
    vocabulary = derived.archive.vocabulary
    definitions = {definition.from_: definition.text for definition in indicator.definition if definition.from_}
    by_period = {point.period: point for point in settled(row)}
    return [
        SeriesRow(
            point,
            tuple({one.record.id: one.record for one in point.placed}.values()),
            point_view(point, vocabulary, derived.rivals(point)),
            converted(point, indicator.unit, vocabulary.language),
            change_words(derived, point, vocabulary.language),
            _own_half(indicator, by_period, point, vocabulary.language),
            definitions.get(point.period, ""),
        )
        for point in row
    ]


def _own_half(indicator: Indicator, row: Mapping[Period, Point], point: Point, language: Language) -> Quantity | None:
    """Return the value of the second half alone, from year-to-date values of both halves; None if it can't be told."""
    if indicator.basis != "year-to-date" or point.period.part != "h2":
        return None
    first = row.get(Period(point.period.year, "h1"))
    if first is None or point.disputed or indicator.breaks_between(first.period, point.period):
        return None
    bound = computed_bound((first.bound, point.bound))
    return quantity(point.value - first.value, bound, indicator.unit, language)


def _charts(indicator: Indicator, row: Sequence[Point], unit: Unit, language: Language) -> Iterator[Markup]:
    """Yield a chart of the halves and one of the whole years of a unit, each only if it has a dated point."""
    for part, name in (("half", "chart-halves"), ("year", "chart-years")):
        points = [p for p in row if p.period.year is not None and (p.period.part == "year") == (part == "year")]
        if not points:
            continue
        title = label(name, language, title=indicator.title.text(language), unit=unit.title.text(language))
        words = label("comma", language).join(
            f"{period_title(p.period, language)} {point_quantity(p, language)}" for p in points
        )
        yield chart(list(_slots(indicator, points, language)), title, words, f"{unit.slug}-{part}")


def _slots(indicator: Indicator, points: Sequence[Point], language: Language) -> Iterator[Slot]:
    """Yield a slot for every period from the first point to the last, with or without a report."""
    by_period = {point.period: point for point in settled(points)}
    in_dispute: dict[Period, list[Point]] = defaultdict(list)
    for one in points:
        if one.disputed:
            in_dispute[one.period].append(one)
    last, period, before = points[-1].period, points[0].period, None
    while True:
        broken = before is not None and indicator.breaks_between(before, period)
        point = by_period.get(period)
        year = f"{period.year}"
        title = year if period.part == "year" else label(f"axis-{period.part}", language, year=year)
        anew = period.part == "h1" and starts_anew(indicator, period)
        joined = point is not None and before in by_period and not broken and not anew
        shown = [point] if point else in_dispute[period]
        yield Slot(title, tuple(_dot(one, language) for one in shown), joined, broken)
        if period == last:
            return
        before = period
        period = Period((period.year or 0) + 1, "year") if period.part == "year" else period.next_half or last


def _dot(point: Point, language: Language) -> Dot:
    target = point.figure.target
    return Dot(
        point.value,
        str(point_quantity(point, language)),
        point.bound,
        target.value * point.scale if target and not point.is_sum else None,
        point.disputed,
    )
