"""A large archive as several sites: one for each direct subordinate, below one for the units above them.

Sums, promises and searches come together again when the site above collects from the others (`collecting`). What two
units share can't be parted: where a record of one refers to a record of another, both stay in the site above.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import yaml

from ..archive import addresses
from ..archive.filing import Archive
from ..checks.targets import LinkTargets, linked_path, links_of
from ..problems.names import FIELDS
from ..records.record import Record
from ..records.vocabulary import Vocabulary, fold

SHARED = "shared"  # the folder of the word lists of all sites
_SHARED_LISTS = ("topics.yml", "indicators.yml", "sources.yml", "wording.yml")
_OWN_SETTINGS = ("name", "short", "language", "id", "parent", "editor", "extends", "vocabulary")

RawEntry = dict[str, Any]


@dataclass(frozen=True)
class Shard:
    """A site of a split archive: its folder, the word lists that are new, and the other files of its ``content/``."""

    name: str
    lists: Mapping[str, bytes]
    files: tuple[str, ...]


@dataclass(frozen=True)
class Split:
    """A split archive: the site above, those below it, the shared word lists, and the units that had to stay above."""

    above: Shard
    below: tuple[Shard, ...]
    shared: Mapping[str, bytes]
    staying: tuple[str, ...]


def split(archive: Archive, lists: Mapping[str, bytes], others: Iterable[str]) -> Split:
    """Split an archive of all records, published or not. ``lists`` are the files of its word lists by name.

    ``others`` are the paths of all other files in ``content/``; those that belong to no record stay above.
    """
    vocabulary = archive.vocabulary
    owners = _owners(vocabulary)
    records = (*archive.records, *archive.withdrawn)
    bound = {one for pair in _references(archive, records) if len({*map(owners.get, pair)}) > 1 for one in pair}
    staying = {owner for unit in bound if (owner := owners[unit])}
    has_records = {owners[record.unit] for record in records} - {"", *staying}
    places = {unit: owner if owner in has_records else "" for unit, owner in owners.items()}
    files: dict[str, list[str]] = defaultdict(list)
    taken: set[str] = set()
    for record in records:
        own = (record.content_path, *record.attachments)
        files[places[record.unit]] += own
        taken.update(own)
    files[""] += [path for path in others if path not in taken]
    own_lists = _Lists(lists, places)
    roots = [unit.slug for unit in vocabulary.units if unit.slug in has_records]
    top = next(unit.slug for unit in vocabulary.units if not places[unit.slug])
    above = Shard(top, own_lists.above(roots), tuple(files[""]))
    below = tuple(Shard(root, own_lists.below(root, vocabulary), tuple(files[root])) for root in roots)
    return Split(
        above, below, own_lists.shared(), tuple(unit.slug for unit in vocabulary.units if unit.slug in staying)
    )


def _owners(vocabulary: Vocabulary) -> Mapping[str, str]:
    """Return, for each unit, the unit directly below a top that it is, or is below; an empty text for the tops."""
    owners: dict[str, str] = {}
    due = [(unit.slug, "") for unit in vocabulary.units if not unit.parent]
    while due:
        unit, owner = due.pop()
        owners[unit] = owner
        due += [(child.slug, owner or child.slug) for child in vocabulary.children(unit)]
    return owners


def _references(archive: Archive, records: Sequence[Record]) -> Iterator[tuple[str, str]]:
    """Yield the units of each two records of which one refers to the other, and of a record and a unit's page."""
    targets = LinkTargets(archive)
    beside = {path: record for record in records for path in record.attachments}
    pages = {addresses.unit(unit.slug).strip("/"): unit.slug for unit in archive.vocabulary.units}
    for record in records:
        for outcome in record.outcomes:
            if other := archive.find(outcome.commitment.partition("#")[0]):
                yield record.unit, other.unit
        for link in links_of(record):
            path = link.address.partition("#")[0]
            if other := targets.record(record, path) or beside.get(linked_path(record, path)):
                yield record.unit, other.unit
            elif unit := pages.get(unquote(path).strip("/")):
                yield record.unit, unit


class _Lists:
    """The word lists of an archive, from which those of its sites are made. Comments in them are lost."""

    def __init__(self, files: Mapping[str, bytes], places: Mapping[str, str]) -> None:
        """``places`` gives the unit whose site a unit goes to, an empty text for the site above."""
        self.files = files
        self.places = {fold(unit): place for unit, place in places.items()}
        self.settings: RawEntry = _read(files["site.yml"])
        self.units: list[RawEntry] = _listed(_read(files["units.yml"]))
        self.periods: list[RawEntry] = _listed(_read(files.get("periods.yml", b"[]")))

    def shared(self) -> Mapping[str, bytes]:
        """Return the lists that all sites have, and the settings that are not one site's own."""
        own = {name for field in _OWN_SETTINGS for name in _spellings(field)}
        settings = {name: value for name, value in self.settings.items() if name not in own}
        lists = {name: data for name in _SHARED_LISTS if (data := self.files.get(name)) is not None}
        return {**lists, **({"site.yml": _written(settings)} if settings else {})}

    def above(self, roots: Sequence[str]) -> Mapping[str, bytes]:
        """Return the lists of the site above, with the units that have sites of their own below it."""
        own = {
            name: self.settings[name] for field in _OWN_SETTINGS for name in _spellings(field) if name in self.settings
        }
        there = {fold(root) for root in roots}
        units = [one for one in self.units if not self._place(one, "slug") or fold(_get(one, "slug")) in there]
        sites = [{"id": root, "unit": root, "where": f"../{root}/site"} for root in roots]
        return {
            "site.yml": _written({**own, "extends": f"../{SHARED}"}),
            "units.yml": _written(units),
            "sites.yml": _written(sites),
            **self._periods(lambda one: not self._place(one, "unit") or fold(_get(one, "unit")) in there),
        }

    def below(self, root: str, vocabulary: Vocabulary) -> Mapping[str, bytes]:
        """Return the lists of the site of a unit. With the address of the site above, it has one below that."""
        home = vocabulary.site.id or ""
        web = home if home.startswith(("https://", "http://")) else ""
        title = next(_get(one, "title") for one in self.units if fold(_get(one, "slug")) == fold(root))
        settings = {"name": title, "language": vocabulary.language, "id": f"{web.rstrip('/')}/{root}/" if web else root}
        units = [
            {name: value for name, value in one.items() if fold(_get(one, "slug")) != fold(root) or name not in _PARENT}
            for one in self.units
            if self._place(one, "slug") == root
        ]
        return {
            "site.yml": _written({**settings, **({"parent": web} if web else {}), "extends": f"../{SHARED}"}),
            "units.yml": _written(units),
            **self._periods(lambda one: not _get(one, "unit") or self._place(one, "unit") == root),
        }

    def _place(self, entry: RawEntry, field: str) -> str:
        return self.places.get(fold(str(_get(entry, field))), "")

    def _periods(self, holds: Callable[[RawEntry], bool]) -> Mapping[str, bytes]:
        periods = [one for one in self.periods if holds(one)]
        return {"periods.yml": _written(periods)} if periods else {}


def _spellings(field: str) -> tuple[str, ...]:
    return (field, *FIELDS.get(field, ()))


_PARENT = _spellings("parent")


def _get(entry: RawEntry, field: str) -> Any:
    return next((entry[name] for name in _spellings(field) if name in entry), "")


def _read(data: bytes) -> Any:
    """Read a list whose texts stay as they are written, numbers and dates too."""
    return yaml.load(data.decode("utf-8-sig"), Loader=yaml.CBaseLoader)


def _listed(value: Any) -> list[RawEntry]:
    return value if isinstance(value, list) else [value] if value else []


def _written(value: Any) -> bytes:
    text: str = yaml.dump(value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=120)
    return text.encode()
