"""A record and its parts: immutable values, without reading, without a clock.

The field names and their meaning are the record format's; `Header` is what a writer fills in, `Record` is the
header with its place in the archive and its text.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from ..problems.problem import Mark
from .fields import (
    DatingBasis,
    Distinct,
    Flag,
    KindField,
    Line,
    Number,
    OneOrMore,
    Slug,
    StatusField,
    Str,
    Summary,
    Title,
    Url,
    Year,
    field_error,
)
from .models import Model
from .nodes import node_at, tree_of
from .periods import Period
from .quantities import Figure, Target
from .references import SourceRef, TopicRef, UnitRef
from .time_fields import Day, Due
from .wordlists import Waiver
from .yamltree import Node


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
    status: StatusField
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
    candidates: Annotated[tuple[Year, ...], OneOrMore] = ()

    @model_validator(mode="after")
    def _shown(self) -> Self:
        if self.inferred and not self.evidence:
            raise field_error("field.missing", name="evidence")
        return self

    @property
    def inferred(self) -> bool:
        """Whether the source does not state the year, and an editor inferred it."""
        return self.basis == "inferred"


class Header(Model):
    """The fields of a record as its writer fills them in; ``body`` is the text of a plain YAML record."""

    title: Title
    unit: UnitRef | None = None
    topics: Annotated[tuple[TopicRef, ...], OneOrMore, Field(min_length=1, max_length=5), Distinct] = ()
    kind: KindField = "done"
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
    body: Str | None = None

    @property
    def is_work(self) -> bool:
        """Whether it tells of work that was done, as most records do: pages name the kind of the others alone."""
        return self.kind == "done"


RECORD_ENDINGS = (".md", ".yml", ".yaml")  # of the files that are records

# The parts of a record that have fields of their own.
PARTS: Mapping[str, type[Model]] = {
    "figures": Figure,
    "commitments": Commitment,
    "outcomes": Outcome,
    "source": Source,
    "corrections": Correction,
    "withdrawn": Withdrawal,
    "dating": Dating,
    "allow": Waiver,
}


class Record(Header):
    """A record in its place in the archive, with its text (Markdown) and where it was read."""

    unit: str  # a header may leave it out where the site has one unit
    period: Period
    slug: str
    text: str
    text_line: int
    path: str
    attachments: tuple[str, ...]
    source_text: str  # its fields as they stand in the file, from line `source_line` on
    source_line: int
    digest: bytes  # of its file, of where it lies, and of the names of what lies beside it

    @cached_property
    def id(self) -> str:
        """``2014-h1/swimming-meet``."""
        return f"{self.period.id}/{self.slug}"

    @property
    def topic(self) -> str | None:
        """The main topic, or None for an overview without any."""
        return self.topics[0] if self.topics else None

    @property
    def content_path(self) -> str:
        """Its file's path within ``content/``: ``2014/h1/swimming-meet.md``."""
        return self.path.partition("/")[2]

    def mark(self, *path: str | int) -> Mark:
        """Return the place of a field, such as ``"outcomes", 0, "commitment"``."""
        return self.node(*path).mark

    def node(self, *path: str | int) -> Node:
        """Return the node of a field in the tree of its file, or the nearest one above it that exists."""
        return node_at(tree_of(self.source_text, self.path, self.source_line), path)
