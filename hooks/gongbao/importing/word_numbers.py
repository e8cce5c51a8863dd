"""The numbers that Word puts before paragraphs by itself: they are not in the text. Source: ECMA-376, part 1, 17.9."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]

from .packages import attribute, attribute_number, first_child, local_name

_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_PLACE = re.compile(r"%([1-9])")


def in_chinese(number: int) -> str:
    """Return a whole number from 0 to 99 in Chinese numerals, a larger one in digits."""
    if not 0 <= number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[ones] if ones else ''}"


def _circled(number: int) -> str:
    return chr(ord("①") + number - 1) if 1 <= number <= 20 else str(number)


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "chineseCounting": in_chinese,
    "chineseCountingThousand": in_chinese,
    "chineseLegalSimplified": in_chinese,
    "japaneseCounting": in_chinese,
    "taiwaneseCountingThousand": in_chinese,
    "ideographDigital": in_chinese,
    "ideographTraditional": lambda number: _STEMS[(number - 1) % 10],
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}


@dataclass(frozen=True, slots=True)
class _NumberLevel:
    start: int
    form: str
    text: str


@dataclass(slots=True)
class AutomaticNumbers:
    """The numberings of a document. Those of one kind (``kinds``, by numbering) count on where another stopped."""

    levels: Mapping[str, Mapping[int, _NumberLevel]]
    kinds: Mapping[str, str]
    restarts: Mapping[str, Mapping[int, int]]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, tree: etree._Element | None) -> AutomaticNumbers:
        """Return the numberings that a document's part declares."""
        levels: dict[str, dict[int, _NumberLevel]] = {}
        kinds: dict[str, str] = {}
        restarts: dict[str, dict[int, int]] = {}
        for node in tree if tree is not None else ():
            if local_name(node) == "abstractNum":
                found = (child for child in node if local_name(child) == "lvl")
                levels[attribute(node, "abstractNumId")] = {
                    _whole(attribute(one, "ilvl")): _level(one) for one in found
                }
            elif local_name(node) == "num":
                name = attribute(node, "numId")
                kinds[name] = attribute(first_child(node, "abstractNumId"), "val")
                restarts[name] = {
                    _whole(attribute(one, "ilvl")): _whole(attribute(start, "val"))
                    for one in node
                    if (start := first_child(one, "startOverride")) is not None
                }
        return cls(levels, kinds, restarts)

    def next(self, numbering: str, at: int) -> str:
        """Return the number of the next paragraph at a level of a numbering; empty for bullets and for none."""
        kind = self.kinds.get(numbering, "")
        levels = self.levels.get(kind, {})
        if at not in levels:
            return ""
        counts = self._counts.setdefault(kind, {})
        if numbering not in self._begun:
            self._begun.add(numbering)
            for level, start in self.restarts[numbering].items():
                counts[level] = start - 1
        counts[at] = counts.get(at, levels[at].start - 1) + 1
        for below in [level for level in counts if level > at]:
            del counts[below]
        if levels[at].form in ("bullet", "none"):
            return ""

        def count(found: re.Match[str]) -> str:
            level = int(found[1]) - 1
            shape = levels.get(level, levels[at])
            return _FORMATS.get(shape.form, str)(counts.get(level, shape.start))

        return _PLACE.sub(count, levels[at].text)


def _level(node: etree._Element) -> _NumberLevel:
    return _NumberLevel(
        _whole(attribute(first_child(node, "start"), "val") or "1"),
        attribute(first_child(node, "numFmt"), "val") or "decimal",
        attribute(first_child(node, "lvlText"), "val"),
    )


def _whole(text: str) -> int:
    return attribute_number(text) or 0
