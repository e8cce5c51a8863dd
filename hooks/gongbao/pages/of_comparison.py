"""The pages of comparisons: each half beside the half before, each unit beside the next, and any two by a script."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from ..archive import addresses
from ..archive.derived import Derived
from ..archive.filing import Archive
from ..archive.ledger import PROMISE_STATUSES
from ..problems.catalogue import label
from ..problems.names import BOUNDS
from ..records.periods import Period
from ..records.wordlists import Unit
from ..text.display import difference_unit, period_title, status_title
from .comparison import Side, compared_figures, compared_promises, compared_topics, records_of
from .folding import opened
from .page import Page, View, crumbs

SHOWN = 20  # rows of a table that stand open: three screens of a phone

_TITLES = ("figures", "promises", "topics", "difference", "nothing")


def half_before(archive: Archive, period: Period) -> Period | None:
    """Return the half just before a half, or the year before a whole year, if it has a bulletin too."""
    return period.previous if period.year is not None and archive.of_period(period.previous) else None


def siblings(archive: Archive) -> dict[Unit, Unit]:
    """Return the unit that stands beside each: the next with the same unit above, and after the last the first.

    Of two that have nothing in the newest half there is a page only where it was published before.
    """
    groups: dict[str | None, list[Unit]] = defaultdict(list)
    for unit in archive.vocabulary.units:
        groups[unit.parent].append(unit)
    reporting = {record.unit for record in archive.of_period(archive.newest)} if archive.newest else set()
    found = {}
    for group in groups.values():
        for unit, other in zip(group, [*group[1:], group[0]], strict=True):
            reported = not reporting.isdisjoint((unit.slug, other.slug))
            if unit is not other and (reported or addresses.compared_units(unit.slug) in archive.published):
                found[unit] = other
    return found


def has_comparisons(archive: Archive) -> bool:
    """Whether there are two sides."""
    return any(half_before(archive, period) for period in archive.periods) or bool(siblings(archive))


def comparison_pages(derived: Derived) -> Iterator[Page]:
    """Yield the pages; nothing where there is one side alone."""
    archive, language = derived.archive, derived.archive.vocabulary.language
    if not has_comparisons(archive):
        return
    pairs = {period: before for period in archive.periods if (before := half_before(archive, period))}
    units = siblings(archive)
    yield _any_two(derived, pairs, units)
    for later, earlier in pairs.items():
        names = (period_title(earlier, language), period_title(later, language))
        yield _comparison(derived, addresses.compared_halves(later), names, Side(earlier), Side(later))
    if (newest := archive.newest) and archive.has_units:
        for unit, other in units.items():
            of_both = (Side(newest, unit), Side(newest, other))
            names = (unit.title.text(language), other.title.text(language))
            yield _comparison(derived, addresses.compared_units(unit.slug), names, *of_both)


def _any_two(derived: Derived, pairs: Mapping[Period, Period], units: Mapping[Unit, Unit]) -> Page:
    """Return the page on which a reader chooses two sides, with the list of the other pages."""
    archive, language = derived.archive, derived.archive.vocabulary.language
    title, lead = label("compare", language), label("compare-lead", language)

    def view() -> View:
        return {
            "pairs": [(later, earlier) for later, earlier in reversed([*pairs.items()])],
            "units": [*units.items()] if archive.has_units else [],
            "periods": [period for period in reversed(archive.periods) if period.year is not None],
            "bounds": {bound: label(f"bound-{bound}", language) for bound in BOUNDS},
            "titles": {name: label(f"compare-{name}", language) for name in _TITLES},
            "points": {share: difference_unit(share, language) for share in ("%", "‰")},
            "statuses": [(status, status_title(status, language)) for status in PROMISE_STATUSES],
        }

    return Page(addresses.COMPARE, "compare.html", title, view, lead, crumbs(archive), records=archive.records)


def _comparison(derived: Derived, address: str, names: tuple[str, str], first: Side, second: Side) -> Page:
    archive, language = derived.archive, derived.archive.vocabulary.language
    title = label("compare-title", language, first=names[0], second=names[1])

    def view() -> View:
        return {
            "names": names,
            "first": first,
            "second": second,
            "figures": opened([*compared_figures(derived, first, second)], SHOWN),
            "promises": opened([*compared_promises(derived, first, second)], SHOWN),
            "topics": opened([*compared_topics(derived, first, second)], SHOWN),
        }

    if first.unit:
        title = label("compare-in", language, title=title, period=period_title(first.period, language))
    way = crumbs(archive, (label("compare", language), addresses.COMPARE))
    records = (*records_of(archive, first), *records_of(archive, second))
    return Page(address, "comparison.html", title, view, label("compare-lead", language), way, records=records)
