"""What the styles of a Word document say: which paragraphs are headings or have numbers, and which text is hidden.

Source: ECMA-376, part 1, 17.7.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]

from .packages import attribute, attribute_number, first_child, local_name

_HEADING = re.compile(r"(?:heading|标题) ?([1-9])$", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|标题|文档标题|公文标题)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _WordStyle:
    """What a style says of its paragraphs and stretches of text."""

    name: str
    based_on: str
    outline: str
    hidden: bool | None  # None if it does not say
    numbering: tuple[str, str]  # the numbering and its level, each maybe empty


@dataclass(frozen=True, slots=True)
class WordStyles:
    """The styles of a document, by their ids. What a paragraph or a stretch of text says itself goes before."""

    by_id: Mapping[str, _WordStyle]

    @classmethod
    def of(cls, tree: etree._Element | None) -> WordStyles:
        """Return the styles that a document's part declares."""
        found: dict[str, _WordStyle] = {}
        for style in tree if tree is not None else ():
            if local_name(style) == "style":
                paragraph = first_child(style, "pPr")
                found[attribute(style, "styleId")] = _WordStyle(
                    attribute(first_child(style, "name"), "val"),
                    attribute(first_child(style, "basedOn"), "val"),
                    attribute(first_child(paragraph, "outlineLvl"), "val"),
                    _hides(first_child(style, "rPr")),
                    _numbering(paragraph),
                )
        return cls(found)

    def is_hidden(self, run: etree._Element) -> bool:
        """Whether a stretch of text is hidden."""
        properties = first_child(run, "rPr")
        own = _hides(properties)
        return any(one.hidden for one in self._chain(properties, "rStyle")) if own is None else own

    def level(self, properties: etree._Element | None) -> int | None:
        """Return the level of a paragraph's heading, 0 for a title; None if it is no heading."""
        own = attribute(first_child(properties, "outlineLvl"), "val")
        for name, outline in [("", own), *((one.name, one.outline) for one in self._chain(properties, "pStyle"))]:
            if _TITLE.match(name):
                return 0
            if found := _HEADING.match(name):
                return int(found[1])
            if (depth := attribute_number(outline)) is not None and depth < 9:
                return depth + 1
        return None

    def numbering(self, properties: etree._Element | None) -> tuple[str, int]:
        """Return the numbering of a paragraph, maybe empty, and its level there."""
        marks = [_numbering(properties), *(one.numbering for one in self._chain(properties, "pStyle"))]
        level = next((level for _, level in marks if level), "0")
        return next((numbering for numbering, _ in marks if numbering), ""), attribute_number(level) or 0

    def _chain(self, properties: etree._Element | None, kind: str) -> Iterator[_WordStyle]:
        """Yield the style that properties name, and those that it is based on."""
        name, seen = attribute(first_child(properties, kind), "val"), set[str]()
        while name in self.by_id and name not in seen:
            seen.add(name)
            yield self.by_id[name]
            name = self.by_id[name].based_on


def _hides(properties: etree._Element | None) -> bool | None:
    vanish = first_child(properties, "vanish")
    return None if vanish is None else attribute(vanish, "val") not in ("0", "false", "off")


def _numbering(properties: etree._Element | None) -> tuple[str, str]:
    own = first_child(properties, "numPr")
    return attribute(first_child(own, "numId"), "val"), attribute(first_child(own, "ilvl"), "val")
