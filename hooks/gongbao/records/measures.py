"""Units of measure: which units measure the same thing, and how they convert."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

# The units of each dimension, with their scale. Counting words that mean the same have the same scale (人, 名, 位).
_DIMENSIONS: Mapping[str, Mapping[str, str]] = {
    "money": {"元": "1", "千元": "1000", "万元": "10000", "亿元": "100000000"},
    "people": {"人": "1", "名": "1", "位": "1", "万人": "10000"},
    "attendances": {"人次": "1", "万人次": "10000"},
    "bodies": {"家": "1", "间": "1", "个": "1", "户": "1", "所": "1"},
    "cases": {"件": "1", "宗": "1", "起": "1", "桩": "1"},
    "events": {"次": "1", "场": "1", "期": "1", "届": "1"},
    "share": {"%": "1", "％": "1", "个百分点": "1"},
}
_SCALES: Mapping[str, tuple[str, Decimal]] = {
    unit: (dimension, Decimal(scale)) for dimension, units in _DIMENSIONS.items() for unit, scale in units.items()
}


def dimension(unit: str) -> str:
    """Return the name of what a unit measures. Units with one dimension convert into each other.

    An unknown unit is a dimension of its own.
    """
    return _SCALES[unit][0] if unit in _SCALES else unit


def convert(value: Decimal, unit: str, other: str) -> Decimal | None:
    """Return a value of ``unit`` in the unit ``other``, exactly. None if the units have different dimensions."""
    if dimension(unit) != dimension(other):
        return None
    if unit == other:
        return value
    scale, other_scale = _SCALES[unit][1], _SCALES[other][1]
    return value * scale / other_scale


def base_value(value: Decimal, unit: str) -> Decimal:
    """Return a value in the smallest unit of its dimension (元, 人, …); a value of an unknown unit stays as it is."""
    return value * _SCALES[unit][1] if unit in _SCALES else value
