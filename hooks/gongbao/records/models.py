"""The base of all models that are read from YAML: immutable, without unknown keys, with English or Chinese names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationInfo, model_validator

from ..problems import names
from ..problems.other_words import meant_field, near_field
from ..problems.problem import Mark
from .scalars import quoted
from .yamltree import Node, Table, Text

_NOT_TOLD: set[str] = set()  # shared by all models


class Stray(Text):
    """Stands for the value of a key that is unknown or repeated: the key as written, and the rule that it breaks."""

    rule: str
    values: Mapping[str, str]
    start: Mark  # where a fix begins: at the key, or at the value that the key was cut off from

    @classmethod
    def of(cls, rule: str, key: str, mark: Mark, **values: str) -> Stray:
        """Return a stray for the key. Pydantic then refuses it as an extra field."""
        made = cls(key)
        made.rule, made.mark, made.values = rule, mark, values
        made.plain, made.start, made.end = True, mark, Mark(mark.line, mark.column + len(key))
        return made


def english_keys(table: Table, known: frozenset[str], *, lenient: bool = False) -> Table:
    """Return a table with English keys. ``known`` are the model's fields; other and repeated keys become strays.

    If it is ``lenient``, they are left out instead, but one that is like a missing field counts as that one.
    """
    renamed = Table.at(table.mark, flow=table.flow)
    written: dict[str, str] = {}
    english = {key: names.english_field(key, known) for key in table.keys_at}
    there = {*english.values()} - {None}
    before: Node | None = None  # the last value
    for key, mark in table.keys_at.items():
        name = english[key]
        if name is None and table.flow and key in table.empty:
            if not lenient:
                renamed[key] = _cut_off(before, key, mark)
        elif name is None:
            near = near_field(key, known)
            meant = names.english_field(near, known)
            taken = meant in there or meant in renamed
            certain = bool(meant_field(key, known)) and not taken
            values = {"suggestion": "" if taken else near, **({"certain": "yes"} if certain else {})}
            if not lenient:
                renamed[key] = Stray.of("field.unknown", key, mark, **values)
            # What is wrong with its value is told at once.
            if (certain or (lenient and not taken)) and meant and key in table:
                renamed[meant], renamed.keys_at[meant] = table[key], mark
        elif name in renamed.keys_at:
            if lenient:
                continue
            first = str(renamed.keys_at[name].line)
            renamed[f"{name} "] = Stray.of("yaml.duplicate", key, mark, first=first, name=name, other=written[name])
        else:
            renamed.keys_at[name], written[name] = mark, key
            if key in table:
                renamed[name] = table[key]
            else:
                renamed.empty[name] = mark
        before = table.get(key, before)
    return renamed


def _cut_off(value: Node | None, key: str, mark: Mark) -> Stray:
    """Return a stray for what follows a comma in a value: the rest of its text."""
    stray = Stray.of("yaml.comma", key, mark)
    if isinstance(value, Text) and value.end:
        gap = "" if mark == Mark(value.end.line, value.end.column + 1) else " "
        stray.values = {"suggestion": quoted(f"{value},{gap}{key}")}
        stray.start = value.mark
    return stray


class Model(BaseModel):
    """A model that is read from YAML: immutable, without unknown keys, with English or Chinese names."""

    # A model's own validator is made when somebody asks for it: nearly all are only parts of another model.
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)

    def __getstate__(self) -> dict[Any, Any]:
        """Leave out which fields were set: the program never asks, and a large archive takes a quarter less memory."""
        return {
            "__dict__": self.__dict__,
            "__pydantic_extra__": None,
            "__pydantic_fields_set__": _NOT_TOLD,
            "__pydantic_private__": None,
        }

    @model_validator(mode="before")
    @classmethod
    def _english(cls, data: object, info: ValidationInfo) -> object:
        lenient = getattr(info.context, "lenient", False)
        return english_keys(data, cls.field_names(), lenient=lenient) if isinstance(data, Table) else data

    @classmethod
    @cache
    def field_names(cls) -> frozenset[str]:
        """Return the names of the model's fields, in English as records spell them."""
        return frozenset(field.alias or name for name, field in cls.model_fields.items())
