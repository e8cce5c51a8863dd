"""Charts as inline SVG, made at build time: no script, both colour schemes, print.

A value is a dot on a stem. The form of the dot shows the value's bound: a ring for about, an arrowhead for more or
less. A target is a short line, a changed definition a broken line across, and a period without a report stays empty.
Values that contradict each other stand side by side in their period, each with a question mark.
Colours are CSS variables with a fallback, so that a chart looks the same outside the site.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

from ..problems.names import BoundName
from ..text.roles import CHART

HEIGHT = 220
SLOT, NARROW, WIDE = 96, 200, 640
LEFT, RIGHT, TOP, BOTTOM = 16, 16, 34, 30
_RADIUS = 4.5
_INK = "var(--gb-ink, #1d2126)"
_SOFT = "var(--gb-soft, #565d66)"
_LINE = "var(--gb-bar, #d8d3ca)"
_ACCENT = "var(--gb-accent, #a4262c)"


@dataclass(frozen=True, slots=True)
class Dot:
    """A value in a chart, with its words, its bound and its target. A ``disputed`` one has others beside it."""

    value: Decimal
    words: str = ""
    bound: BoundName = "exact"
    target: Decimal | None = None
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """One period on the axis: its title below and, if there is a report, its value, or several in dispute.

    ``joined`` draws a line from the slot before; ``broken`` draws the line of a new definition before this slot.
    """

    title: str
    dots: tuple[Dot, ...] = ()
    joined: bool = False
    broken: bool = False


def chart(slots: Sequence[Slot], title: str, description: str, identity: str) -> Markup:
    """Return the SVG of a chart: the slots from left to right on a scale from 0.

    ``description`` is the chart in words, for readers who can't see it. ``identity`` makes the ids unique on the page.
    """
    numbers = [
        number for slot in slots for dot in slot.dots for number in (dot.value, dot.target) if number is not None
    ]
    top = max([*numbers, Decimal(0)]) or Decimal(1)
    bottom = min([*numbers, Decimal(0)])
    width = max(NARROW, min(WIDE, SLOT * len(slots)))
    step = (width - LEFT - RIGHT) / max(1, len(slots))

    def across(at: int) -> float:
        return round(LEFT + step * (at + 0.5), 1)

    def up(value: Decimal) -> float:
        share = float((value - bottom) / (top - bottom))
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)

    zero = up(Decimal(0))
    marks = [f'<line x1="{LEFT}" x2="{width - RIGHT}" y1="{zero}" y2="{zero}" stroke="{_SOFT}"/>']
    every = max(1, -(-len(slots) * 62 // (width - LEFT - RIGHT)))  # a period's name takes about 62 units
    for at, slot in enumerate(slots):
        x = across(at)
        if slot.broken:
            edge = round(x - step / 2, 1)
            marks.append(
                f'<line x1="{edge}" x2="{edge}" y1="{TOP - 18}" y2="{zero}" stroke="{_SOFT}" stroke-dasharray="3 4"/>'
            )
        if (len(slots) - 1 - at) % every == 0:
            marks.append(_text(x, HEIGHT - 10, slot.title, _SOFT))
        if slot.joined:
            earlier = next(number for number in range(at - 1, -1, -1) if slots[number].dots)
            ends = (
                f'x1="{across(earlier)}" x2="{x}" y1="{up(slots[earlier].dots[0].value)}" y2="{up(slot.dots[0].value)}"'
            )
            marks.append(f'<line {ends} stroke="{_SOFT}"/>')
        for place, dot in enumerate(slot.dots):
            beside = round(x + step * ((place + 0.5) / len(slot.dots) - 0.5), 1)
            marks += _marks(dot, beside, zero, up(dot.value), None if dot.target is None else up(dot.target))
    return Markup(
        f'<svg {CHART} class="gb-chart" viewBox="0 0 {width} {HEIGHT}" width="{width}" role="img" '
        f'aria-labelledby="{escape(identity)}-title {escape(identity)}-desc">'
        f'<title id="{escape(identity)}-title">{escape(title)}</title>'
        f'<desc id="{escape(identity)}-desc">{escape(description)}</desc>{"".join(marks)}</svg>'
    )


def _marks(dot: Dot, x: float, zero: float, y: float, target: float | None) -> Iterator[str]:
    """Yield the marks of a value at ``y``: its stem, its dot, its target and its words."""
    if target is not None:
        yield f'<line x1="{x - 16}" x2="{x + 16}" y1="{target}" y2="{target}" stroke="{_INK}" stroke-width="2"/>'
    yield f'<line x1="{x}" x2="{x}" y1="{zero}" y2="{y}" stroke="{_LINE}" stroke-width="2"/>'
    yield _form(x, y, dot.bound)
    over = y if target is None else target  # a target close above the value pushes the words up
    words = f"{dot.words}？" if dot.disputed else dot.words
    yield _text(x, (over - 8) if y - 28 < over < y else y - 12, words, _INK)


def _text(x: float, y: float, words: str, colour: str) -> str:
    return f'<text x="{x}" y="{y}" fill="{colour}" text-anchor="middle" font-size="13">{escape(words)}</text>'


def _form(x: float, y: float, bound: BoundName) -> str:
    """Return the dot of a value, in the form of its bound."""
    r = _RADIUS
    if bound == "about":
        return f'<circle cx="{x}" cy="{y}" r="{r}" fill="none" stroke="{_ACCENT}" stroke-width="2"/>'
    if bound in ("over", "at-least"):
        return f'<path d="M{x - r} {y + r}L{x} {y - r - 1}L{x + r} {y + r}Z" fill="{_ACCENT}"/>'
    if bound in ("nearly", "at-most"):
        return f'<path d="M{x - r} {y - r}L{x} {y + r + 1}L{x + r} {y - r}Z" fill="{_ACCENT}"/>'
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{_ACCENT}"/>'
