"""What the editor's script has to know of the models to read and write records: names, order, words and layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..problems import names
from ..records.models import Model
from ..records.quantities import Amount, Base, Part, Target
from ..records.record import Header, Source
from ..records.references import IndicatorRef, SourceRef, TopicRef, UnitRef
from ..records.vocabulary import Lexicon, Vocabulary, aliases_of, fold
from .walking import FieldKind, kinds_of

_IN_BRACKETS = (Amount, Base, Part, Target, Source)  # new ones are written in one line
_REFERENCES: Sequence[tuple[Any, str]] = (
    (TopicRef, "topics"),
    (UnitRef, "units"),
    (IndicatorRef, "indicators"),
    (SourceRef, "sources"),
)
ROOT = Header.__name__


def record_shape(vocabulary: Vocabulary) -> Mapping[str, Any]:
    """Return the fields of each model by its name, in their order, and the slugs of each word list by other names.

    A field has its ``names``; and the ``model`` it holds, the ``words`` for its values, or the ``list`` that it names.
    """
    models: dict[str, Any] = {}
    _add(Header, models)
    return {
        "root": ROOT,
        "models": models,
        "lists": {kind: _slugs(getattr(vocabulary, kind)) for _, kind in _REFERENCES},
    }


def list_named(kind: FieldKind) -> str | None:
    """Return the word list whose slugs a field holds, or None."""
    return next((name for reference, name in _REFERENCES if kind.has(reference)), None)


def _add(model: type[Model], models: dict[str, Any]) -> None:
    if model.__name__ in models:
        return
    fields: dict[str, Any] = {}
    models[model.__name__] = {"fields": fields, "brackets": model in _IN_BRACKETS}
    for name, kind in kinds_of(model).items():
        shape: dict[str, Any] = {"names": [name, *names.FIELDS.get(name, ())]}
        told = {
            "several": kind.several,
            "bare": kind.bare,
            "words": names.YES_NO if kind.is_flag else kind.words,
            "flag": kind.is_flag,
            "list": list_named(kind),
            "model": kind.model.__name__ if kind.model else None,
        }
        fields[name] = shape | {key: value for key, value in told.items() if value}
        if kind.model:
            _add(kind.model, models)


def _slugs(lexicon: Lexicon[Any]) -> Mapping[str, str]:
    return {fold(name): entry.slug for entry in lexicon for name in (*aliases_of(entry), entry.slug)}
