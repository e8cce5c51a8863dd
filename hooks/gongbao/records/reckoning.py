"""Disagreements within one figure: between parts and their sum, or between a printed share and its base.

The package `checks` makes a problem of each `Disagreement`, and the pages show a note. The record format gives the
rules and tolerances ("A figure").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ..problems.names import BoundName
from .intervals import ZERO, Interval, allowed, computed_bound, half_unit, ratio, total
from .measures import convert, is_share
from .quantities import Figure, Part


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A printed number and a computed one that cannot both be right.

    ``rule`` is the rule's name in the record format (``figure.parts``), and ``field`` the field of the figure that it
    is about (``parts``). ``printed`` and ``reckoned`` are both in ``unit``.
    """

    rule: str
    field: str
    printed: Decimal
    reckoned: Decimal
    unit: str

    @property
    def difference(self) -> Decimal:
        """The computed number minus the printed one, in ``unit``."""
        return self.reckoned - self.printed


@dataclass(frozen=True, slots=True)
class Stated:
    """The number that a figure states, in ``unit``, with its bound and with all values that this can mean."""

    value: Decimal
    bound: BoundName
    unit: str
    interval: Interval


def stated(figure: Figure, unit: str) -> Stated | None:
    """Return what a figure states: its value, or the sum of its parts, or a rate that it gives as ``percent``.

    ``unit`` is what it is counted in if it does not say so itself. None if it states no such number.
    """
    unit = figure.unit or unit or next((part.unit for part in figure.parts if part.unit), "")
    if figure.value is not None:
        return Stated(figure.value, figure.bound, unit, allowed(figure.value, figure.bound))
    added = sum_of_parts(figure, unit)
    if added is not None:
        intervals = [interval for part in figure.parts if (interval := _interval(part, unit))]
        return Stated(added, computed_bound(part.bound for part in figure.parts), unit, total(intervals))
    if figure.percent and (not unit or is_share(unit)):
        share = figure.percent
        return Stated(share.value, share.bound, "%", allowed(share.value, share.bound))
    return None


def disagreements(figure: Figure, unit: str) -> Iterator[Disagreement]:
    """Yield all disagreements within a figure. ``unit`` is its unit of measure, its own or its indicator's."""
    yield from _parts(figure, unit)
    said = stated(figure, unit)
    if said and (figure.value is not None or figure.parts):
        yield from _among(figure, said)
        yield from _percent(figure, said)
        yield from _completion(figure, said)
    if said:
        yield from _change(figure, said)


def sum_of_parts(figure: Figure, unit: str) -> Decimal | None:
    """Return the sum of a figure's parts in ``unit``. None if there are none, or if a part has another dimension."""
    values = [_in_unit(part, unit) for part in figure.parts]
    if not values or any(value is None for value in values):
        return None
    return sum((value for value in values if value is not None), ZERO)


def _in_unit(part: Part, unit: str) -> Decimal | None:
    return convert(part.value, part.unit or unit, unit)


def _interval(part: Part, unit: str) -> Interval | None:
    factor = convert(Decimal(1), part.unit or unit, unit)
    return allowed(part.value, part.bound).times(factor) if factor is not None else None


def _parts(figure: Figure, unit: str) -> Iterator[Disagreement]:
    added = sum_of_parts(figure, unit)
    if figure.value is None or added is None:
        return
    value = allowed(figure.value, figure.bound)
    intervals = [interval for part in figure.parts if (interval := _interval(part, unit))]
    if any((convert(Decimal(1), part.unit or unit, unit) or 1) < 1 for part in figure.parts):
        value = value.widened(half_unit(figure.value))  # the value is printed in a larger unit, and so rounded
    if not value.meets(total(intervals)):
        yield Disagreement("figure.parts", "parts", figure.value, added, unit)


def _among(figure: Figure, said: Stated) -> Iterator[Disagreement]:
    for part in figure.among:
        interval, converted = _interval(part, said.unit), _in_unit(part, said.unit)
        if interval and converted is not None and interval.above(said.interval):
            yield Disagreement("figure.among", "among", said.value, converted, said.unit)


def _share(name: str, printed: Decimal, printed_bound: Interval, computed: Interval | None) -> Iterator[Disagreement]:
    if computed is None or printed_bound.meets(computed):
        return
    middle = computed.low if computed.low == computed.high or not computed.high.is_finite() else computed.high
    decimals = Decimal(1).scaleb(min(-2, int(printed.as_tuple().exponent)))
    yield Disagreement(f"figure.{name}", name, printed, middle.quantize(decimals, ROUND_HALF_UP), "%")


def _percent(figure: Figure, said: Stated) -> Iterator[Disagreement]:
    if figure.percent is None or figure.of is None or figure.of.value is None:
        return
    base = allowed(figure.of.value, figure.of.bound)
    factor = convert(Decimal(1), figure.of.unit or said.unit, said.unit)
    if factor is not None:
        printed = _rounded(figure.percent.value, allowed(figure.percent.value, figure.percent.bound))
        yield from _share("percent", figure.percent.value, printed, ratio(said.interval, base.times(factor)))


def _completion(figure: Figure, said: Stated) -> Iterator[Disagreement]:
    target = figure.target
    if figure.completion is None or target is None or target.bound == "at-most":
        return
    printed = _rounded(figure.completion.value, allowed(figure.completion.value, figure.completion.bound))
    computed = ratio(said.interval, allowed(target.value, target.bound))
    yield from _share("completion", figure.completion.value, printed, computed)


def _rounded(value: Decimal, interval: Interval) -> Interval:
    """Return a printed share's interval, widened by the rounding of its last digit if it is printed as exact."""
    return interval.widened(half_unit(value)) if interval.low == interval.high else interval


def _change(figure: Figure, said: Stated) -> Iterator[Disagreement]:
    if figure.previous is None or figure.change is None:
        return
    before = allowed(figure.previous.value, figure.previous.bound)
    change = allowed(figure.change.value, figure.change.bound)
    if not said.interval.meets(total([before, change])):
        reckoned = figure.previous.value + figure.change.value
        yield Disagreement("figure.change", "change", said.value, reckoned, said.unit)
