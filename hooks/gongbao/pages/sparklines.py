"""Sparklines: the course of a series as a small line without words, as inline SVG."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from markupsafe import Markup

WIDTH, HEIGHT, MARGIN = 96, 24, 3


def sparkline(values: Sequence[tuple[int, Decimal]], step: int) -> Markup:
    """Return the SVG of values by their place on the axis, in order; empty if no two are neighbours.

    The scale goes from the least value to the greatest. The line has a gap where two places are further apart than
    ``step``; a value without neighbours is a small dot, and the last one a large dot.
    """
    places = [at for at, _ in values]
    if not any(after - before <= step for before, after in pairwise(places)):
        return Markup()
    first, last = values[0][0], values[-1][0]
    least, most = min(value for _, value in values), max(value for _, value in values)

    def place(at: int, value: Decimal) -> str:
        x = MARGIN + (WIDTH - 2 * MARGIN) * (at - first) / (last - first)
        share = float((value - least) / (most - least)) if most > least else 0.5
        return f"{x:.4g} {HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN):.4g}"

    before, path = None, ""
    for at, value in values:
        path += f"{'L' if before is not None and at - before <= step else 'M'}{place(at, value)}h0"
        before = at
    return Markup(
        f'<svg class="gb-spark" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true"><path d="{path}"/>'
        f'<path class="gb-spark-end" d="M{place(*values[-1])}h0"/></svg>'
    )
