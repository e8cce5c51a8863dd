"""The entries of the word lists, which are the YAML files directly in ``content/``.

Those of ``indicators.yml`` are in `indicators`, and what ``site.yml`` says in `site_settings`.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from ..problems.catalogue import Language
from .fields import (
    RESERVED_SLUGS,
    Line,
    OneOrMore,
    PatternField,
    ProblemLevel,
    Slug,
    Url,
    as_mapping,
    field_error,
)
from .models import Model
from .time_fields import Day, PeriodField, WholeDay


class Words(Model):
    """A text in one or both languages."""

    zh: Line | None = None
    en: Line | None = None

    def text(self, language: Language) -> str:
        """Return the text in the language, or in the other one if it is missing."""
        return (self.zh if language == "zh" else self.en) or self.zh or self.en or ""

    def every(self) -> tuple[str, ...]:
        """Return the texts of both languages."""
        return tuple(text for text in (self.zh, self.en) if text)

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.every():
            raise field_error("field.missing", name="zh")
        return self


def _both(value: object) -> object:
    """Return a bare text as words in Chinese; they then count for both languages."""
    return as_mapping("zh", value)


WordsField = Annotated[Words, BeforeValidator(_both)]


def _not_reserved(slug: str) -> str:
    if slug.casefold() in RESERVED_SLUGS:
        raise field_error("slug.reserved")
    return slug


OwnSlug = Annotated[Slug, AfterValidator(_not_reserved)]


class Topic(Model):
    """A topic. Bulletins show topics in the list's order."""

    slug: OwnSlug
    title: WordsField
    aliases: Annotated[tuple[Line, ...], OneOrMore] = ()
    description: WordsField | None = None


class ReportingSpan(Model):
    """The periods in which a unit reports: from the first to the last; without a last one, still."""

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
    reports: ReportingSpan | None = None
    identity: Line | None = None
    description: WordsField | None = None

    @property
    def short_title(self) -> Words:
        """The short name, or the name if there is no short one."""
        return self.short or self.title


class SourceEntry(Model):
    """A document that facts come from."""

    slug: OwnSlug
    title: WordsField
    publisher: Line | None = None
    date: Day | None = None
    url: Url | None = None
    note: Line | None = None


class Waiver(Model):
    """A rule that does not count for one field (or for the whole record, without a field), and why."""

    rule: Line
    reason: Line
    field: Line | None = None


class PeriodEntry(Model):
    """What ``periods.yml`` says of a period, for all units or for one."""

    period: PeriodField
    unit: Slug | None = None
    due: WholeDay | None = None
    submitted: WholeDay | None = None
    published: WholeDay | None = None
    number: Line | None = None
    title: WordsField | None = None
    notice: WordsField | None = None
    allow: Annotated[tuple[Waiver, ...], OneOrMore] = ()


class HouseWord(Model):
    """An entry of ``wording.yml``: a form that the house does not use, the form that it uses instead, and why.

    Or a ``pattern`` for what it does not use, the ``message`` about it, and the ``level`` of such a problem.
    """

    wrong: Line | None = None
    right: Line | None = None
    reason: Line | None = None
    pattern: PatternField | None = None
    message: Line | None = None
    level: ProblemLevel | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        needed = ("pattern", "message") if self.pattern or self.message or self.level else ("wrong", "right")
        for name in needed:
            if getattr(self, name) is None:
                raise field_error("field.missing", name=name)
        if self.pattern and (self.wrong or self.right):
            raise field_error("pattern.word")
        return self
