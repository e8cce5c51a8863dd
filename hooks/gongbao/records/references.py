"""The types of fields that name an entry of a word list. They resolve the writer's word to the entry's slug."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ValidationInfo

from .fields import Line, field_error, suggestion_error
from .periods import Period
from .vocabulary import Lexicon, Vocabulary, spoken_names
from .wordlists import Unit
from .yamltree import Items, Text


@dataclass(frozen=True, slots=True)
class Context:
    """What a record's fields are validated against: the word lists, and the period of its folder.

    A ``lenient`` one passes over unknown fields, and takes misspelt ones for those that they are like. ``text`` is what
    the record tells in words, for advice on its fields.
    """

    vocabulary: Vocabulary
    period: Period
    lenient: bool = False
    text: str = ""


def _named(lexicon: Lexicon[Any], name: str) -> str:
    """Return the slug of the entry with a title, or a list of slugs for several words in one text, or nothing."""
    if entry := lexicon.meant(name):
        return str(entry.slug)
    pieces = re.split(r"\s*[，、；,;/／和及与]\s*|\s+", name.strip("【】［］[] \u3000；;，,、。"))
    entries = [lexicon.meant(piece) for piece in pieces]
    slugs = [entry.slug for entry in entries if entry]
    if len(slugs) < len(pieces):
        return ""
    return slugs[0] if len(slugs) == 1 else f"[{', '.join(slugs)}]"


def _last_named(units: Lexicon[Unit], name: str) -> tuple[str, bool]:
    """Return the slug of the unit that a text names last, as an address does (某镇总工会某村工会), or nothing.

    It is certain if nothing else stands before its name than the names of units above it.
    """
    bare = re.sub(r"[（(].*?[）)]|\s", "", name)  # what is in brackets may be a second unit
    ends = [
        (bare.rfind(title) + len(title), len(title), unit.slug)
        for unit in units
        for title in spoken_names(unit)
        if title in bare
    ]
    end, length, slug = max(ends, default=(0, 0, ""))
    before, above = bare[: end - length], units[slug] if slug else None
    while above and above.parent and (above := units.find(above.parent)):
        before = next((before.removesuffix(one) for one in spoken_names(above) if before.endswith(one)), before)
    return slug, bool(slug) and not before and end == len("".join(name.split()))


def _likely_several(lexicon: Lexicon[Any], name: str) -> str:
    """Return a list of the slugs that several words in one text are like, or nothing."""
    pieces = _several(lexicon, name)
    entries = [lexicon.meant(piece) for piece in pieces]
    slugs = [entry.slug if entry else lexicon.near(piece) for entry, piece in zip(entries, pieces, strict=True)]
    return f"[{', '.join(slugs)}]" if slugs and all(slugs) else ""


def _several(lexicon: Lexicon[Any], name: str) -> list[str]:
    """Return the names in a text if it names several entries, or nothing."""
    listed = re.search(r"[，、；,;/／]", name)
    pieces = [piece for piece in re.split(r"\s*[，、；,;/／和及与]\s*|\s+", name.strip("【】［］[] \u3000")) if piece]
    known = [piece for piece in pieces if lexicon.meant(piece) or lexicon.near(piece)]
    certain = len(known) == len(pieces) or (listed and known)
    return pieces if len(pieces) > 1 and certain and not lexicon.meant(name) else []


def _one_unit(value: object) -> object:
    """Refuse a list of units."""
    if isinstance(value, Items) and len(value) > 1 and all(isinstance(one, Text) for one in value):
        raise field_error("ref.units", count=str(len(value)), units="、".join(map(str, value)))
    return value


def _resolver(kind: str) -> Callable[[str, ValidationInfo], str]:
    """Return a validator that turns a writer's word into the slug of its entry in one word list."""

    def resolve(name: str, info: ValidationInfo) -> str:
        context: Context = info.context  # type: ignore[assignment]
        lexicon = getattr(context.vocabulary, f"{kind}s")
        entry = lexicon.find(name)
        if lexicon.broken:
            return name
        if entry is None:
            last, certain = _last_named(lexicon, name) if kind == "unit" else ("", False)
            known = last if certain else _named(lexicon, name)
            if not certain and kind == "unit" and (several := _several(lexicon, name)):
                raise field_error("ref.units", count=str(len(several)), units="、".join(several))
            likely = _likely_several(lexicon, name) if kind == "topic" else ""
            raise suggestion_error(f"ref.{kind}", known or likely or last or lexicon.near(name), certain=bool(known))
        slug: str = entry.slug
        return slug

    return resolve


TopicRef = Annotated[Line, AfterValidator(_resolver("topic"))]
UnitRef = Annotated[Line, BeforeValidator(_one_unit), AfterValidator(_resolver("unit"))]
IndicatorRef = Annotated[Line, AfterValidator(_resolver("indicator"))]
SourceRef = Annotated[Line, AfterValidator(_resolver("source"))]
