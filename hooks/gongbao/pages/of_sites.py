"""The pages of what subordinates' sites have published: which are in the sums and how, and each half.

They are of direct subordinates alone. Each leads to their own sites.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..archive import addresses
from ..archive.bulletins import StatusCounts
from ..archive.collected import SITE_STATES, CollectedSite, RefusedIndicator, SiteData
from ..archive.derived import Derived
from ..archive.ledger import PROMISE_STATUSES
from ..archive.level_values import LevelValue, levels
from ..problems.catalogue import Language, label
from ..records.indicators import Indicator
from ..records.periods import Period, parse_period
from ..records.wordlists import Unit
from ..text.display import period_title
from .of_levels import level_page
from .page import Crumb, Page, View, crumbs

# Each state of a site has the sign of a promise's status.
_SIGNS: Mapping[str, str] = {"fresh": "done", "late": "partly"} | dict.fromkeys(SITE_STATES[2:], "overdue")


@dataclass(frozen=True)
class SiteReport:
    """How many units of a site are expected to report in a half, how many have, and how many of them late."""

    period: Period
    expected: int
    reported: int
    late: int


@dataclass(frozen=True)
class SiteLine:
    """A subordinate's site: its state with its sign and what there is to say of it, and what its data tell."""

    unit: Unit
    state: str
    sign: str
    notes: tuple[str, ...]
    homepage: str
    newest: Period | None
    report: SiteReport | None
    promised: StatusCounts


@dataclass(frozen=True)
class SitePoints:
    """The main points of a site in a half: title, summary and address of each, and the reports of its units."""

    unit: Unit
    homepage: str
    points: tuple[tuple[str, str, str], ...]
    report: SiteReport | None


@dataclass(frozen=True)
class LevelLine:
    """The value of an indicator of the topmost unit, with all units below it."""

    indicator: Indicator
    unit: Unit
    value: LevelValue


def site_pages(derived: Derived) -> Iterator[Page]:
    """Yield the page of all subordinate sites, one of each half and one of each indicator; nothing without sites."""
    archive, language = derived.archive, derived.archive.vocabulary.language
    if not archive.collected.sites:
        return
    above = (label("sites", language), addresses.SITES)
    rolled = {one: levels(derived, one) for one in archive.vocabulary.indicators if one.slug in derived.increments_of}
    lines = [*_top_lines(derived, rolled)]
    halves = _halves(derived, lines)

    def view() -> View:
        sites = [_site_line(derived, one) for one in archive.collected.sites]
        own = Counter[str](derived.ledger.status(promise) for promise in archive.promises)
        return {
            "sites": sites,
            "own": _counts(own),
            "promised": _counts(sum((Counter[str](dict(one.promised.counts)) for one in sites), own)),
            "lines": _newest(lines),
            "halves": halves,
        }

    lead = label("sites-lead", language)
    yield Page(addresses.SITES, "subordinates.html", above[0], view, lead, crumbs(archive), records=archive.records)
    for half in halves:
        yield _half_page(derived, half, lines, above)
    for indicator, values in rolled.items():
        if values:
            yield level_page(derived, indicator, values, above)


def points_of(derived: Derived, period: Period) -> tuple[SitePoints, ...]:
    """Return the main points that subordinates' sites have of a period; sites that have none are left out."""
    return tuple(one for one in _all_points(derived, period) if one.points)


def site_line_of(derived: Derived, unit: Unit) -> SiteLine | None:
    """Return a unit's own site, if it has one."""
    sites = derived.archive.collected.sites
    return next((_site_line(derived, one) for one in sites if one.unit == unit.slug), None)


def _all_points(derived: Derived, period: Period) -> Iterator[SitePoints]:
    for site in derived.archive.collected.sites:
        if site.data:
            told = tuple((one.title, one.summary, one.url) for one in site.data.points if one.period == period)
            unit = derived.archive.vocabulary.units[site.unit]
            yield SitePoints(unit, site.data.homepage, told, _report(site, period))


def _halves(derived: Derived, lines: Sequence[LevelLine]) -> tuple[Period, ...]:
    """Return every dated half of which any site tells, newest first."""
    told = {point.period for site in derived.archive.collected.sites if site.data for point in site.data.points}
    told |= {one.value.period for one in lines}
    dated = (period for period in told if period.year is not None and period.part != "year")
    return tuple(sorted(dated, key=lambda period: period.order, reverse=True))


def _top_lines(
    derived: Derived, rolled: Mapping[Indicator, Mapping[Unit, Sequence[LevelValue]]]
) -> Iterator[LevelLine]:
    """Yield the values of the topmost units that have subordinates."""
    for indicator, values in rolled.items():
        for unit, of_unit in values.items():
            if not unit.parent and derived.archive.vocabulary.children(unit.slug):
                yield from (LevelLine(indicator, unit, value) for value in of_unit)


def _newest(lines: Sequence[LevelLine]) -> list[LevelLine]:
    newest: dict[tuple[Indicator, Unit], LevelLine] = {}
    for line in lines:
        newest[line.indicator, line.unit] = line
    return [*newest.values()]


def _site_line(derived: Derived, site: CollectedSite) -> SiteLine:
    data = site.data
    return SiteLine(
        derived.archive.vocabulary.units[site.unit],
        site.state,
        _SIGNS[site.state],
        tuple(_site_notes(derived, site)),
        data.homepage if data else "",
        data.newest if data else None,
        _report(site, data.newest) if data and data.newest else None,
        _counts(dict(data.promises if data else ())),
    )


def _site_notes(derived: Derived, site: CollectedSite) -> Iterator[str]:
    """Yield what there is to say of a site: why it is in its state, which data are shown, and what is not added up."""
    language = derived.archive.vocabulary.language
    if site.why:
        yield label(site.why.label, language, **dict(site.why.values))
    if site.since and not site.is_current:
        yield label("site-since", language, day=site.since)
    if site.data:
        name = "collect-kept" if not site.is_current else "site-as-of" if site.data.as_of else "site-version"
        yield label(name, language, version=_version(site.data, language), day=site.data.as_of)
    else:
        yield label("collect-nothing", language)
    if site.data and site.data.refused:
        told = label("comma", language).join(_refused(derived, one) for one in site.data.refused)
        yield label("site-refused", language, indicators=told)
    if site.data and site.data.corrections:
        yield label("correction-count", language, count=site.data.corrections)


def _version(data: SiteData, language: Language) -> str:
    """Return the version of a site's data for readers: the newest period, without the digest behind it."""
    period = parse_period(data.version.partition("+")[0])
    return period_title(period, language) if period else data.version


def _refused(derived: Derived, one: RefusedIndicator) -> str:
    vocabulary = derived.archive.vocabulary
    known = vocabulary.indicators.find(one.slug)
    title = known.title.text(vocabulary.language) if known else one.slug
    return label(
        "site-refused-one", vocabulary.language, title=title, why=label(f"refused-{one.why}", vocabulary.language)
    )


def _report(site: CollectedSite, period: Period) -> SiteReport | None:
    told = (one for one in site.data.reports if one.period == period) if site.data else ()
    return next((SiteReport(*one) for one in told), None)


def _counts(counted: Mapping[str, int]) -> StatusCounts:
    return StatusCounts(tuple((status, counted[status]) for status in PROMISE_STATUSES if counted.get(status)))


def _half_page(derived: Derived, half: Period, lines: Sequence[LevelLine], above: Crumb) -> Page:
    archive, language = derived.archive, derived.archive.vocabulary.language
    title = label("sites-half", language, period=period_title(half, language))

    def view() -> View:
        return {
            "period": half,
            "lines": [one for one in lines if one.value.period == half],
            "sites": points_of(derived, half),
            "pointless": [one.unit for one in _all_points(derived, half) if not one.points],
            "silent": [archive.vocabulary.units[one.unit] for one in archive.collected.sites if not one.data],
        }

    way = crumbs(archive, above)
    return Page(
        addresses.sites_of_half(half),
        "subordinates_half.html",
        title,
        view,
        title,
        way,
        records=archive.of_period(half),
    )
