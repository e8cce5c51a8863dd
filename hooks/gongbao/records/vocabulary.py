"""The word lists of a site, in which entries are found by the words that writers use."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Generic, Protocol, TypeVar

from ..problems.catalogue import Language
from ..problems.spelling import Spellings
from .indicators import Indicator
from .periods import Period
from .site_settings import SiteSettings
from .subordinates import SiteEntry
from .wordlists import HouseWord, PeriodEntry, SourceEntry, Topic, Unit, Words


@lru_cache(1 << 13)
def fold(name: str) -> str:
    """Return the form in which names are compared: Unicode's normal form C, case folded."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name.strip()).casefold())


class ListEntry(Protocol):
    """An entry of a lexicon."""

    @property
    def slug(self) -> str: ...
    @property
    def title(self) -> Words: ...


E_co = TypeVar("E_co", bound=ListEntry, covariant=True)


@dataclass(frozen=True)
class Lexicon(Generic[E_co]):
    """A word list. Entries are found by slug or alias, in any case, and iterated in the list's order.

    A ``broken`` list could not be read. Problems report that, and so a word that is not in the list is no problem.
    Indexing by a slug raises KeyError for an unknown slug.
    """

    entries: tuple[E_co, ...] = ()
    broken: bool = False

    @cached_property
    def _by_name(self) -> Mapping[str, E_co]:
        aliases = {fold(alias): entry for entry in self.entries for alias in aliases_of(entry)}
        return aliases | {fold(entry.slug): entry for entry in self.entries}

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {entry.slug: place for place, entry in enumerate(self.entries)}

    def __iter__(self) -> Iterator[E_co]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, slug: str) -> E_co:
        return self._by_name[fold(slug)]

    def find(self, name: str) -> E_co | None:
        """Return the entry with this slug or alias, or None."""
        return self._by_name.get(fold(name))

    def meant(self, name: str) -> E_co | None:
        """Return the only entry with this slug, alias, title or short title, or None.

        Unlike for `find`, spaces, width and quotation marks do not count.
        """
        found = self._by_bare_name.get(_bare(name), ())
        # The code of an entry that has it in common with another one may mean that other.
        return found[0] if len(found) == 1 and self.find(found[0].slug) is found[0] else None

    @cached_property
    def _by_bare_name(self) -> Mapping[str, list[E_co]]:
        found: dict[str, list[E_co]] = {}
        for entry in self.entries:
            for name in {_bare(name) for name in (entry.slug, *spoken_names(entry))}:
                found.setdefault(name, []).append(entry)
        return found

    def near(self, name: str) -> str:
        """Return the slug of the entry with the slug, alias or title most like a wrong word, or an empty text."""
        spelling = self._spellings.near(name)
        return self._by_any_name[spelling].slug if spelling else ""

    @cached_property
    def _by_any_name(self) -> Mapping[str, E_co]:
        titles = {fold(title): entry for entry in self.entries for title in _titles_of(entry)}
        return titles | dict(self._by_name)

    @cached_property
    def _spellings(self) -> Spellings:
        return Spellings(self._by_any_name)

    def of_slugs(self, slugs: Iterable[str]) -> list[E_co]:
        """Return the entries with these slugs, each once, in the list's order."""
        return [self.entries[place] for place in sorted({self._places[slug] for slug in slugs if slug in self._places})]

    def place(self, slug: str) -> int:
        """Return the place of a slug in the list, from 0. Pages show things in this order."""
        return self._places[slug]


def aliases_of(entry: ListEntry) -> tuple[str, ...]:
    """Return the other names of an entry; entries of some lists have none."""
    aliases: tuple[str, ...] = getattr(entry, "aliases", ())
    return aliases


def _bare(title: str) -> str:
    return re.sub(r"[\s\"'“”‘’「」『』]", "", unicodedata.normalize("NFKC", title)).casefold()


def spoken_names(entry: ListEntry) -> tuple[str, ...]:
    """Return the words by which texts name an entry: its aliases and titles."""
    return (*aliases_of(entry), *_titles_of(entry))


def _titles_of(entry: ListEntry) -> tuple[str, ...]:
    short: Words | None = getattr(entry, "short", None)
    return (*entry.title.every(), *(short.every() if short else ()))


@dataclass(frozen=True)
class Vocabulary:
    """All word lists of a site."""

    site: SiteSettings
    topics: Lexicon[Topic] = Lexicon()
    units: Lexicon[Unit] = Lexicon()
    indicators: Lexicon[Indicator] = Lexicon()
    sources: Lexicon[SourceEntry] = Lexicon()
    periods: tuple[PeriodEntry, ...] = ()
    wording: tuple[HouseWord, ...] = ()
    sites: tuple[SiteEntry, ...] = ()
    period_lines: tuple[int, ...] = ()  # where the entries of ``periods.yml`` begin
    digest: bytes = b""  # of the files that the lists were read from

    @property
    def language(self) -> Language:
        """The site's language."""
        return self.site.language

    @property
    def usable(self) -> bool:
        """Whether all lists could be read."""
        return not any(lexicon.broken for lexicon in (self.topics, self.units, self.indicators, self.sources))

    @cached_property
    def period_entries(self) -> Mapping[tuple[Period, str | None], PeriodEntry]:
        """The first line of ``periods.yml`` for each period and unit; the unit is None for a period as a whole."""
        return {(entry.period, entry.unit): entry for entry in reversed(self.periods)}

    def period_entry(self, period: Period) -> PeriodEntry | None:
        """Return what ``periods.yml`` says of a period as a whole, or None."""
        return self.period_entries.get((period, None))

    def holds_back(self, period: Period) -> bool:
        """Whether ``periods.yml`` lists a period without the day of its publication."""
        entry = self.period_entry(period)
        return entry is not None and entry.published is None

    def unit_title(self, slug: str) -> str:
        """Return a unit's name, in the site's language."""
        return self.units[slug].title.text(self.language)

    def unit_short(self, slug: str) -> str:
        """Return a unit's short name, or its name if it has no short one, in the site's language."""
        return self.units[slug].short_title.text(self.language)

    def topic_title(self, slug: str) -> str:
        """Return a topic's name, in the site's language."""
        return self.topics[slug].title.text(self.language)

    def children(self, unit: str) -> Sequence[Unit]:
        """Return a unit's direct subordinates, in the list's order."""
        return self._children.get(unit, ())

    @cached_property
    def meaning(self) -> str:
        """A digest of what the slugs of units and indicators mean. Sites with the same one can be added up."""
        units = [(one.slug, one.parent) for one in self.units]
        indicators = [
            (
                one.slug,
                one.unit,
                one.basis,
                one.aggregate,
                [(d.from_.id if d.from_ else "", d.text) for d in one.definition],
            )
            for one in self.indicators
        ]
        text = json.dumps([sorted(units, key=str), sorted(indicators)], ensure_ascii=False)
        return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"

    @cached_property
    def units_with_sites(self) -> frozenset[str]:
        """The slugs of the units that have a site of their own, which this one collects from."""
        return frozenset(self.units[one.unit].slug for one in self.sites)

    @cached_property
    def _children(self) -> Mapping[str, Sequence[Unit]]:
        children: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units:
            if unit.parent:
                children[unit.parent].append(unit)
        return children
