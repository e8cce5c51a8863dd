"""JSON Schemas of records and word lists, for editors that check and complete YAML (draft 7, json-schema.org).

They are made from the models, with the names that a writer may use, and offer the entries of the site's own word lists.
An editor sees values as YAML guesses them, so a text may be a number there. What a schema lets pass, the check judges.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from ..archive import addresses
from ..archive.filing import Archive
from ..output import Output, Put
from ..problems import names
from ..problems.catalogue import Language, label
from ..reading.lists import LIST_MODELS
from ..records.fields import OneOrMore
from ..records.models import Model
from ..records.record import Header
from ..records.references import IndicatorRef, SourceRef, TopicRef, UnitRef

Schema = dict[str, Any]
RECORD_SCHEMA = "record"
_SCALAR = ["string", "number", "boolean", "null"]
_NUMBER: Schema = {"type": ["number", "string"], "pattern": r"^\s*[+-]?[0-9]{1,25}(\.[0-9]{1,15})?\s*$"}


def schema_output(archive: Archive) -> Output:
    """Return the schemas as an output: one for records, and one for each word list."""
    texts = {
        addresses.data_file(f"schema/{name}.json"): (json.dumps(one, ensure_ascii=False, indent=1) + "\n").encode()
        for name, one in schemas(archive).items()
    }

    def make(due: Collection[str], put: Put) -> None:
        for name in due:
            put(name, texts[name])

    return Output(lambda: texts, make)


def schemas(archive: Archive) -> Mapping[str, Schema]:
    """Return the schema of a record, and that of each word list by its name."""
    writer = _Schemas(archive)
    return {name: writer.whole(kind) for name, kind in {RECORD_SCHEMA: Header, **LIST_MODELS}.items()}


class _Schemas:
    """Makes schemas for one archive."""

    def __init__(self, archive: Archive) -> None:
        lists = archive.vocabulary
        self.language: Language = lists.language
        self.entries: Sequence[tuple[Any, Sequence[str]]] = (
            (TopicRef, [one.slug for one in lists.topics]),
            (UnitRef, [one.slug for one in lists.units]),
            (IndicatorRef, [one.slug for one in lists.indicators]),
            (SourceRef, [one.slug for one in lists.sources]),
        )
        self.promises = [promise.id for promise in archive.promises]
        self.definitions: dict[str, Schema] = {}

    def whole(self, kind: Any) -> Schema:
        """Return the schema of a file."""
        self.definitions = {}
        made = self.of(kind)
        return {"$schema": "http://json-schema.org/draft-07/schema#", **made, "definitions": self.definitions}

    def of(self, kind: Any, rules: tuple[Any, ...] = ()) -> Schema:
        """Return the schema of a type. ``rules`` are what its annotation says besides."""
        origin = get_origin(kind)
        if origin is Annotated:
            inner, *more = get_args(kind)
            return self.of(inner, (*more, *rules))
        if isinstance(kind, type) and issubclass(kind, Model):
            bare = any(rule is not OneOrMore and _takes_text(rule) for rule in rules)
            whole = self.model(kind)
            return {"anyOf": [whole, {"type": _SCALAR}]} if bare else whole
        if origin is tuple:
            entries = self.of(get_args(kind)[0])
            listed = {"type": "array", "items": entries}
            return {"anyOf": [entries, listed]} if OneOrMore in rules else listed
        if origin in (Union, UnionType):
            kinds = [one for one in get_args(kind) if one is not type(None)]
            return self.of(kinds[0], rules) if len(kinds) == 1 else {"type": _SCALAR}
        if origin is Literal:
            return {"enum": _spellings(get_args(kind))}
        if kind is bool:
            return {"enum": [True, False, *_spellings(("true", "false"), names.YES_NO)]}
        if kind is Decimal:
            return _NUMBER
        known = next((slugs for ref, slugs in self.entries if ref.__metadata__[-1] in rules), None)
        return _offering(known) if known else {"type": _SCALAR}

    def model(self, model: type[Model]) -> Schema:
        """Return a reference to the schema of a model, which stands among the definitions."""
        name = model.__name__
        if name not in self.definitions:
            self.definitions[name] = {}  # a model may hold itself
            self.definitions[name] = self.fields(model)
        return {"$ref": f"#/definitions/{name}"}

    def fields(self, model: type[Model]) -> Schema:
        """Return the schema of a model: each field by every name that it may have."""
        properties: dict[str, Schema] = {}
        required = []
        for own, field in model.model_fields.items():
            name = field.alias or own
            spellings = (name, *names.FIELDS.get(name, ()))
            kind = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
            made = _offering(self.promises) if name == "commitment" and self.promises else self.of(kind)
            about = {"title": spellings[min(1, len(spellings) - 1)], "description": _described(name, self.language)}
            for spelling in spellings:
                properties.setdefault(spelling, {**about, "allOf": [made]})
            if field.is_required():
                required.append({"anyOf": [{"required": [spelling]} for spelling in spellings]})
        made = {"type": "object", "properties": properties, "additionalProperties": False}
        return {**made, "allOf": required} if required else made


def _described(name: str, language: Language) -> str:
    return label(f"about-field-{name}", language)


def _takes_text(rule: Any) -> bool:
    """Whether a rule of an annotation makes a mapping of a bare text."""
    return getattr(getattr(rule, "func", None), "__module__", "").startswith("gongbao.records")


def _spellings(values: Iterable[str], words: Mapping[Any, tuple[str, ...]] | None = None) -> list[str]:
    """Return every word for some values: first the English ones, which are their names."""
    values = [*values]
    found = words or next((one for one in names.CHOICES if {*one} == {*values}), {})
    return [*values, *(word for value in values for word in found.get(value, ()))]


def _offering(known: Sequence[str]) -> Schema:
    """Return the schema of a text for which an editor offers some words; titles and other names are right as well."""
    return {"anyOf": [{"enum": [*known]}, {"type": _SCALAR}]}
