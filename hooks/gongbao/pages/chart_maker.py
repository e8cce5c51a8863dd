"""What the charts of an indicator have in common: their axis, their panels, and their words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Literal

from ..charts.chart import Around, Chart, Multiples, Panel
from ..charts.plot import Bar, Data, Slot
from ..charts.scales import Scale, scale_of
from ..problems.catalogue import Language, label
from ..problems.names import BoundName
from ..records.indicators import Indicator
from ..records.periods import Period, periods_between
from ..records.wordlists import Unit
from ..text.display import Quantity, period_title, quantity, span_title

LONGEST_GAP = 6  # periods without a value; what is longer is cut out
Grain = Literal["half", "year"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A value of a period, as a bar and in words."""

    period: Period
    bar: Bar
    words: Quantity


@dataclass(frozen=True)
class _Axis:
    """The slots of an axis, the places of the periods among them, and the first and last of those left out."""

    slots: tuple[Slot, ...]
    places: Mapping[Period, int]
    cuts: tuple[tuple[Period, Period], ...] = ()


@dataclass(frozen=True)
class ChartMaker:
    """What the charts of one indicator have in common."""

    indicator: Indicator
    part: Grain
    language: Language

    def say(self, name: str, **values: object) -> str:
        return label(name, self.language, **values)

    def title(self, whose: str, periods: Sequence[Period]) -> str:
        """Return what a chart shows."""
        title, span = self.indicator.title.text(self.language), span_title(periods[0], periods[-1], self.language)
        return self.say(f"chart-{self.part}", unit=whose, title=title, span=span)

    def around(
        self, name: str, title: str, axis: _Axis, drawn: Sequence[Data], source: str, more: Sequence[str] = ()
    ) -> Around:
        measure = self.say("chart-measure", unit=self.indicator.unit)
        return Around(f"{name}.svg", title, measure, (*more, *self._legend(axis, drawn)), source)

    def _legend(self, axis: _Axis, drawn: Sequence[Data]) -> Iterator[str]:
        """Yield what the forms mean that these charts have, which share an axis."""
        bars = [bar for data in drawn for _, group in data.bars for bar in group]
        bounds = {bar.bound for bar in bars if not bar.disputed}
        there = {
            "about": "about" in bounds,
            "over": not bounds.isdisjoint(("over", "at-least")),
            "under": not bounds.isdisjoint(("nearly", "at-most")),
            "disputed": any(bar.disputed for bar in bars),
            "target": any(bar.target is not None for bar in bars),
            "partly": any(bar.partly for bar in bars),
            "broken": any(slot.broken for slot in axis.slots),
        }
        yield from (self.say(f"chart-legend-{name}") for name, is_there in there.items() if is_there)
        if axis.cuts:
            spans = self.say("comma").join(span_title(*cut, self.language) for cut in axis.cuts)
            yield self.say("chart-legend-cut", spans=spans)

    def axis(self, known: Sequence[Period]) -> _Axis:
        """Return the axis of some periods, oldest first: all between them, but one slot alone for a long gap."""
        slots: list[Slot] = []
        places: dict[Period, int] = {}
        cuts: list[tuple[Period, Period]] = []
        told, before = {*known}, None
        for empty, group in groupby(_periods(known[0], known[-1]), key=lambda period: period not in told):
            periods = [*group]
            if empty and len(periods) > LONGEST_GAP:
                slots.append(Slot("", skipped=True))
                cuts.append((periods[0], periods[-1]))
                continue
            for period in periods:
                broken = before is not None and self.indicator.breaks_between(before, period)
                places[period] = len(slots)
                slots.append(Slot(self.short(period), broken))
                before = period
        return _Axis(tuple(slots), places, tuple(cuts))

    def short(self, period: Period) -> str:
        return self.say(f"axis-{period.part}", year=f"{period.year}")

    def told(self, readings: Sequence[Shown]) -> Iterator[str]:
        """Yield the newest value in words, and the greatest and the least where they are others."""
        if not readings:
            return
        yield _words(readings[-1], self.language)
        values = {readings[-1].bar.value}
        for name, choose in (("most", max), ("fewest", min)):
            one = choose(readings, key=lambda reading: reading.bar.value)
            if one.bar.value not in values:
                yield self.say(f"chart-{name}", period=self.short(one.period), value=f"{one.words}{_doubt(one)}")

    def described(self, readings: Sequence[Shown]) -> str:
        """Return a chart in words: how many values, the newest, the greatest, the least, and how many are missing."""
        if not readings:
            return ""
        span = (readings[0].period, readings[-1].period)
        missing = periods_between(*span) + 2 - len({one.period for one in readings})
        chosen: dict[str, Shown] = {
            "newest": readings[-1],
            "greatest": max(readings, key=lambda one: one.bar.value),
            "least": min(readings, key=lambda one: one.bar.value),
        }
        told = [self.say("chart-values", count=len(readings), span=span_title(*span, self.language))]
        told += [self.say(f"chart-{name}", value=_words(one, self.language)) for name, one in chosen.items()]
        told += [self.say("chart-missing", count=missing)] if missing else []
        return self.say("comma").join(told)

    def chart(self, readings: Sequence[Shown], name: str, whose: str, source: str) -> Chart:
        periods = [one.period for one in readings]
        title, axis = self.title(whose, periods), self.axis(periods)
        panel = self.panel(title, readings, axis, _scale(readings), name.replace(".", "-"))
        return Chart(self.around(name, title, axis, [panel.data], source), panel, self.language)

    def panel(self, title: str, readings: Sequence[Shown], axis: _Axis, scale: Scale, identity: str) -> Panel:
        """Return what is drawn of some values on an axis."""
        bars: dict[int, list[Bar]] = defaultdict(list)
        for one in readings:
            bars[axis.places[one.period]].append(one.bar)
        data = Data(axis.slots, tuple((at, tuple(those)) for at, those in bars.items()), scale)
        return Panel(
            title, data, self.described(readings), identity, (*self.told(readings),), _few(readings, self.language)
        )

    def multiples(
        self, by_unit: Mapping[Unit, Sequence[Shown]], short: Callable[[str], str], source: str
    ) -> Iterator[Multiples]:
        """Yield small charts of units on one scale and one axis, if one of them has something to compare."""
        every = [one for readings in by_unit.values() for one in readings]
        periods = sorted({one.period for one in every}, key=lambda period: period.order)
        if not any(len(readings) > 1 for readings in by_unit.values()):
            return
        axis, scale = self.axis(periods), _scale(every)
        panels = tuple(
            self.panel(short(unit.slug), readings, axis, scale, f"{unit.slug}-{self.part}")
            for unit, readings in by_unit.items()
        )
        title = self.title(self.say("chart-whose-units"), periods)
        charts = [panel.data for panel in panels if panel.is_chart]
        around = self.around(self.part, title, axis, charts, self.say(source), [self.say("chart-one-scale")])
        yield Multiples(around, panels, self.language)

    def reading(self, period: Period, value: Decimal, bound: BoundName, *, partly: bool) -> Shown:
        """Return a computed value, of which a part may be missing."""
        words = quantity(value, bound, self.indicator.unit, self.language)
        return Shown(period, Bar(value, bound, partly=partly), words)


def _scale(readings: Sequence[Shown]) -> Scale:
    shown = [(one.bar.value, one.bar.target) for one in readings]
    return scale_of(value for both in shown for value in both if value is not None)


def _few(readings: Sequence[Shown], language: Language) -> tuple[str, ...]:
    """Return the words of values of fewer than two periods, for which there is no chart."""
    periods = {one.period for one in readings}
    return tuple(_words(one, language) for one in readings) if len(periods) < 2 else ()


def _words(reading: Shown, language: Language) -> str:
    return f"{period_title(reading.period, language)} {reading.words}{_doubt(reading)}"


def _doubt(reading: Shown) -> str:
    return "？" if reading.bar.disputed else ""


def _periods(first: Period, last: Period) -> Iterator[Period]:
    """Yield every period from the first to the last."""
    period = first
    while period.order <= last.order:
        yield period
        year = period.year or 0
        period = Period(year + 1, "year") if period.part == "year" else period.next_half or period
