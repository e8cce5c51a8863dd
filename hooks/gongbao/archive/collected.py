"""What a site has collected from its subordinates' sites: values, as its pages and its sums use them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, get_args

from ..records.periods import Period
from .increments import Increment

# What became of a site at the last collection. All but ``fresh`` and ``late`` leave the data that were taken before.
SiteState = Literal["fresh", "late", "missing", "broken", "schema", "hostile", "past"]
SITE_STATES: tuple[SiteState, ...] = get_args(SiteState)

MOST_SEARCHED = 5000  # records of all sites, of which the search finds everything


class StateReason(NamedTuple):
    """Why a site is in its state: the name of a label of the catalogue, and what fills its text."""

    label: str
    values: tuple[tuple[str, str], ...] = ()


class SitePoint(NamedTuple):
    """A main point of a subordinate's bulletin, with the address of its record there, or an empty one."""

    period: Period
    title: str
    summary: str
    url: str


class SiteReports(NamedTuple):
    """How many units of a site are expected to report in a half, how many have, and how many of them late."""

    period: Period
    expected: int
    reported: int
    late: int


class RefusedIndicator(NamedTuple):
    """An indicator that a subordinate's site has and that is not added up, and why: a column of ``indicators.csv`` or
    ``definition`` for what differs there, or ``unknown`` where this site lists no such indicator.
    """

    slug: str
    why: str


@dataclass(frozen=True)
class SiteData:
    """What pages and sums take from the data that a subordinate's site has published.

    ``homepage``, ``version``, ``as_of`` (a day), ``id`` and ``vocabulary`` (a digest) are those of its data package.
    ``newest`` is the newest half that it tells of. ``increments`` are those of the site's own unit with all units below
    it. ``promises`` are the numbers of its promises by status. ``below`` are the ids of the sites from which its data
    come. ``records`` is the number of its records, and ``periods``, ``topics`` and ``kinds`` are theirs.
    """

    id: str
    homepage: str
    version: str
    as_of: str
    vocabulary: str
    newest: Period | None
    increments: tuple[Increment, ...]
    points: tuple[SitePoint, ...]
    promises: tuple[tuple[str, int], ...]
    reports: tuple[SiteReports, ...]
    refused: tuple[RefusedIndicator, ...]
    corrections: int
    below: tuple[str, ...] = ()
    records: int = 0
    periods: tuple[Period, ...] = ()
    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class CollectedSite:
    """A subordinate's site at the last collection.

    ``since`` is the day of the collection that first found it in its ``state``, empty for one that was never collected.
    ``data`` are the last that were taken; where the state is neither ``fresh`` nor ``late``, they are older than what
    the site has now. None where nothing has ever been taken.
    """

    id: str
    unit: str
    state: SiteState = "missing"
    since: str = ""
    why: StateReason | None = None
    data: SiteData | None = None

    @property
    def is_current(self) -> bool:
        """Whether the data are those that the site has now."""
        return self.state in ("fresh", "late")


@dataclass(frozen=True)
class Rolled:
    """The roll-up as a database made it, and a digest of what it was made from (`Derived.rollup_key`)."""

    made_from: str
    rows: tuple[Increment, ...]


@dataclass(frozen=True)
class Collected:
    """The subordinate sites of ``sites.yml``, in its order, and the roll-up if a database has made it."""

    sites: tuple[CollectedSite, ...] = ()
    rolled: Rolled | None = None

    @cached_property
    def increments(self) -> tuple[Increment, ...]:
        """The increments of all sites' units, for `rollup.roll_up`."""
        return tuple(one for site in self.sites if site.data for one in site.data.increments)

    @cached_property
    def told(self) -> frozenset[tuple[str, Period]]:
        """The units with sites and the periods of which these tell: by figures, points or reports."""
        return frozenset(
            (site.unit, period)
            for site in self.sites
            if site.data
            for period in (
                *(one.period for one in site.data.increments),
                *(one.period for one in site.data.points),
                *(one.period for one in site.data.reports if one.reported),
            )
        )

    @cached_property
    def searched(self) -> Sequence[tuple[CollectedSite, SiteData]]:
        """The sites in which the search finds something: those that have an address. Each with its data."""
        return [(site, site.data) for site in self.sites if site.data and site.data.homepage]

    @property
    def is_searched_whole(self) -> bool:
        """Whether the search finds all their records, and not bulletins, promises and figures alone."""
        return sum(data.records for _, data in self.searched) <= MOST_SEARCHED

    @cached_property
    def ids(self) -> list[str]:
        """The ids of all sites from which data come, in order, also of those below the sites that were collected."""
        return sorted({one for site in self.sites if site.data for one in (site.data.id, *site.data.below) if one})

    @cached_property
    def digest(self) -> str:
        """A text that differs where anything differs: part of the key of what shows collected data."""
        return repr(self.sites)
