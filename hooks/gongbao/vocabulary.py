"""The word lists of a site: its settings, topics, units, indicators, sources and periods."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Generic, Protocol, Self, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from . import names
from .fields import (
    RESERVED_SLUGS,
    Aggregate,
    Basis,
    Day,
    LanguageField,
    Line,
    Model,
    Number,
    OneOrMore,
    PeriodField,
    Slug,
    Str,
    fault,
)
from .periods import Period
from .wording import Language
from .yamltree import Table, Text


def fold(name: str) -> str:
    """Return the form in which names are compared: normal form C, without case."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name.strip()).casefold())


class Words(Model):
    """A text in one or both languages."""

    zh: Line | None = None
    en: Line | None = None

    def text(self, language: Language) -> str:
        """Return the text in the language, else in the other one."""
        return (self.zh if language == "zh" else self.en) or self.zh or self.en or ""

    def every(self) -> tuple[str, ...]:
        """Return the texts of both languages."""
        return tuple(text for text in (self.zh, self.en) if text)

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.every():
            raise fault("field.missing", name="zh")
        return self


def _both(value: object) -> object:
    """Take a bare text for both languages."""
    if not isinstance(value, Text):
        return value
    table = Table.at(value.mark)
    table["zh"], table.keys_at["zh"] = value, value.mark
    return table


WordsField = Annotated[Words, BeforeValidator(_both)]


def _not_reserved(slug: str) -> str:
    if slug.casefold() in RESERVED_SLUGS:
        raise fault("slug.reserved")
    return slug


OwnSlug = Annotated[Slug, AfterValidator(_not_reserved)]


class Site(Model):
    """``site.yml``: the settings of the site that concern its content."""

    name: WordsField
    short: WordsField | None = None
    language: LanguageField = "zh"
    issuer: WordsField | None = None
    contact: Line | None = None
    licence: Line | None = None
    id: Line | None = None
    as_of: Day | None = None


class Topic(Model):
    """A topic; its place in the list is its place in every bulletin."""

    slug: OwnSlug
    title: WordsField
    aliases: Annotated[tuple[Line, ...], OneOrMore] = ()
    description: WordsField | None = None


class Span(Model):
    """From when to when a unit reports."""

    from_: Annotated[PeriodField | None, Field(alias="from")] = None
    to: PeriodField | None = None


class Unit(Model):
    """A unit that reports."""

    slug: OwnSlug
    title: WordsField
    short: WordsField | None = None
    aliases: Annotated[tuple[Line, ...], OneOrMore] = ()
    parent: Slug | None = None
    level: Line | None = None
    from_: Annotated[Line | None, Field(alias="from")] = None
    to: Line | None = None
    formerly: Annotated[tuple[Line, ...], OneOrMore] = ()
    reports: Span | None = None
    identity: Line | None = None
    description: WordsField | None = None


class Range(Model):
    """The values an indicator can sensibly have."""

    min: Number | None = None
    max: Number | None = None


class Indicator(Model):
    """A figure that is followed through the halves."""

    slug: OwnSlug
    title: WordsField
    unit: Line
    also: Annotated[tuple[Line, ...], OneOrMore] = ()
    basis: Basis = "period"
    aggregate: Aggregate = "none"
    topic: Slug | None = None
    definition: Str | None = None
    range: Range | None = None
    aliases: Annotated[tuple[Line, ...], OneOrMore] = ()


class SourceEntry(Model):
    """A document that facts come from."""

    slug: OwnSlug
    title: WordsField
    publisher: Line | None = None
    date: Day | None = None
    url: Line | None = None
    note: Line | None = None


class Waiver(Model):
    """A rule that does not count for one field, and why."""

    rule: Line
    reason: Line
    field: Line | None = None


class PeriodEntry(Model):
    """What ``periods.yml`` says of a period, of all units or of one."""

    period: PeriodField
    unit: Slug | None = None
    due: Day | None = None
    submitted: Day | None = None
    published: Day | None = None
    number: Line | None = None
    title: WordsField | None = None
    notice: WordsField | None = None
    allow: Annotated[tuple[Waiver, ...], OneOrMore] = ()


class Entry(Protocol):
    """What a lexicon holds."""

    @property
    def slug(self) -> str: ...
    @property
    def title(self) -> Words: ...


E_co = TypeVar("E_co", bound=Entry, covariant=True)


@dataclass(frozen=True)
class Lexicon(Generic[E_co]):
    """A word list, looked up by slug or alias without regard to case; iterated in its own order.

    ``broken`` is a list that could not be read: its own problems are told, and nobody is blamed for words that
    it does not hold.
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
        """Return the entry that a writer's word names, or None."""
        return self._by_name.get(fold(name))

    def near(self, name: str) -> str:
        """Return the slug of the entry whose slug, alias or title a wrong word is most like, or nothing."""
        titles = {fold(title): entry for entry in self.entries for title in _titles_of(entry)}
        known = titles | dict(self._by_name)
        spelling = names.near(name, known)
        return known[spelling].slug if spelling else ""

    def place(self, slug: str) -> int:
        """Return the place of a slug in the list: the order in which pages show things."""
        return self._places[slug]


def aliases_of(entry: Entry) -> tuple[str, ...]:
    """Return the other names of an entry, where its kind has any."""
    aliases: tuple[str, ...] = getattr(entry, "aliases", ())
    return aliases


def _titles_of(entry: Entry) -> tuple[str, ...]:
    short: Words | None = getattr(entry, "short", None)
    return (*entry.title.every(), *(short.every() if short else ()))


@dataclass(frozen=True)
class Vocabulary:
    """All word lists of a site."""

    site: Site
    topics: Lexicon[Topic] = Lexicon()
    units: Lexicon[Unit] = Lexicon()
    indicators: Lexicon[Indicator] = Lexicon()
    sources: Lexicon[SourceEntry] = Lexicon()
    periods: tuple[PeriodEntry, ...] = ()

    @property
    def language(self) -> Language:
        """The site's language."""
        return self.site.language

    def period_entry(self, period: Period) -> PeriodEntry | None:
        """Return what ``periods.yml`` says of a period as a whole, or None."""
        return next((entry for entry in self.periods if entry.period == period and entry.unit is None), None)

    def holds_back(self, period: Period) -> bool:
        """Whether ``periods.yml`` lists a period without saying that it is published."""
        entry = self.period_entry(period)
        return entry is not None and entry.published is None

    def children(self, unit: str) -> Iterable[Unit]:
        """Return a unit's direct subordinates, in the list's order."""
        return (child for child in self.units if child.parent == unit)
