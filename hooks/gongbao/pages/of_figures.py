"""The pages of figures: all indicators, and each through the periods with tables and charts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..archive import addresses
from ..archive.derived import Derived, change_words
from ..archive.point_views import converted, point_view
from ..archive.points import Point
from ..archive.series import Coverage, coverage, settled
from ..charts.chart import Chart, Multiples, Panel
from ..problems.catalogue import Language, label
from ..records.indicators import Indicator
from ..records.intervals import computed_bound
from ..records.periods import Period
from ..records.record import Record
from ..records.wordlists import Unit
from ..text.display import Quantity, quantity
from ..text.figure_views import FigureView
from .folding import NEWEST, Opened, opened
from .indicator_charts import multiples, sum_charts, unit_charts
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
    """An indicator through the periods for one unit, newest first, with charts of its dated points.

    A parent also has what its subordinates add up to, with charts of the sums. Where units are many, a unit's charts
    are ``panels`` among those of the others.
    """

    unit: Unit
    rows: tuple[SeriesRow, ...]
    charts: tuple[Chart, ...] = ()
    panels: tuple[tuple[Multiples, Panel], ...] = ()
    covered: tuple[Coverage, ...] = ()
    sums: tuple[Chart, ...] = ()

    @property
    def opened_rows(self) -> Opened[SeriesRow]:
        """The rows of the unit's own table."""
        return opened(self.rows, NEWEST)

    @property
    def opened_sums(self) -> Opened[Coverage]:
        """The rows of the table of sums, newest first."""
        return opened(self.covered[::-1], NEWEST)


MANY = 4  # units that are no parents; so many have small charts on one scale


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
        return _indicator_view(derived, indicator, points)

    title = indicator.title.text(language)
    description = label("indicator-description", language, title=title, unit=indicator.unit)
    records = tuple(one.record for row in points.values() for point in reversed(row) for one in point.placed)
    address = addresses.indicator(indicator.slug)
    way = crumbs(archive, above)
    return Page(address, "indicator.html", title, view, description, way, records=records, kind="indicator")


def _indicator_view(derived: Derived, indicator: Indicator, points: Mapping[Unit, Sequence[Point]]) -> View:
    """Return the view of an indicator's page: parents first, with the sums, then the other units."""
    archive, language = derived.archive, derived.archive.vocabulary.language
    covered = {unit: coverage(derived.series, indicator, unit, archive) for unit in points}
    rows = {unit: tuple(reversed(_series_rows(derived, indicator, row))) for unit, row in points.items()}
    single = {unit: row for unit, row in points.items() if row and not covered[unit]}
    compared = single if len(single) >= MANY else {}
    several = tuple(multiples(indicator, compared, archive.vocabulary.unit_short, language))
    parents = [
        UnitSeries(
            unit,
            rows[unit],
            tuple(unit_charts(indicator, points[unit], unit, language)),
            covered=covered[unit],
            sums=tuple(sum_charts(indicator, covered[unit], unit, language)),
        )
        for unit in points
        if covered[unit]
    ]
    others = [
        UnitSeries(
            unit,
            rows[unit],
            () if several else tuple(unit_charts(indicator, row, unit, language)),
            tuple((group, group.panels[at]) for group in several),
        )
        for at, (unit, row) in enumerate(single.items())
    ]
    return {"indicator": indicator, "units": parents if several else [*parents, *others], "several": several} | {
        "many": others if several else []
    }


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
