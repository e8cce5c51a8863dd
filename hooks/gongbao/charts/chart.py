"""A chart with the words around it, and small charts of many on one scale: in a page, and as a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from ..problems.catalogue import Language
from ..text.roles import CHART
from .drawing import HEIGHT, INK, LEFT, PAPER, RIGHT, SIZE, SMALL, SOFT, draw_chart, draw_small
from .plot import Data
from .room import wrapped

_WIDTH, _MARGIN = 720, 20  # of a file
_ACROSS, _LINE = 4, 17  # of small charts in a file: how many beside each other, and the height of a line of words
_COLOUR = re.compile(r"var\(--[\w-]+, (#\w+)\)")

_ShownLine = tuple[str, int, str]  # words, their size and their look


@dataclass(frozen=True)
class Around:
    """The words around a chart: its title, its measure, what its forms mean, and its source.

    ``name`` is the name of its file.
    """

    name: str
    title: str
    measure: str
    notes: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Panel:
    """What a chart draws, and the same in words for those who can't see it.

    ``told`` are the newest value in words and, where they are others, the greatest and the least. ``values`` are the
    words of a panel with values of one period alone, which is no chart.
    """

    title: str
    data: Data
    description: str
    identity: str  # makes the ids unique on the page
    told: tuple[str, ...]
    values: tuple[str, ...] = ()

    @property
    def is_chart(self) -> bool:
        """Whether there is something to compare."""
        return len(self.data.bars) > 1


@dataclass(frozen=True)
class Chart:
    """One chart as wide as the page."""

    around: Around
    panel: Panel
    language: Language

    @property
    def svg(self) -> Markup:
        """The chart in a page."""
        marks = draw_chart(self.panel.data, self.language)
        return _in_page("gb-chart", self.around.name, self.around.title, self.panel, marks)

    @property
    def file(self) -> str:
        """The chart as an SVG file, with all its words."""
        marks = draw_chart(self.panel.data, self.language)
        left, width = _MARGIN + LEFT, _WIDTH - 2 * _MARGIN - LEFT - RIGHT
        return _file(
            self.around,
            self.panel.description,
            lambda y: f'<svg x="{left}" y="{y}" width="{width}" height="{HEIGHT}" overflow="visible">{marks}</svg>',
            HEIGHT,
        )


@dataclass(frozen=True)
class Multiples:
    """Small charts of many on one scale and one axis."""

    around: Around
    panels: tuple[Panel, ...]
    language: Language

    def svg(self, panel: Panel) -> Markup:
        """Return one of the charts in a page."""
        marks = draw_small(panel.data, self.language)
        return _in_page("gb-chart gb-chart-small", self.around.name, panel.title, panel, marks)

    @property
    def file(self) -> str:
        """All charts as one SVG file, with all their words."""
        drawn = [panel for panel in self.panels if panel.is_chart]
        step = (_WIDTH - 2 * _MARGIN) / _ACROSS
        heads = [[*_lines([one.title], SIZE, INK, "bold", step - 20), *_below(one, step - 20)] for one in drawn]
        head = max(map(len, heads)) * _LINE + 6
        cell = head + SMALL + 24

        def cells(y: float) -> str:
            return "".join(
                f'<svg x="{_MARGIN + step * (at % _ACROSS):g}" y="{y + cell * (at // _ACROSS):g}" '
                f'width="{step - 20:g}" height="{cell:g}" overflow="visible">{_stacked(words)}'
                f'<svg y="{head:g}" height="{SMALL}" overflow="visible">'
                f"{draw_small(panel.data, self.language)}</svg></svg>"
                for at, (panel, words) in enumerate(zip(drawn, heads, strict=True))
            )

        return _file(self.around, "", cells, cell * -(-len(drawn) // _ACROSS))


def _in_page(classes: str, name: str, title: str, panel: Panel, marks: str) -> Markup:
    one = escape(panel.identity)
    return Markup(
        f'<svg {CHART}="{escape(name)}" class="{classes}" role="img" aria-labelledby="{one}-title {one}-desc">'
        f'<title id="{one}-title">{escape(title)}</title><desc id="{one}-desc">{escape(panel.description)}</desc>'
        f"{marks}</svg>"
    )


def _file(around: Around, description: str, inside: Callable[[float], str], height: float) -> str:
    """Return an SVG file: title, measure and notes, then ``inside``, ``height`` pixels high, then the source."""
    lines = [*_lines([around.title], 16, INK, "bold"), *_lines([around.measure, *around.notes], SIZE, SOFT)]
    y = float(_MARGIN)
    words = []
    for line, size, look in lines:
        y += size * 1.5
        words.append(f'<text x="{_MARGIN}" y="{y:g}" font-size="{size}" {look}>{escape(line)}</text>')
    y += 12
    drawn = inside(y)
    y += height
    for line, size, look in _lines([around.source], SIZE, SOFT):
        y += size * 1.6
        words.append(f'<text x="{_MARGIN}" y="{y:g}" font-size="{size}" {look}>{escape(line)}</text>')
    whole = f'width="{_WIDTH}" height="{y + _MARGIN:g}" viewBox="0 0 {_WIDTH} {y + _MARGIN:g}"'
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {whole} font-family="sans-serif" role="img">'
        f"<title>{escape(around.title)}</title><desc>{escape(description)}</desc>"
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{"".join(words)}{drawn}</svg>\n'
    )
    return _COLOUR.sub(r"\1", text)


def _below(panel: Panel, width: float) -> Iterator[_ShownLine]:
    """Yield the lines of a small chart's values in words."""
    for words in panel.told:
        yield from _lines([words], SIZE, SOFT, width=width)


def _stacked(lines: Sequence[_ShownLine]) -> str:
    """Return lines one below the other."""
    return "".join(
        f'<text y="{_LINE * at - 3}" font-size="{size}" {look}>{escape(line)}</text>'
        for at, (line, size, look) in enumerate(lines, 1)
    )


def _lines(
    parts: Sequence[str], size: int, colour: str, weight: str = "normal", width: float = _WIDTH - 2 * _MARGIN
) -> Iterator[_ShownLine]:
    """Yield the lines that some words take."""
    for line in wrapped("　".join(filter(None, parts)), size, width):
        yield line, size, f'fill="{colour}" font-weight="{weight}"'
