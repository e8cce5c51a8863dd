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
    """The values an indicator can sensibly have."""

    min: Number | None = None
    max: Number | None = None


class Definition(Model):
    """What an indicator counts, from one period on; a new one breaks the series."""

    from_: Annotated[PeriodField | None, Field(alias="from")] = None
    text: Line


def _as_definition(value: object) -> object:
    """Take a bare text for a definition that has always stood."""
    return as_mapping("text", value)


class OtherUnit(Model):
    """Another unit that an indicator is counted in; one of it is ``scale`` of the indicator's own unit."""

    unit: Line
    scale: Number = Decimal(1)

    @field_validator("scale")
    @classmethod
    def _positive(cls, scale: Decimal) -> Decimal:
        if scale <= 0:
            raise field_error("field.number", suggestion="1")
        return scale


def _as_other_unit(value: object) -> object:
    """Take a bare word for a unit that counts one for one."""
    return as_mapping("unit", value)


class Indicator(Model):
    """A figure that is followed through the halves."""

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
        """Return how many of the indicator's own unit one of another unit is; None for a unit that does not fit."""
        listed = next((other.scale for other in self.also if other.unit == unit), None)
        return listed or convert(Decimal(1), unit or self.unit, self.unit)

    def breaks_between(self, earlier: Period, later: Period) -> bool:
        """Whether a new definition begins after the earlier period and no later than the later one."""
        starts = [definition.from_ for definition in self.definition if definition.from_]
        return any(earlier.order < start.order <= later.order for start in starts)
