"""A record's fields as JSON has them: as the record's file states them, numbers as text to the digit."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ..records.dates import Date
from ..records.models import Model
from ..records.periods import Period
from ..records.record import Header, Record
from ..text.display import exact_number

_NOT_DATA = frozenset({"allow", "draft", "withdrawn", "body"})


def stated_fields(record: Record) -> Mapping[str, Any]:
    """Return the fields that a record states, by name, without those that are only for its editors."""
    return {
        name: _as_json(value)
        for name in Header.model_fields
        if name not in _NOT_DATA and _is_stated(value := getattr(record, name))
    }


def _is_stated(value: Any) -> bool:
    return value is not None and value != () and value is not False


def _as_json(value: Any) -> Any:
    """Return a value of a record for JSON. Fields that the record does not state are left out."""
    if isinstance(value, Decimal):
        return exact_number(value)
    if isinstance(value, Period):
        return value.id
    if isinstance(value, Date):
        return value.text
    if isinstance(value, Model):
        fields = type(value).model_fields
        return _as_json({field.alias or name: getattr(value, name) for name, field in fields.items()})
    if isinstance(value, Mapping):
        return {name: _as_json(one) for name, one in value.items() if _is_stated(one)}
    if isinstance(value, tuple):
        return [_as_json(one) for one in value]
    return str(value) if isinstance(value, str) else value
