"""What the files of one subordinate's site say, read for its superior's site."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urljoin

from ..archive import addresses
from ..archive.collected import RefusedIndicator, SiteData, SitePoint, SiteReports
from ..archive.increments import Increment
from ..archive.ledger import PROMISE_STATUSES
from ..data.package import RECORDS_FILE
from ..data.rows import Row
from ..records.indicators import Indicator
from ..records.periods import Period
from ..records.subordinates import SiteEntry
from ..records.vocabulary import Vocabulary
from .site_packages import TABLES_NEEDED, NotTaken, SitePackage
from .site_tables import amount_in, check_references, count_in, period_in, read_records, read_table

_POINTS = 3  # of each half


@dataclass(frozen=True)
class SiteFiles:
    """The files of a site: its data package, its tables by name, and its records."""

    package: SitePackage
    tables: Mapping[str, Sequence[Row]]
    records: Sequence[Mapping[str, Any]]


def read_files(package: SitePackage, content: Callable[[str], bytes]) -> SiteFiles:
    """Read the files of a site. ``content`` gives the bytes of one. Raises NotTaken, and what ``content`` raises."""
    tables = {name: read_table(name, content(f"{name}.csv")) for name in TABLES_NEEDED}
    check_references(tables)
    return SiteFiles(package, tables, [*read_records(content(RECORDS_FILE))])


def data_of(files: SiteFiles, site: SiteEntry, vocabulary: Vocabulary, day: date) -> SiteData:
    """Return what pages and sums take from a site on a day. Raises NotTaken."""
    package, tables = files.package, files.tables
    if site.unit not in {row["unit"] for row in tables["units"]}:
        raise NotTaken("broken", "collect-unit", unit=site.unit)
    for row in tables["rollup"]:
        first = period_in(row["period_id"], "rollup.csv").first_day
        if first and first > day:
            raise NotTaken("broken", "collect-future", period=row["period_id"])
    refused = tuple(_refused(tables["indicators"], tables["definitions"], vocabulary))
    left = {one.slug for one in refused}
    halves = [period_in(str(one["period"]), RECORDS_FILE) for one in files.records]
    dated = [half for half in halves if half.year is not None and half.part != "year"]
    statuses = Counter(row["status"] for row in tables["commitments"])
    return SiteData(
        id=package.id,
        homepage=package.homepage,
        version=package.version,
        as_of=package.as_of,
        vocabulary=package.vocabulary,
        newest=max(dated, key=lambda half: half.order, default=None),
        increments=tuple(
            Increment(
                site.unit,
                row["indicator"],
                period_in(row["period_id"], "rollup.csv"),
                amount_in(row["amount"], "rollup.csv"),
                count_in(row["reported"], "rollup.csv"),
                count_in(row["inexact"], "rollup.csv"),
                amount_in(row["low"], "rollup.csv"),
                amount_in(row["high"], "rollup.csv"),
                count_in(row["no_low"], "rollup.csv"),
                count_in(row["no_high"], "rollup.csv"),
            )
            for row in tables["rollup"]
            if row["unit"] == site.unit and row["indicator"] not in left
        ),
        points=tuple(_points(files)),
        promises=tuple((status, statuses[status]) for status in PROMISE_STATUSES if statuses[status]),
        reports=tuple(_reports(tables["expectations"])),
        refused=refused,
        corrections=len(tables["corrections"]),
        below=package.below,
        periods=tuple(sorted({*halves}, key=lambda half: half.order)),
        topics=tuple(sorted({topic for one in files.records for topic in one["topics"]})),
        kinds=tuple(sorted({one["kind"] for one in files.records})),
        records=len(files.records),
    )


def _refused(listed: Iterable[Row], defined: Iterable[Row], vocabulary: Vocabulary) -> Iterator[RefusedIndicator]:
    """Yield each indicator that means something else there than here, or that is not listed here."""
    definitions: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in defined:
        definitions[row["indicator"]].add((row["defined_from"], row["definition"]))
    for row in listed:
        slug = row["indicator"]
        own = vocabulary.indicators.find(slug)
        if own is None or own.slug != slug:
            yield RefusedIndicator(slug, "unknown")
            continue
        differing = [name for name, value in _meaning(own).items() if row[name] != value]
        if definitions[slug] != _definitions(own):
            differing.append("definition")
        if differing:
            yield RefusedIndicator(slug, differing[0])


def _meaning(indicator: Indicator) -> Mapping[str, str]:
    return {"measure": indicator.unit, "basis": indicator.basis, "aggregate": indicator.aggregate}


def _definitions(indicator: Indicator) -> set[tuple[str, str]]:
    return {(one.from_.id if one.from_ else "", one.text) for one in indicator.definition}


def _reports(expectations: Iterable[Row]) -> Iterator[SiteReports]:
    states: dict[Period, Counter[str]] = defaultdict(Counter)
    for row in expectations:
        states[period_in(row["period_id"], "expectations.csv")][row["report_state"]] += 1
    for half, counted in sorted(states.items(), key=lambda item: item[0].order):
        yield SiteReports(half, counted.total(), counted.total() - counted["missing"], counted["late"])


def _points(files: SiteFiles) -> Iterator[SitePoint]:
    """Yield the main points of each half, a few of each, in the site's own order."""
    told: Counter[str] = Counter()
    for one in files.records:
        period = str(one["period"])
        if one["highlight"] and told[period] < _POINTS:
            told[period] += 1
            url = _link(str(one["url"]), files.package.homepage)
            yield SitePoint(period_in(period, RECORDS_FILE), str(one["title"]), str(one["summary"]), url)


def _link(url: str, homepage: str) -> str:
    """Return the address of a record as pages may link it: within the site. Raises NotTaken for any other."""
    if not homepage:
        return ""
    linked = urljoin(f"{homepage}{addresses.DATA}", url)
    if not linked.startswith(homepage) or ".." in linked:
        raise NotTaken("hostile", "collect-address", file=RECORDS_FILE, text=url)
    return linked
