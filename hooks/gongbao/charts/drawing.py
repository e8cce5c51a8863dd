"""The marks of a chart. A value is a bar from zero; the forms of bars tell what readers must know of the values.

A hollow bar is a sum that lacks somebody. On top of a bar, a ring says about, an arrowhead more or less, and a cross
that others say another value, which stands beside it. A short line is a target, a dashed one a new definition. A period
without a report stays empty. A long time without any is cut out, and the chart shows the cut.

Colours are CSS variables with a fallback, so that a chart looks the same outside the site.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import escape

from ..problems.catalogue import Language
from .plot import Bar, Data, Plot
from .room import titles_from_last
from .scales import tick_words
from .value_labels import Label, value_labels

HEIGHT, SMALL = 260, 96  # of a chart, and of one among many
LEFT, RIGHT = 58, 14  # what a page keeps free beside the chart, for words
SIZE = 13  # of words
_TOP, _AXIS = 22, 24
_NARROW_SMALL = 100  # two beside each other on a phone of 320 pixels
_DASHED = 'stroke-dasharray="3 4"'
INK, SOFT, LINES = "var(--gb-ink, #1d2126)", "var(--gb-soft, #565d66)", "var(--gb-line, #e3e1dc)"
ACCENT, PAPER = "var(--gb-accent, #a4262c)", "var(--gb-paper, #fff)"


def draw_chart(data: Data, language: Language) -> str:
    """Return the marks of a chart of `HEIGHT`, with a scale and words at the last value, the greatest and the least."""
    top, bottom = float(_TOP), float(_AXIS + 4)
    while True:
        plot = Plot(data, HEIGHT, top, bottom)
        labels = [*value_labels(plot, SIZE, RIGHT)]
        over = max([0.0, *(5 - label.box.top for label in labels)])
        under = max([0.0, *(label.box.bottom - (HEIGHT - _AXIS) for label in labels)])
        if over + under < 1 or HEIGHT - top - bottom < 90:
            break
        top, bottom = top + over, bottom + under
    lines = zip(data.scale.lines, tick_words(data.scale, language), strict=True)
    words = [_text(-7, plot.up(value) + 4.5, said, SOFT, "end") for value, said in lines]
    titles = titles_from_last((slot.title for slot in data.axis), SIZE, RIGHT)
    words += [
        _at(plot.across(at + 0.5), _text(round(shift, 1), HEIGHT - 6, data.axis[at].title, SOFT))
        for at, shift in titles.items()
    ]
    return "".join([*_marks(plot), *_leaders(labels), *words, *_words(labels)])


def draw_small(data: Data, language: Language) -> str:
    """Return the marks of a chart of `SMALL` height, one among many: the highest line and both ends have words."""
    plot = Plot(data, SMALL, _TOP, _AXIS, _NARROW_SMALL)
    ends = ((0, data.axis[0].title, "start"), (100, data.axis[-1].title, "end"))
    words = [_text(0, plot.top - 5, tick_words(data.scale, language)[-1], SOFT, "start")]
    words += [_text(f"{x}%", SMALL - 6, title, SOFT, anchor) for x, title, anchor in ends]
    return "".join([*_marks(plot), *words])


def _marks(plot: Plot) -> Iterator[str]:
    """Yield everything but the words."""
    for value in plot.scale.lines:
        y, colour = plot.up(value), LINES if value else SOFT
        yield f'<line x2="100%" y1="{y}" y2="{y}" stroke="{colour}"/>'
    for at, slot in enumerate(plot.data.axis):
        if slot.broken:
            x = f"{plot.across(at)}%"
            yield f'<line x1="{x}" x2="{x}" y1="{plot.top - 4}" y2="{plot.bottom}" stroke="{SOFT}" {_DASHED}/>'
        if slot.skipped:
            yield _at(plot.across(at + 0.5), _cut(plot))
    for at, bars in plot.data.bars:
        yield _at(plot.across(at + 0.5), "".join(_bar(plot, *placed) for placed in plot.beside(bars)))


def _cut(plot: Plot) -> str:
    """Return the sign that a long time was left out: the lines end, and two strokes stand on the axis."""
    z, height = plot.zero, round(plot.bottom - plot.top + 4, 1)
    return (
        f'<rect x="-4" y="{plot.top - 2}" width="8" height="{height}" fill="{PAPER}"/>'
        f'<path d="M-6 {z + 5}L-2 {z - 5}M2 {z + 5}L6 {z - 5}" fill="none" stroke="{SOFT}"/>'
    )


def _bar(plot: Plot, bar: Bar, x: float, thick: float) -> str:
    y, zero = plot.up(bar.value), plot.zero
    height = max(2.0, round(abs(y - zero), 1))  # what is small, or nothing, is seen too
    top = zero if bar.value < 0 else round(zero - height, 1)
    left = round(x - thick / 2, 1)
    if bar.partly:
        sides = f'x="{left + 0.5}" y="{top + 0.5}" width="{max(thick - 1, 1)}" height="{max(height - 1, 1)}"'
        marks = f'<rect {sides} fill="{PAPER}" stroke="{ACCENT}"/>'
    else:
        marks = f'<rect x="{left}" y="{top}" width="{thick}" height="{height}" fill="{ACCENT}"/>'
    beyond = plot.cap + 2
    marks += _cap(bar, x, y - beyond if bar.value >= 0 else y + beyond, plot.cap)
    if bar.target is not None:
        wide, target = thick / 2 + 3, plot.up(bar.target)
        marks += f'<path d="M{x - wide} {target}H{x + wide}" stroke="{INK}" stroke-width="2"/>'
    return marks


def _cap(bar: Bar, x: float, y: float, r: float) -> str:
    """Return what stands on a bar: that it is in dispute, or else the form of its bound."""
    left, right, over, under = (round(end, 1) for end in (x - r, x + r, y - r, y + r))
    if bar.disputed:
        return f'<path d="M{left} {over}L{right} {under}M{right} {over}L{left} {under}" fill="none" stroke="{INK}"/>'
    if bar.bound == "about":
        return f'<circle cx="{x}" cy="{round(y, 1)}" r="{r}" fill="none" stroke="{INK}"/>'
    if bar.bound in ("over", "at-least"):
        return f'<path d="M{left} {under}L{x} {over}L{right} {under}Z" fill="{INK}"/>'
    if bar.bound in ("nearly", "at-most"):
        return f'<path d="M{left} {over}L{x} {under}L{right} {over}Z" fill="{INK}"/>'
    return ""


def _leaders(labels: Sequence[Label]) -> Iterator[str]:
    """Yield lines from the bars to words that stand far from them."""
    for label in labels:
        near = label.box.top if label.end < label.box.top else label.box.bottom
        if abs(near - label.end) > 9:
            line = f'<path d="M{label.beside} {label.end}V{round(near, 1)}" stroke="{SOFT}"/>'
            yield _at(round(100 * label.box.share, 2), line)


def _words(labels: Sequence[Label]) -> Iterator[str]:
    for label in labels:
        words = _text(round(label.box.shift, 1), round(label.box.bottom - 3.5, 1), label.words, INK)
        yield _at(round(100 * label.box.share, 2), words)


def _at(share: float, marks: str) -> str:
    """Return marks that stand at a share of the chart's width, in per cent."""
    return f'<svg x="{share}%" overflow="visible">{marks}</svg>'


def _text(x: float | str, y: float, words: str, colour: str, anchor: str = "middle") -> str:
    """Return words; a line that leads to others past them does not cross them."""
    halo = f' stroke="{PAPER}" stroke-width="3" paint-order="stroke"' if colour == INK else ""
    place = f'x="{x}" y="{round(y, 1)}" text-anchor="{anchor}" font-size="{SIZE}"'
    return f'<text {place} fill="{colour}"{halo}>{escape(words)}</text>'
