"""The list of indicators: a line for each, with its newest value, its change, and its course as a small line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from ..archive import addresses
from ..archive.derived import Derived, change_between
from ..archive.series import Coverage, can_be_compared, coverage, settled
from ..problems.catalogue import Language, label
from ..records.indicators import Indicator
from ..records.periods import Period
from ..records.wordlists import Unit
from ..text.display import Quantity, quantity
from .newest_values import newest_values
from .page import Page, View, crumbs
from .sparklines import sparkline


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """A line of the list: the newest value of one unit, or the sum of the units below it.

    ``added`` tells how many of these reported, and how many there are; it is None for a unit's own value. ``others`` is
    the number of reporting units that the value leaves out. Of values in dispute it is one, and ``doubt`` tells of all.
    """

    indicator: Indicator
    unit: Unit
    others: int
    period: Period
    quantity: Quantity
    change: str
    doubt: str
    added: tuple[int, int] | None
    course: Markup


def indicator_list_page(derived: Derived) -> Page:
    """Return the page of the list. There is an indicator with values."""
    archive, language = derived.archive, derived.archive.vocabulary.language

    def view() -> View:
        lines = [indicator_line(derived, indicator) for indicator in derived.measured]
        groups = [
            (topic, [line for line in lines if line.indicator.topic == topic.slug])
            for topic in archive.vocabulary.topics
        ]
        return {
            "groups": [group for group in groups if group[1]],
            "rest": [line for line in lines if not line.indicator.topic],
            "doubts": sum(map(len, derived.doubts.values())),
        }

    records = tuple(one.record for row in derived.series.values() for point in row for one in point.placed)
    title, lead = label("figures", language), label("figures-lead", language)
    return Page(addresses.FIGURES, "figures.html", title, view, lead, crumbs(archive), records=records)


def indicator_line(derived: Derived, indicator: Indicator) -> IndicatorLine:
    """Return the line of an indicator: of those of its newest period, the one that covers most units.

    Of several, it is that of the first unit in the list.
    """
    vocabulary = derived.archive.vocabulary
    reporting = {unit for slug, unit in derived.series if slug == indicator.slug}
    lines = []
    for unit in vocabulary.units:
        below = sum(child.slug in reporting for child in vocabulary.children(unit.slug))
        if unit.slug in reporting:
            lines.append(_line_of_unit(derived, indicator, unit, len(reporting) - 1 - below))
        elif below:
            sums = [one for one in coverage(derived.series, indicator, unit, derived.archive) if one.reported]
            lines += [_line_of_sums(derived, indicator, unit, sums, len(reporting) - below)] if sums else []
    return max(lines, key=lambda line: (line.period.order, -line.others))


def _line_of_unit(derived: Derived, indicator: Indicator, unit: Unit, others: int) -> IndicatorLine:
    value = next(newest_values(derived, unit, indicator))
    row = settled(derived.series[indicator.slug, unit.slug])
    course = _course(indicator, {point.period: point.value for point in row})
    return IndicatorLine(indicator, unit, others, value.period, value.quantity, value.change, value.doubt, None, course)


def _line_of_sums(
    derived: Derived, indicator: Indicator, unit: Unit, sums: Sequence[Coverage], others: int
) -> IndicatorLine:
    """Return the line of a sum. It is compared with sums of the same units alone."""
    language = derived.archive.vocabulary.language
    newest = sums[-1]
    alike = [one for one in sums if one.reported == newest.reported and _is_year(one) == _is_year(newest)]
    before = alike[-2] if len(alike) > 1 and can_be_compared(indicator, alike[-2].period, newest.period) else None
    return IndicatorLine(
        indicator,
        unit,
        others,
        newest.period,
        quantity(newest.value, newest.bound, indicator.unit, language),
        change_between(indicator, before, newest, language) if before else "",
        label("coverage-disputed", language, units=_names(newest.disputed, language)) if newest.disputed else "",
        (len(newest.reported), len(newest.expected)),
        _course(indicator, {one.period: one.value for one in alike}),
    )


def _is_year(one: Coverage) -> bool:
    return one.period.part == "year"


def _names(units: Sequence[Unit], language: Language) -> str:
    return label("comma", language).join(unit.short_title.text(language) for unit in units)


def _course(indicator: Indicator, values: Mapping[Period, Decimal]) -> Markup:
    """Return the sparkline of the halves, or else of the whole years. What counts from January is told at its end."""
    halves = {period: value for period, value in values.items() if period.year is not None and period.part != "year"}
    ends = {period: value for period, value in halves.items() if period.part == "h2"}
    years = {period: value for period, value in values.items() if period.year is not None and period.part == "year"}
    shown = ends if indicator.basis == "year-to-date" else halves
    chosen = shown if len(shown) > 1 else years
    step = 1 if chosen is halves else 2
    ordered = sorted(chosen.items(), key=lambda entry: entry[0].order)
    return sparkline([((period.year or 0) * 2 + (period.part == "h2"), value) for period, value in ordered], step)
