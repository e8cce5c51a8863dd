"""The collection of one subordinate's site: what it has now is fetched, held against what it had, and kept."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

from ..archive.collected import Collected, CollectedSite, SiteData, SiteState, StateReason
from ..data.package import PACKAGE_FILE
from ..parallel import Progress
from ..records.periods import Period
from ..records.subordinates import SiteEntry
from ..records.vocabulary import Vocabulary
from .changed_past import changed_past
from .fetching import FetchData, TooLong, fetching
from .kept_sites import data_folder, load_site, save_files, save_site
from .signatures import check_signature
from .site_data import SiteFiles, data_of, read_files
from .site_packages import LARGEST_PACKAGE, NEEDED, NotTaken, SitePackage, check_file, is_as_stated, read_package, shown

_AT_ONCE = 4  # sites, whose tables are in memory together


def collect_all(
    folder: Path, project: Path, vocabulary: Vocabulary, day: date, progress: Progress | None = None
) -> Collected:
    """Collect all sites into a folder, and return what became of them. ``day`` is today. Raises OSError if that
    can't be written.
    """
    sites = vocabulary.sites
    found: list[CollectedSite] = []
    owners: dict[str, str] = {}
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for done, one in enumerate(pool.map(lambda site: collect(folder, project, site, vocabulary, day), sites), 1):
            name = one.data.id if one.data else ""
            if name and owners.setdefault(name, one.id) != one.id:  # it would count twice
                one = _kept(folder, replace(one, data=None), "hostile", _because("collect-same", id=owners[name]), day)
            found.append(one)
            if progress:
                progress("collecting", len(sites), done)
    return Collected(tuple(found))


def collect(folder: Path, project: Path, site: SiteEntry, vocabulary: Vocabulary, day: date) -> CollectedSite:
    """Collect a site into the folder of all, and return what became of it. Raises OSError if that can't be written."""
    before = load_site(folder, site)
    try:
        with fetching(site.where, project) as fetch:
            files, content = _fetched(fetch, data_folder(folder, site.id), site)
        data = data_of(files, site, vocabulary, day)
        _check_kinship(data, files.package, vocabulary)
        if before.data and before.data.id != data.id:
            raise NotTaken("past", "collect-other", id=data.id)
        if before.data and (changed := _changed(data_folder(folder, site.id), files)):
            raise NotTaken("past", "collect-past", record=changed)
    except NotTaken as refused:
        return _kept(folder, before, refused.state, refused.why, day)
    except OSError as error:
        return _kept(folder, before, "missing", _because("collect-missing", reason=str(error)), day)
    except (ValueError, LookupError, TypeError, ArithmeticError, RecursionError):  # whatever a stranger thinks of
        return _kept(folder, before, "broken", _because("collect-read", file=PACKAGE_FILE), day)
    save_files(data_folder(folder, site.id), content.items())
    awaited = _awaited(site, data, vocabulary, day)
    why = _because("collect-late", period=awaited.id) if awaited else None
    return _kept(folder, replace(before, data=data), "late" if awaited else "fresh", why, day)


def _because(label: str, **values: str) -> StateReason:
    return StateReason(label, tuple((name, shown(value)) for name, value in values.items()))


def _kept(folder: Path, site: CollectedSite, state: SiteState, why: StateReason | None, day: date) -> CollectedSite:
    since = site.since if site.since and site.state == state else day.isoformat()
    now = replace(site, state=state, since=since, why=why)
    save_site(folder, now)
    return now


def _fetched(fetch: FetchData, kept: Path, site: SiteEntry) -> tuple[SiteFiles, Mapping[str, bytes]]:
    """Return what a site has now, and its files. Of these, only what differs from those that are kept is fetched."""
    try:
        package_file = fetch(PACKAGE_FILE, LARGEST_PACKAGE)
        content = {**check_signature(package_file, fetch, site.key), PACKAGE_FILE: package_file}
        package = read_package(package_file)
        for name in NEEDED:
            stated = package.files[name]
            if not (known := _read(kept / name)) or not is_as_stated(known, stated):
                known = fetch(name, stated.size)
                check_file(name, known, stated)
            content[name] = known
    except TooLong as error:
        raise NotTaken("hostile", "collect-large", file=str(error)) from error
    return read_files(package, content.__getitem__), content


def _read(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""


def _check_kinship(data: SiteData, package: SitePackage, vocabulary: Vocabulary) -> None:
    """Raise NotTaken for a site that is above itself, or that has collected what this site publishes."""
    own = vocabulary.site.id or ""
    if own and own in (data.id, *data.below):
        raise NotTaken("hostile", "collect-own", id=own)
    if data.id and data.id in (package.parent, *data.below):
        raise NotTaken("hostile", "collect-circle-of-sites", id=data.id)


def _changed(kept: Path, now: SiteFiles) -> str:
    """Return the record of which a site told something else when it was collected last, or an empty text."""
    try:
        package = read_package(_read(kept / PACKAGE_FILE))
        return changed_past(read_files(package, lambda name: _read(kept / name)), now)
    except NotTaken:  # somebody has changed what was kept, or another version has written it
        return ""


def _awaited(site: SiteEntry, data: SiteData, vocabulary: Vocabulary, day: date) -> Period | None:
    """Return the newest half that was due by a day, by the lines of ``periods.yml``, if a site does not tell of it."""
    lines = (one for one in vocabulary.periods if one.unit in (None, site.unit) and one.period.part != "year")
    due = [one.period for one in lines if one.due and one.due.last and one.due.last < day]
    newest = max(due, key=lambda half: half.order, default=None)
    return newest if newest and (data.newest is None or data.newest.order < newest.order) else None
