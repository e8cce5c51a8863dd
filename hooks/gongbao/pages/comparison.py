"""Two sides of a comparison: a half and another, or a unit and another in one half. `gongbao-compare.js` does the same.

It sets side by side the values of the indicators, what became of the promises that the records of each side make, and
how many records each topic has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..archive import addresses
from ..archive.derived import Derived
from ..archive.filing import Archive
from ..archive.ledger import PROMISE_STATUSES
from ..archive.point_views import point_quantity
from ..archive.points import Point
from ..archive.series import can_be_compared, settled
from ..problems.catalogue import Language, label
from ..records.indicators import Indicator
from ..records.intervals import computed_bound
from ..records.periods import Period
from ..records.record import Record
from ..records.wordlists import Unit
from ..text.display import difference, status_title


@dataclass(frozen=True)
class Side:
    """One side: a period of all units, or of one."""

    period: Period
    unit: Unit | None = None


def records_of(archive: Archive, side: Side) -> tuple[Record, ...]:
    """Return the records of a side."""
    return archive.of_unit(side.unit.slug).get(side.period, ()) if side.unit else archive.of_period(side.period)


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A line of a comparison: what is compared, its page, its unit where the sides have several, and both sides."""

    name: str
    address: str
    unit: str
    first: str
    second: str
    difference: str


def compared_figures(derived: Derived, first: Side, second: Side) -> Iterator[ComparedRow]:
    """Yield the indicators of which a side has a value, in the word list's order; those of all units by unit."""
    vocabulary = derived.archive.vocabulary
    language = vocabulary.language
    pairs = [(first.unit, second.unit)] if first.unit and second.unit else [(one, one) for one in vocabulary.units]
    for indicator in derived.measured:
        for pair in pairs:
            one, other = (
                [point for point in derived.series.get((indicator.slug, unit.slug), ()) if point.period == side.period]
                for unit, side in zip(pair, (first, second), strict=True)
            )
            if one or other:
                yield ComparedRow(
                    indicator.title.text(language),
                    addresses.indicator(indicator.slug),
                    "" if first.unit or not derived.archive.has_units else vocabulary.unit_short(pair[0].slug),
                    _values(one, language),
                    _values(other, language),
                    _difference(indicator, one, other, language),
                )


def compared_promises(derived: Derived, first: Side, second: Side) -> Iterator[ComparedRow]:
    """Yield the statuses that promises of a side have, with the numbers of promises."""
    one, other = (_statuses(derived, side) for side in (first, second))
    for status in PROMISE_STATUSES:
        if one[status] or other[status]:
            title = status_title(status, derived.archive.vocabulary.language)
            yield _counted(title, "", one[status], other[status])


def compared_topics(derived: Derived, first: Side, second: Side) -> Iterator[ComparedRow]:
    """Yield the topics that records of a side have, with the numbers of records."""
    archive = derived.archive
    one, other = (
        Counter(topic for record in records_of(archive, side) for topic in record.topics) for side in (first, second)
    )
    for topic in archive.vocabulary.topics:
        if one[topic.slug] or other[topic.slug]:
            title = topic.title.text(archive.vocabulary.language)
            yield _counted(title, addresses.topic(topic.slug), one[topic.slug], other[topic.slug])


def _statuses(derived: Derived, side: Side) -> Counter[str]:
    return Counter(map(derived.ledger.status, derived.archive.promises_of(records_of(derived.archive, side))))


def _values(points: Sequence[Point], language: Language) -> str:
    """Return the values of a period, all of them where they are in dispute."""
    told = [f"{point_quantity(one, language)}？" for one in points if one.disputed]
    return label("comma", language).join(told or [str(point_quantity(one, language)) for one in settled(points)[:1]])


def _difference(indicator: Indicator, first: Sequence[Point], second: Sequence[Point], language: Language) -> str:
    """Return by how much the second value is greater, in words; empty where the values can't be compared."""
    one, other = settled(first)[:1], settled(second)[:1]
    if not one or not other:
        return ""
    before, after = sorted((one[0].period, other[0].period), key=lambda period: period.order)
    parts = {before.part, after.part}
    if len(parts) == 1:  # what counts from January is the same in both
        comparable = not indicator.breaks_between(before, after)
    else:
        comparable = "year" not in parts and can_be_compared(indicator, before, after)
    if not comparable:
        return ""
    change = other[0].value - one[0].value
    said = difference(change, computed_bound((one[0].bound, other[0].bound)), indicator.unit, language)
    return f"{_sign(change)}{said}"


def _counted(name: str, address: str, first: int, second: int) -> ComparedRow:
    change = second - first
    return ComparedRow(name, address, "", str(first), str(second), f"{_sign(change)}{abs(change)}")


def _sign(change: Decimal | int) -> str:
    return "+" if change > 0 else "-" if change < 0 else ""
