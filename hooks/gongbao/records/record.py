"""A record and its parts, as immutable values.

The record format defines the fields and their meaning. A `Header` has the fields that a writer fills in. A `Record` is
a header with its place in the archive and its text.
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
from .quantities import Figure, Measure, Target
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
    """What became of a commitment. ``commitment`` is a record's id, ``#`` and the commitment's own id."""

    commitment: Line
    status: StatusField
    value: Number | None = None
    unit: Measure | None = None
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
    """A correction that readers see."""

    date: Day
    text: Line
    was: Str | None = None
    now: Str | None = None


class Withdrawal(Model):
    """When and why a record was taken back. With ``purge``, the program forgets its text too."""

    date: Day
    reason: Line
    purge: Flag = False


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
    """The fields of a record that its writer fills in. ``body`` is the text of a record in plain YAML."""

    title: Title
    unit: UnitRef | None = None
    topics: Annotated[tuple[TopicRef, ...], OneOrMore, Field(min_length=1, max_length=5), Distinct] = ()
    kind: KindField = "done"
    date: Day | None = None
    dating: Dating | None = None
    summary: Summary | None = None
    highlight: Flag = False
    order: Number | None = None  # its place among the records of its topic in its period
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
        """Whether the record tells of work that was done, as most do. Pages name every other kind."""
        return self.kind == "done"


RECORD_ENDINGS = (".md", ".yml", ".yaml")  # the endings of files that are records

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
    """A record with its place in the archive, its text (Markdown) and its place in a file."""

    unit: str  # a header may leave it out where the site has one unit
    period: Period
    slug: str
    text: str
    text_line: int
    path: str
    attachments: tuple[str, ...]
    source_text: str  # the fields as they stand in the file, from line `source_line` on
    source_line: int
    digest: bytes  # of the file's bytes, its path, and the paths of the files beside it

    @cached_property
    def id(self) -> str:
        """The id, which the address contains: ``2014-h1/swimming-meet``."""
        return f"{self.period.id}/{self.slug}"

    @property
    def is_purged(self) -> bool:
        """Whether the text was withdrawn for good."""
        return self.withdrawn is not None and self.withdrawn.purge

    @property
    def topic(self) -> str | None:
        """The main topic, or None for an overview without topics."""
        return self.topics[0] if self.topics else None

    @property
    def content_path(self) -> str:
        """The file's path within ``content/``: ``2014/h1/swimming-meet.md``."""
        return self.path.partition("/")[2]

    def mark(self, *path: str | int) -> Mark:
        """Return the place of the field at a path such as ``"outcomes", 0, "commitment"``."""
        return self.node(*path).mark

    def node(self, *path: str | int) -> Node:
        """Return the node of the field at a path in the file's tree, or the nearest one above it that exists."""
        return node_at(tree_of(self.source_text, self.path, self.source_line), path)
