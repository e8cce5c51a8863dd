"""What the type of a model's field says of it, taken apart once for the form and for the record's format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import MaxLen
from pydantic import StringConstraints
from pydantic.fields import FieldInfo

from ..problems import names
from ..records.fields import BareValue, OneOrMore
from ..records.models import Model


@dataclass(frozen=True)
class FieldKind:
    """What a field holds: a scalar or a ``model``, one or ``several``.

    ``rules`` are what its type says besides; ``bare`` tells that a text may stand for a table with this field alone;
    ``longest`` is the length of a text or of a list, ``required`` whether a writer has to fill the field in.
    """

    scalar: Any
    model: type[Model] | None
    several: bool
    bare: str
    rules: tuple[Any, ...]
    longest: int | None
    required: bool

    @property
    def is_flag(self) -> bool:
        return self.scalar is bool

    @property
    def words(self) -> Mapping[str, tuple[str, ...]] | None:
        """The values that the field may hold, each with its other words, or None if it may hold any text."""
        if get_origin(self.scalar) is not Literal:
            return None
        values = {*get_args(self.scalar)}
        return next(words for words in names.CHOICES if {*words} == values)

    def has(self, kind: Any) -> bool:
        """Whether a type of `records` that is an annotated one (``Slug``) is the field's own, or part of it."""
        return kind.__metadata__[-1] in self.rules


def kinds_of(model: type[Model]) -> Mapping[str, FieldKind]:
    """Return the kind of each field of a model, by the name that records have for it."""
    return {field.alias or name: _kind(field) for name, field in model.model_fields.items()}


def _kind(field: FieldInfo) -> FieldKind:
    several, kind, rules = False, field.annotation, [*field.metadata]
    while True:
        origin = get_origin(kind)
        if origin is Annotated:
            kind, *more = get_args(kind)
            rules += more
        elif origin is tuple:
            several, kind = True, get_args(kind)[0]
        elif origin in (Union, UnionType) and len(inner := {*get_args(kind)} - {type(None)}) == 1:
            [kind] = inner
        else:
            break
    model = kind if isinstance(kind, type) and issubclass(kind, Model) else None
    lengths = [one.max_length for one in rules if isinstance(one, StringConstraints | MaxLen) and one.max_length]
    longest = min(lengths, default=None)
    assert several == (OneOrMore in rules), field
    bare = "value" if BareValue in rules else ""
    return FieldKind(kind, model, several, bare, tuple(rules), longest, field.is_required())
