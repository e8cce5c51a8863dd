"""The newest value of each indicator: of every unit for the list of indicators, and of one unit for its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..archive.derived import Derived, change_words
from ..archive.point_views import point_quantity, point_view
from ..archive.series import settled
from ..records.indicators import Indicator
from ..records.periods import Period
from ..records.wordlists import Unit
from ..text.display import Quantity


@dataclass(frozen=True, slots=True)
class NewestValue:
    """A unit's newest value of an indicator, its change since the comparable one before it, and a doubt about it."""

    indicator: Indicator
    unit: Unit
    period: Period
    quantity: Quantity
    change: str
    doubt: str


def newest_values(derived: Derived, unit: Unit, *indicators: Indicator) -> Iterator[NewestValue]:
    """Yield a unit's newest values of some indicators, or of all. Of several in dispute, each is one."""
    vocabulary = derived.archive.vocabulary
    for indicator in indicators or derived.measured:
        row = derived.series.get((indicator.slug, unit.slug), ())
        newest = [one for one in row if one.disputed and one.period == row[-1].period] or settled(row)[-1:]
        for point in newest:
            doubt = point_view(point, vocabulary, derived.rivals(point)).doubt
            change = change_words(derived, point, vocabulary.language)
            value = point_quantity(point, vocabulary.language)
            yield NewestValue(indicator, unit, point.period, value, change, doubt)
