"""Values as JSON and back, by their types: what is read can only become what the program expects, and never code.

A kept value is a dataclass, a named tuple or a pydantic model. Its annotations say what its fields hold: texts,
numbers, bytes, days, tuples, mappings and other such values. A field with its default value is left out.
"""

from __future__ import annotations

import dataclasses
from binascii import a2b_base64, b2a_base64
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic_core import from_json, to_json

T = TypeVar("T")
Conversion = Callable[[Any], Any]
_REQUIRED = object()  # stands for the default of a field that has none
_NOT_TOLD: set[str] = set()  # which fields of a model were set: see `records.models`


class _Coding(NamedTuple):
    """How values of a type become JSON's values, and come back; None for values that stay as they are."""

    pack: Conversion | None = None
    unpack: Conversion | None = None


def packed(value: object) -> bytes:
    """Return a value as JSON. Raises ValueError for a text that is no Unicode."""
    kind: Any = type(value)
    coding = _coding(kind)
    return to_json(coding.pack(value) if coding.pack else value)


def unpacked(data: bytes, kind: type[T]) -> T:
    """Return the value of this type that `packed` made JSON of. Raises ValueError for anything else."""
    expected: Any = kind
    unpack = _coding(expected).unpack
    raw = from_json(data, cache_strings="all")
    try:
        value: T = unpack(raw) if unpack else raw
    except (TypeError, AttributeError, LookupError, ArithmeticError) as error:
        raise ValueError(f"no {kind.__name__}") from error
    return value


@cache
def _coding(kind: Any) -> _Coding:
    """Return the coding of a type. Raises TypeError for one that is not kept."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind in (str, int, float, bool, NoneType) or origin is Literal:
        return _Coding()
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    if origin is Annotated:
        return _coding(inner[0])
    if origin in (Union, UnionType):
        return _of_union([one for one in inner if one is not NoneType])
    if origin is tuple:
        return _of_items(inner[0]) if inner[1:] == (...,) else _of_places(inner, tuple)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _of_mapping(*inner)
    if dataclasses.is_dataclass(kind):
        return _of_dataclass(kind)
    if issubclass(kind, BaseModel):
        return _of_model(kind)
    if issubclass(kind, tuple):
        return _of_places([*get_type_hints(kind, include_extras=True).values()], kind._make)
    raise TypeError(f"{kind} is not kept")


def _text(data: bytes) -> str:
    return b2a_base64(data, newline=False).decode("ascii")


def _bytes(text: str) -> bytes:
    return a2b_base64(text, strict_mode=True)


_SIMPLE: Mapping[type, _Coding] = {
    bytes: _Coding(_text, _bytes),
    Decimal: _Coding(str, Decimal),
    date: _Coding(date.isoformat, date.fromisoformat),
    Path: _Coding(str, Path),
}


def _of_union(kinds: list[Any]) -> _Coding:
    """Return the coding of a value that may be None, or of one of several classes, whose name then stands beside it."""
    if len(kinds) == 1:
        pack, unpack = _coding(kinds[0])
        return _Coding(
            (lambda value: None if value is None else pack(value)) if pack else None,
            (lambda raw: None if raw is None else unpack(raw)) if unpack else None,
        )
    codings = {kind.__name__: _coding(kind) for kind in kinds}

    def pack_named(value: Any) -> Any:
        name = type(value).__name__
        return None if value is None else [name, _apply(codings[name].pack, value)]

    return _Coding(pack_named, lambda raw: None if raw is None else _apply(codings[raw[0]].unpack, raw[1]))


def _of_items(kind: Any) -> _Coding:
    """Return the coding of a tuple of any length."""
    pack, unpack = _coding(kind)
    return _Coding(
        (lambda value: [*map(pack, value)]) if pack else list,
        (lambda raw: tuple(map(unpack, raw))) if unpack else tuple,
    )


def _of_places(kinds: Any, make: Conversion) -> _Coding:
    """Return the coding of a tuple that has a type for each place."""
    codings = [_coding(kind) for kind in kinds]
    if not any(one.pack for one in codings):
        return _Coding(list, make)
    packs, unpacks = [one.pack for one in codings], [one.unpack for one in codings]
    return _Coding(
        lambda value: [*map(_apply, packs, value)],
        lambda raw: make([_apply(change, one) for change, one in zip(unpacks, raw, strict=True)]),
    )


def _apply(change: Conversion | None, value: Any) -> Any:
    return change(value) if change else value


def _of_mapping(key: Any, value: Any) -> _Coding:
    """Return the coding of a mapping; one whose keys are no texts becomes a list of pairs."""
    keys, values = _coding(key), _coding(value)
    pack_key, unpack_key = keys.pack or _same, keys.unpack or _same
    pack, unpack = values.pack or _same, values.unpack or _same
    if key in (str, bytes):
        return _Coding(
            lambda mapping: {pack_key(name): pack(one) for name, one in mapping.items()},
            lambda raw: {unpack_key(name): unpack(one) for name, one in raw.items()},
        )
    return _Coding(
        lambda mapping: [[pack_key(name), pack(one)] for name, one in mapping.items()],
        lambda raw: {unpack_key(name): unpack(one) for name, one in raw},
    )


def _same(value: Any) -> Any:
    return value


def _of_dataclass(kind: Any) -> _Coding:
    hints: Mapping[str, Any] = get_type_hints(kind, include_extras=True)
    defaults = {
        one.name: _REQUIRED if one.default is dataclasses.MISSING else one.default for one in dataclasses.fields(kind)
    }
    codings = {name: _coding(hints[name]) for name in defaults}
    pack = _fields_packed(defaults, codings)
    unpack = _fields_unpacked(defaults, codings)
    return _Coding(pack, lambda raw: kind(**unpack(raw)))


def _of_model(kind: type[BaseModel]) -> _Coding:
    defaults = {name: _REQUIRED if one.is_required() else one.get_default() for name, one in kind.model_fields.items()}
    annotations: Mapping[str, Any] = {name: one.annotation for name, one in kind.model_fields.items()}
    codings = {name: _coding(annotation) for name, annotation in annotations.items()}
    pack = _fields_packed(defaults, codings)
    unpack = _fields_unpacked(defaults, codings)
    put = object.__setattr__  # what pydantic's own `__setstate__` calls

    def unpack_model(raw: Any) -> BaseModel:
        made = kind.__new__(kind)
        put(made, "__dict__", unpack(raw))
        put(made, "__pydantic_fields_set__", _NOT_TOLD)
        put(made, "__pydantic_extra__", None)
        put(made, "__pydantic_private__", None)
        return made

    return _Coding(pack, unpack_model)


def _fields_packed(defaults: Mapping[str, Any], codings: Mapping[str, _Coding]) -> Conversion:
    each = [(name, default, codings[name].pack) for name, default in defaults.items()]

    def pack(value: Any) -> dict[str, Any]:
        own = ((name, default, getattr(value, name), change) for name, default, change in each)
        return {name: change(one) if change else one for name, default, one, change in own if one != default}

    return pack


def _fields_unpacked(defaults: Mapping[str, Any], codings: Mapping[str, _Coding]) -> Conversion:
    required = {name for name, default in defaults.items() if default is _REQUIRED}
    changes = [(name, one.unpack) for name, one in codings.items() if one.unpack]

    def unpack(raw: Any) -> dict[str, Any]:
        fields = {**defaults, **raw}
        if len(fields) != len(defaults) or not required <= raw.keys():
            raise ValueError("fields are missing, or there are others")
        for name, change in changes:
            if name in raw:
                fields[name] = change(raw[name])
        return fields

    return unpack
