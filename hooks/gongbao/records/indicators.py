"""The entries of ``indicators.yml``: the figures that are followed through the periods."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator

from .fields import Aggregate, Basis, Line, Number, OneOrMore, Slug, as_list, as_mapping, field_error
from .measures import convert, counted_alike
from .models import Model
from .periods import Period
from .time_fields import PeriodField
from .wordlists import OwnSlug, WordsField

_ONE = Decimal(1)


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
    """Another unit that figures of an indicator may have.

    One of it is ``scale`` of the indicator's own unit. Without a scale, it is converted, or counts one for one.
    """

    unit: Line
    scale: Number | None = None

    @field_validator("scale")
    @classmethod
    def _positive(cls, scale: Decimal) -> Decimal:
        if scale <= 0:
            raise field_error("field.number")
        return scale


def _as_other_unit(value: object) -> object:
    """Return a bare word as a unit with the scale 1."""
    return as_mapping("unit", value)


def _no_page_of_figures(slug: str) -> str:
    if slug.casefold() == "doubts":
        raise field_error("slug.reserved")
    return slug


class Indicator(Model):
    """A figure that is followed through the periods."""

    slug: Annotated[OwnSlug, AfterValidator(_no_page_of_figures)]
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

    @field_validator("also")
    @classmethod
    def _convertible(cls, also: tuple[OtherUnit, ...], info: ValidationInfo) -> tuple[OtherUnit, ...]:
        """Refuse another unit that measures something else, and a scale that is not the true one."""
        own: str = info.data.get("unit", "")  # empty if the unit itself is wrong
        for other in also if own else ():
            true = convert(_ONE, other.unit, own)
            if true is not None and other.scale not in (None, true):
                raise field_error("list.scale", other=other.unit, unit=own, scale=f"{true:f}")
            if true is None and other.scale is None and counted_alike(other.unit, own) is None:
                raise field_error("list.measure", other=other.unit, unit=own)
        return also

    def scale(self, unit: str | None) -> Decimal | None:
        """Return how many of the indicator's own unit one of another unit is. None if the unit does not fit."""
        unit = unit or self.unit
        listed = next((other for other in self.also if other.unit == unit), None)
        true = convert(_ONE, unit, self.unit)
        if true is not None or listed is None:
            return true
        return listed.scale or counted_alike(unit, self.unit)

    def breaks_between(self, earlier: Period, later: Period) -> bool:
        """Whether a new definition begins after the earlier period and not after the later one."""
        starts = [definition.from_ for definition in self.definition if definition.from_]
        return any(earlier.order < start.order <= later.order for start in starts)
