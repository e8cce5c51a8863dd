"""The entries of ``indicators.yml``: the figures that are followed through the periods."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field, field_validator

from .fields import Aggregate, Basis, Line, Number, OneOrMore, Slug, as_list, as_mapping, field_error
from .measures import convert
from .models import Model
from .periods import Period
from .time_fields import PeriodField
from .wordlists import OwnSlug, WordsField


class Range(Model):
    """The smallest and the largest value that an indicator can sensibly have, in its own unit."""

    min: Number | None = None
    max: Number | None = None


class Definition(Model):
    """What an indicator counts from one period on. Values before and after a new definition are not compared."""

    from_: Annotated[PeriodField | None, Field(alias="from")] = None
    text: Line


def _as_definition(value: object) -> object:
    """Return a bare text as a definition for all periods."""
    return as_mapping("text", value)


class OtherUnit(Model):
    """Another unit that figures of an indicator may have. One of it is ``scale`` of the indicator's own unit."""

    unit: Line
    scale: Number = Decimal(1)

    @field_validator("scale")
    @classmethod
    def _positive(cls, scale: Decimal) -> Decimal:
        if scale <= 0:
            raise field_error("field.number", suggestion="1")
        return scale


def _as_other_unit(value: object) -> object:
    """Return a bare word as a unit with the scale 1."""
    return as_mapping("unit", value)


class Indicator(Model):
    """A figure that is followed through the periods."""

    slug: OwnSlug
    title: WordsField
    unit: Line
    also: Annotated[tuple[Annotated[OtherUnit, BeforeValidator(_as_other_unit)], ...], BeforeValidator(as_list)] = ()
    basis: Basis = "period"
    aggregate: Aggregate = "none"
    topic: Slug | None = None
    definition: Annotated[
        tuple[Annotated[Definition, BeforeValidator(_as_definition)], ...], BeforeValidator(as_list)
    ] = ()
    range: Range | None = None
    aliases: Annotated[tuple[Line, ...], OneOrMore] = ()

    def scale(self, unit: str | None) -> Decimal | None:
        """Return how many of the indicator's own unit one of another unit is. None if the unit does not fit."""
        listed = next((other.scale for other in self.also if other.unit == unit), None)
        return listed or convert(Decimal(1), unit or self.unit, self.unit)

    def breaks_between(self, earlier: Period, later: Period) -> bool:
        """Whether a new definition begins after the earlier period and not after the later one."""
        starts = [definition.from_ for definition in self.definition if definition.from_]
        return any(earlier.order < start.order <= later.order for start in starts)
