"""The types of fields that name an entry of a word list. They resolve the writer's word to the entry's slug."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, ValidationInfo

from .fields import Line, field_error
from .periods import Period
from .vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Context:
    """What a record's fields are validated against: the word lists, and the period of its folder."""

    vocabulary: Vocabulary
    period: Period


def _resolver(kind: str) -> Callable[[str, ValidationInfo], str]:
    """Return a validator that turns a writer's word into the slug of its entry in one word list."""

    def resolve(name: str, info: ValidationInfo) -> str:
        context: Context = info.context  # type: ignore[assignment]
        lexicon = getattr(context.vocabulary, f"{kind}s")
        entry = lexicon.find(name)
        if lexicon.broken:
            return name
        if entry is None:
            pieces = [lexicon.find(piece) for piece in re.split("[，、；,;]", name.strip("【】［］"))]
            several = f"[{', '.join(piece.slug for piece in pieces)}]" if len(pieces) > 1 and all(pieces) else ""
            raise field_error(f"ref.{kind}", suggestion=several or lexicon.near(name))
        slug: str = entry.slug
        return slug

    return resolve


TopicRef = Annotated[Line, AfterValidator(_resolver("topic"))]
UnitRef = Annotated[Line, AfterValidator(_resolver("unit"))]
IndicatorRef = Annotated[Line, AfterValidator(_resolver("indicator"))]
SourceRef = Annotated[Line, AfterValidator(_resolver("source"))]
