"""Figures as readers see them: as printed, with notes on what the source says of them and what does not add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal

from ..problems.catalogue import Language, label
from ..records.intervals import computed_bound
from ..records.quantities import Figure, Measured, Part, Target
from ..records.reckoning import Stated, disagreements, stated
from ..records.record import Commitment, Outcome
from ..records.vocabulary import Vocabulary
from .display import Quantity, date_title, difference, number, period_title, quantity

_BRIEF = (
    "figure-percent",
    "figure-sum",
    "figure-target",
    "figure-completion",
    "figure-completion-computed",
    "figure-increase",
    "figure-decrease",
    "figure-increase-computed",
    "figure-decrease-computed",
    "differs-parts",
    "differs-percent",
    "differs-completion",
    "differs-change",
    "figure-as-of",
)


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure as a page shows it: its name, its quantity if it has one, and the notes beside it."""

    name: str
    quantity: Quantity | None
    notes: tuple[str, ...]
    brief: tuple[str, ...]  # the notes that a card has room for
    doubt: str


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Figures in a table, one below the other."""

    figures: tuple[FigureView, ...]

    @property
    def noted(self) -> bool:
        """Whether any figure has a note or a doubt."""
        return any(figure.notes or figure.doubt for figure in self.figures)


def figure_table(figures: Sequence[Figure], vocabulary: Vocabulary) -> FigureTable:
    """Return the table of a record's figures."""
    return FigureTable(tuple(figure_view(figure, vocabulary) for figure in figures))


def figure_view(figure: Figure, vocabulary: Vocabulary) -> FigureView:
    """Return the view of a figure: its quantity as printed, and its notes."""
    language = vocabulary.language
    name, unit = measured_name(figure, vocabulary), measure_of(figure, vocabulary)
    said = stated(figure, unit or "")
    value = quantity(figure.value, figure.bound, unit, language) if figure.value is not None else None
    if value is None and figure.percent and not figure.parts:
        value = quantity(figure.percent.value, figure.percent.bound, "%", language)
    if value is None and figure.rank is not None:
        value = _rank(figure.rank, figure.unit, language)
    notes = list(_notes(figure, unit, said, language))
    brief = tuple(text for kind, text in notes if kind in _BRIEF)
    return FigureView(name, value, tuple(text for _, text in notes), brief, figure.doubt or "")


def with_sum(view: FigureView, figure: Figure, vocabulary: Vocabulary) -> FigureView:
    """Return a view that shows the sum of the parts where the figure has parts and no value."""
    said = None if view.quantity else stated(figure, measure_of(figure, vocabulary) or "")
    if said is None:
        return view
    return replace(view, quantity=quantity(said.value, said.bound, said.unit or None, vocabulary.language))


def differences_within(figure: Figure, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return what a figure's own numbers say against each other, in words."""
    return tuple(text for _, text in _differences(figure, measure_of(figure, vocabulary), vocabulary.language))


def measured_name(measured: Measured, vocabulary: Vocabulary) -> str:
    """Return the name of what is measured: the indicator's title, or the label."""
    if measured.indicator:
        return vocabulary.indicators[measured.indicator].title.text(vocabulary.language)
    return measured.label or ""


def target_quantity(target: Target, vocabulary: Vocabulary) -> Quantity:
    """Return the quantity that a commitment promises."""
    return quantity(target.value, target.bound, measure_of(target, vocabulary), vocabulary.language)


def outcome_quantity(outcome: Outcome, commitment: Commitment | None, vocabulary: Vocabulary) -> Quantity | None:
    """Return the quantity that an outcome reports, in its own unit or in that of the target. None without a value."""
    if outcome.value is None:
        return None
    target = commitment.target if commitment else None
    unit = outcome.unit or (measure_of(target, vocabulary) if target else None)
    return quantity(outcome.value, "exact", unit, vocabulary.language)


def measure_of(measured: Measured, vocabulary: Vocabulary) -> str | None:
    """Return the unit of measure: the figure's own, or its indicator's."""
    if measured.unit or not measured.indicator:
        return measured.unit
    return vocabulary.indicators[measured.indicator].unit


def _rank(rank: Decimal, unit: str | None, language: Language) -> Quantity:
    """Return a place (``第6名``), or a class of prize with its own unit (``2等奖``)."""
    before, _, after = label("rank", language).partition("#")
    return Quantity("", number(rank), unit) if unit else Quantity(before, number(rank), after)


def _notes(figure: Figure, unit: str | None, said: Stated | None, language: Language) -> Iterator[tuple[str, str]]:
    """Yield the notes beside a figure in a fixed order: the kind of each (a label's name) and its text.

    ``said`` is the number that the figure states.
    """

    def say(name: str, /, **values: object) -> tuple[str, str]:
        return name, label(name, language, **values)

    def many(parts: Sequence[Part]) -> str:
        return label("comma", language).join(
            f"{one.label} {quantity(one.value, one.bound, one.unit or unit, language)}" for one in parts
        )

    if figure.of:
        base = (
            quantity(figure.of.value, figure.of.bound, figure.of.unit or unit, language)
            if figure.of.value is not None
            else ""
        )
        yield say("figure-of", label=figure.of.label or "", value=base)
    if figure.percent and (figure.value is not None or figure.parts):
        yield say("figure-percent", value=quantity(figure.percent.value, figure.percent.bound, "%", language))
    if figure.target:
        target = figure.target
        yield say("figure-target", value=quantity(target.value, target.bound, unit, language))
        if said and target.value and target.bound != "at-most" and (figure.value is not None or figure.parts):
            share = (said.value / target.value * 100).quantize(Decimal("0.1"), ROUND_DOWN)
            whole = share.to_integral_value()
            bound = computed_bound((said.bound, target.bound))
            reached = quantity(whole if share == whole else share, bound, "%", language)
            yield say("figure-completion-computed", value=reached)
    if figure.completion:
        yield say("figure-completion", value=quantity(figure.completion.value, figure.completion.bound, "%", language))
    if figure.parts:
        yield say("figure-parts", parts=many(figure.parts))
        if figure.value is None and said:
            yield say("figure-sum", value=quantity(said.value, said.bound, said.unit or None, language))
    if figure.instalment:
        yield say("figure-instalment")
    if figure.among:
        yield say("figure-among", parts=many(figure.among))
    for name, value in _before_and_change(figure, unit, said, language):
        yield say(name, value=value)
    if figure.rank is not None and (figure.value is not None or figure.percent):
        yield "rank", str(_rank(figure.rank, None, language))
    yield from _differences(figure, unit, language)
    if figure.for_:
        yield say("figure-for", period=period_title(figure.for_, language))
    if figure.as_of:
        yield say("figure-as-of", date=date_title(figure.as_of, language))
    if figure.printed:
        yield say("figure-printed", text=figure.printed)
    if figure.note:
        yield "note", figure.note


def _differences(figure: Figure, unit: str | None, language: Language) -> Iterator[tuple[str, str]]:
    for found in disagreements(figure, unit or ""):
        reckoned, printed = (quantity(side, "exact", found.unit, language) for side in (found.reckoned, found.printed))
        name = f"differs-{found.field}"
        yield name, label(name, language, reckoned=reckoned, printed=printed)


def _before_and_change(
    figure: Figure, unit: str | None, said: Stated | None, language: Language
) -> Iterator[tuple[str, Quantity]]:
    """Yield the value before and the change. If only one is printed, the other is computed, and its label says so."""
    before, change = figure.previous, figure.change
    unit = said.unit if said and said.unit else unit
    bound = computed_bound(part.bound for part in (said, before, change) if part)
    if before:
        yield "figure-previous", quantity(before.value, before.bound, unit, language)
    elif change and said:
        yield "figure-previous-computed", quantity(said.value - change.value, bound, unit, language)
    if change:
        name = "figure-decrease" if change.value < 0 else "figure-increase"
        yield name, difference(change.value, change.bound, unit, language)
    elif before and said:
        more = said.value - before.value
        name = "figure-decrease-computed" if more < 0 else "figure-increase-computed"
        yield name, difference(more, bound, unit, language)
