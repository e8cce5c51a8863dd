"""The pages of figures: all indicators, and each through the periods with tables and charts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from ..archive import addresses
from ..archive.derived import Derived, change_words
from ..archive.series import Coverage, Point, coverage, starts_anew
from ..problems.catalogue import Language, label
from ..records.indicators import Indicator
from ..records.periods import Period
from ..records.wordlists import Unit
from ..text.display import Quantity, period_title, quantity
from ..text.figure_views import FigureView, figure_view
from .charts import Slot, chart
from .page import Crumb, Page, View, crumbs


@dataclass(frozen=True)
class SeriesRow:
    """One line of an indicator's table: a reported value, its change, and a new definition if one begins here."""

    point: Point
    view: FigureView
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
    archive, language = derived.archive, derived.archive.vocabulary.language
    title, lead = label("figures", language), label("figures-lead", language)

    def view() -> View:
        listed = [(indicator, _latest_points(derived, indicator)) for indicator in derived.measured]
        groups = [
            (topic, [entry for entry in listed if entry[0].topic == topic.slug]) for topic in archive.vocabulary.topics
        ]
        rest = [entry for entry in listed if not entry[0].topic]
        return {"groups": [group for group in groups if group[1]], "rest": rest}

    records = tuple(point.record for row in derived.series.values() for point in row)
    yield Page(addresses.FIGURES, "figures.html", title, view, lead, crumbs(archive), records=records)
    for indicator in derived.measured:
        yield _indicator_page(derived, indicator, (title, addresses.FIGURES))


def _latest_points(derived: Derived, indicator: Indicator) -> list[tuple[Unit, Point, Quantity, int]]:
    """Return each unit that reports an indicator, its newest point, the point's value, and the number of points."""
    found = []
    for unit in derived.archive.vocabulary.units:
        if row := derived.series.get((indicator.slug, unit.slug)):
            point = row[-1]
            found.append(
                (unit, point, _stated_quantity(point, indicator, derived.archive.vocabulary.language), len(row))
            )
    return found


def _stated_quantity(point: Point, indicator: Indicator, language: Language) -> Quantity:
    """Return a point's value as its record states it."""
    value = point.figure.value
    if value is None:
        return quantity(point.value, "exact", indicator.unit, language)
    return quantity(value, point.figure.bound, point.figure.unit or indicator.unit, language)


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
    records = tuple(point.record for row in points.values() for point in reversed(row))
    address = addresses.indicator(indicator.slug)
    way = crumbs(archive, above)
    return Page(address, "indicator.html", title, view, description, way, records=records, kind="indicator")


def _has_children_with(derived: Derived, indicator: Indicator, unit: Unit) -> bool:
    children = derived.archive.vocabulary.children(unit.slug)
    return indicator.aggregate != "none" and any((indicator.slug, child.slug) in derived.series for child in children)


def _series_rows(derived: Derived, indicator: Indicator, row: Sequence[Point]) -> list[SeriesRow]:
    vocabulary = derived.archive.vocabulary
    definitions = {definition.from_: definition.text for definition in indicator.definition if definition.from_}
    by_period = {point.period: point for point in reversed(row)}  # the first of each
    return [
        SeriesRow(
            point,
            figure_view(point.figure, vocabulary),
            change_words(derived, point.record.id, point.index, vocabulary.language),
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
    if first is None or indicator.breaks_between(first.period, point.period):
        return None
    return quantity(point.value - first.value, "exact", indicator.unit, language)


def _charts(indicator: Indicator, row: Sequence[Point], unit: Unit, language: Language) -> Iterator[Markup]:
    """Yield a chart of the halves and one of the whole years of a unit, each only if it has a dated point."""
    for part, name in (("half", "chart-halves"), ("year", "chart-years")):
        points = [p for p in row if p.period.year is not None and (p.period.part == "year") == (part == "year")]
        if not points:
            continue
        title = label(name, language, title=indicator.title.text(language), unit=unit.title.text(language))
        words = label("comma", language).join(
            f"{period_title(p.period, language)} {_stated_quantity(p, indicator, language)}" for p in points
        )
        yield chart(list(_slots(indicator, points, language)), title, words, f"{unit.slug}-{part}")


def _slots(indicator: Indicator, points: Sequence[Point], language: Language) -> Iterator[Slot]:
    """Yield a slot for every period from the first point to the last, with or without a report."""
    by_period = {point.period: point for point in points}
    last, period, before = points[-1].period, points[0].period, None
    while True:
        broken = before is not None and indicator.breaks_between(before, period)
        point = by_period.get(period)
        year = f"{period.year}"
        title = year if period.part == "year" else label(f"axis-{period.part}", language, year=year)
        if point is None:
            yield Slot(title, broken=broken)
        else:
            factor = point.value / point.figure.value if point.figure.value else Decimal(1)
            target = point.figure.target.value * factor if point.figure.target else None
            words = str(_stated_quantity(point, indicator, language))
            anew = period.part == "h1" and starts_anew(indicator, period)
            joined = before in by_period and not broken and not anew
            yield Slot(title, point.value, words, point.figure.bound, target, joined, broken)
        if period == last:
            return
        before = period
        period = Period((period.year or 0) + 1, "year") if period.part == "year" else period.next_half or last
