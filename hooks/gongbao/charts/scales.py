"""The scale of a chart: a few lines at round numbers, zero among them, and the words for these."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from itertools import count

from ..problems.catalogue import Language
from ..text.display import number

MOST_LINES = 4  # besides the line at zero
_STEPS = tuple(map(Decimal, ("1", "2", "2.5", "5")))
_PLAIN = 6  # signs that fit beside the chart
_LARGE: dict[Language, tuple[tuple[int, str], ...]] = {
    "zh": ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")),
    "en": ((10**12, "tn"), (10**9, "bn"), (10**6, "m"), (10**3, "k")),
}


@dataclass(frozen=True, slots=True)
class Scale:
    """Lines at the multiples of ``step`` from ``below`` steps under zero to ``above`` steps over it."""

    step: Decimal
    below: int
    above: int

    @property
    def lines(self) -> tuple[Decimal, ...]:
        """The values at the lines, from the lowest to the highest."""
        return tuple(self.step * at for at in range(-self.below, self.above + 1))

    def share(self, value: Decimal) -> float:
        """Return how far up a value is: 0 at the lowest line, 1 at the highest."""
        return float((value / self.step + self.below) / (self.above + self.below))


def scale_of(values: Iterable[Decimal]) -> Scale:
    """Return the finest scale with at most `MOST_LINES` that has room for all values. Whole numbers get whole steps."""
    known = [*values, Decimal(0)]
    top, bottom = max(known), min(known)
    whole = all(value == value.to_integral_value() for value in known)
    for exponent in count((top - bottom).adjusted() - 1 if top > bottom else 0):
        for step in (digits.scaleb(exponent) for digits in _STEPS):
            above, below = (int((end / step).to_integral_value(ROUND_CEILING)) for end in (top, -bottom))
            if above + below <= MOST_LINES and not (whole and step % 1):
                return Scale(step, below, above if above or below else 1)
    raise AssertionError("some power of ten is large enough")


def tick_words(scale: Scale, language: Language) -> tuple[str, ...]:
    """Write the values at the lines shortly, all in one measure: ``0 5万 10万``, ``0 0.5亿 1亿``, ``0 1m 2m``."""
    if max(len(number(value)) for value in scale.lines) > _PLAIN:
        most = max(map(abs, scale.lines))
        for size, word in _LARGE[language]:
            if most >= size:
                return tuple(f"{number((value / size).normalize())}{word}" if value else "0" for value in scale.lines)
    return tuple(map(number, scale.lines))
