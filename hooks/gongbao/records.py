"""A record and its parts: immutable values, without reading, without a clock.

The field names and their meaning are the record format's; `Header` is what a writer fills in, `Record` is the
header with its place in the archive and its text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from .fields import (
    BareValue,
    Bound,
    Context,
    DatingBasis,
    Day,
    Due,
    Flag,
    Kind,
    Line,
    Model,
    Number,
    OneOrMore,
    PeriodField,
    Slug,
    Status,
    Str,
    Summary,
    Title,
    Url,
    fault,
)
from .measures import convertible
from .names import english_field
from .periods import Period
from .problems import Mark
from .vocabulary import Waiver
from .yamltree import Items, Node, Table


def _known(kind: str) -> Callable[[str, ValidationInfo], str]:
    """Make a validator that resolves a word of the writer's to its slug in one word list."""

    def resolve(name: str, info: ValidationInfo) -> str:
        context: Context = info.context  # type: ignore[assignment]
        lexicon = getattr(context.vocabulary, f"{kind}s")
        entry = lexicon.find(name)
        if lexicon.broken:
            return name
        if entry is None:
            raise fault(f"ref.{kind}", suggestion=lexicon.near(name))
        slug: str = entry.slug
        return slug

    return resolve


TopicRef = Annotated[Line, AfterValidator(_known("topic"))]
UnitRef = Annotated[Line, AfterValidator(_known("unit"))]
IndicatorRef = Annotated[Line, AfterValidator(_known("indicator"))]
SourceRef = Annotated[Line, AfterValidator(_known("source"))]


class Measured(Model):
    """What names a figure: an indicator of the word list, or a label of its own; and its unit of measure."""

    indicator: IndicatorRef | None = None
    label: Line | None = None
    unit: Line | None = None

    @field_validator("label")
    @classmethod
    def _one_name(cls, label: str | None, info: ValidationInfo) -> str | None:
        if label and info.data.get("indicator"):
            raise fault("field.conflict", other="indicator")
        return label

    @field_validator("unit")
    @classmethod
    def _same_dimension(cls, unit: str | None, info: ValidationInfo) -> str | None:
        slug = info.data.get("indicator")
        context: Context = info.context  # type: ignore[assignment]
        indicator = context.vocabulary.indicators.find(slug) if slug else None
        if unit and indicator and unit not in indicator.also and not convertible(unit, indicator.unit):
            allowed = "、".join((indicator.unit, *indicator.also))
            raise fault("ref.measure", suggestion=indicator.unit, allowed=allowed, indicator=indicator.slug)
        return unit

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not self.indicator and not self.label:
            raise fault("field.conflict", other="")
        return self


class Amount(Model):
    """A number with its bound; a bare number in the record is its value."""

    value: Number
    bound: Bound = "exact"


class Part(Model):
    """A part of a figure: one of all (`parts`) or one of some (`among`)."""

    label: Line
    value: Number
    unit: Line | None = None
    bound: Bound = "exact"


class Base(Model):
    """The base of a share; its value may be unknown."""

    label: Line | None = None
    value: Number | None = None
    unit: Line | None = None
    bound: Bound = "exact"


AmountField = Annotated[Amount, BareValue]


class Figure(Measured):
    """One figure, as its source printed it; values are exact decimals in ``unit``, shares in percent."""

    value: Number | None = None
    bound: Bound = "exact"
    printed: Line | None = None
    target: AmountField | None = None
    completion: AmountField | None = None
    parts: Annotated[tuple[Part, ...], OneOrMore] = ()
    among: Annotated[tuple[Part, ...], OneOrMore] = ()
    of: Annotated[Base, BareValue] | None = None
    percent: AmountField | None = None
    previous: AmountField | None = None
    change: AmountField | None = None
    rank: Number | None = None
    for_: Annotated[PeriodField | None, Field(alias="for")] = None
    as_of: Day | None = None
    doubt: Line | None = None
    note: Line | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        says = (self.value, self.percent, self.rank, self.completion, self.change, self.previous)
        if all(part is None for part in says) and not self.parts and not self.among:
            raise fault("field.missing", name="value")
        return self


class Target(Measured):
    """The number that a commitment promises."""

    value: Number
    bound: Bound = "exact"


class Commitment(Model):
    """One promise of a plan."""

    id: Slug
    text: Line
    due: Due
    topic: TopicRef | None = None
    target: Target | None = None


class Outcome(Model):
    """What became of a commitment; ``commitment`` is a record's id, ``#`` and the commitment's own."""

    commitment: Line
    status: Status
    value: Number | None = None
    unit: Line | None = None
    due: Due | None = None
    note: Line | None = None


class Source(Model):
    """Where the facts of a record come from."""

    ref: SourceRef | None = None
    title: Line | None = None
    section: Line | None = None
    url: Url | None = None
    note: Line | None = None


class Correction(Model):
    """A correction made in the open."""

    date: Day
    text: Line
    was: Str | None = None
    now: Str | None = None


class Withdrawal(Model):
    """Why a record was taken back."""

    date: Day
    reason: Line


class Dating(Model):
    """How the year of a record is known."""

    basis: DatingBasis
    evidence: Line | None = None
    candidates: Annotated[tuple[Line, ...], OneOrMore] = ()


class Header(Model):
    """The fields of a record as its writer fills them in (all but the text)."""

    title: Title
    unit: UnitRef | None = None
    topics: Annotated[tuple[TopicRef, ...], OneOrMore, Field(min_length=1, max_length=5)] = ()
    kind: Kind = "done"
    date: Day | None = None
    dating: Dating | None = None
    summary: Summary | None = None
    highlight: Flag = False
    figures: Annotated[tuple[Figure, ...], OneOrMore] = ()
    commitments: Annotated[tuple[Commitment, ...], OneOrMore] = ()
    outcomes: Annotated[tuple[Outcome, ...], OneOrMore] = ()
    source: Annotated[tuple[Source, ...], OneOrMore] = ()
    corrections: Annotated[tuple[Correction, ...], OneOrMore] = ()
    withdrawn: Withdrawal | None = None
    allow: Annotated[tuple[Waiver, ...], OneOrMore] = ()
    draft: Flag = False
    aliases: Annotated[tuple[Line, ...], OneOrMore] = ()
    lang: Line | None = None


class Record(Header):
    """A record in its place in the archive, with its text (Markdown) and where it was read."""

    unit: str  # a header may leave it out where the site has one unit
    period: Period
    slug: str
    text: str
    text_line: int
    path: str
    attachments: tuple[str, ...]
    tree: Table

    @property
    def id(self) -> str:
        """``2014-h1/swimming-meet``."""
        return f"{self.period.id}/{self.slug}"

    @property
    def topic(self) -> str | None:
        """The main topic, or None for an overview without any."""
        return self.topics[0] if self.topics else None

    def mark(self, *path: str | int) -> Mark:
        """Return the place of a field, such as ``"outcomes", 0, "commitment"``."""
        return place_of(self.tree, path)


def child(tree: Node, step: str | int) -> Node | None:
    """Return the node below another one, by English name or by place, or None."""
    if isinstance(tree, Table) and isinstance(step, str):
        return next((tree[key] for key in tree if english_field(key, {step}) == step), None)
    if isinstance(tree, Items) and isinstance(step, int) and step < len(tree):
        return tree[step]
    return tree if step == 0 else None  # a single one written without a list


def place_of(tree: Node, path: Sequence[str | int]) -> Mark:
    """Return the place of the node at a path of English names, or of the nearest one above it that exists."""
    for step in path:
        below = child(tree, step)
        if below is None:
            break
        tree = below
    return tree.mark
