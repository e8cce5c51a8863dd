"""Units of measure: which ones count the same thing, and at what scale."""

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
    """Return what a unit measures: a name shared by all that convert into each other; unknown units stand alone."""
    return _SCALES[unit][0] if unit in _SCALES else unit


def convert(value: Decimal, unit: str, other: str) -> Decimal | None:
    """Say a value in another unit, exactly; None where the units measure different things."""
    if dimension(unit) != dimension(other):
        return None
    if unit == other:
        return value
    scale, other_scale = _SCALES[unit][1], _SCALES[other][1]
    return value * scale / other_scale


def base_value(value: Decimal, unit: str) -> Decimal:
    """Return a value in its dimension's smallest unit (元, 人, …); in its own where that is unknown."""
    return value * _SCALES[unit][1] if unit in _SCALES else value
