"""Figures as people tell them, ``走访8人，发放慰问品40份``, taken apart into items as a record has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from ..problems.field_paths import written_name
from ..problems.names import BOUNDS, BoundName
from .loose_numbers import LooseNumber, read_loosely
from .measures import KNOWN_UNITS
from .scalars import scalar

_PIECES = re.compile(r"[，；;。、\n]+|,(?!\d{3})")
_NUMBER = re.compile(
    r"(?:约|近|超过|不少于|至少)?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[^\d\s，。；、]*|[一二两三四五六七八九十百千万]+[^\d\s]{1,3}$"
)
_UNITS = "|".join(sorted(KNOWN_UNITS, key=len, reverse=True))
_UNIT_AND_NAME = re.compile(
    rf"(?P<amount>\D*[\d.,]+[余多]?[百千]?[万亿]{{0,2}}(?:{_UNITS}))(?!次)"
    r"(?P<name>[\u4e00-\u9fff：:]{1,8})"
)
_DIGITS, _WORD = re.compile(r"\d"), re.compile(r"[^\W\d_]")
_BEFORE = " \t\u3000:：为达到共计了约近("
Naming = Callable[[str, str], Mapping[str, str]]
_LONGEST = 400  # signs of a text that tells figures; a longer one is prose


def as_label(label: str, _: str) -> Mapping[str, str]:
    """Return the field that names a figure, by its English name: its label."""
    return {"label": scalar(label)}


def figures_told(text: str, *, chinese: bool = True, named: Naming = as_label) -> list[str]:
    """Return the items of ``figures`` that a text tells, each in braces, or nothing if one of them is not certain."""
    if len(text) > _LONGEST:
        return []
    items = []
    for piece in filter(None, (piece.strip() for piece in _PIECES.split(text))):
        found = _items(piece, chinese=chinese, named=named)
        if not found:
            return []
        items += found
    return items


def _items(piece: str, *, chinese: bool, named: Naming) -> list[str]:
    """Return the items for what one piece tells: of 2场120人次 two, with the same label.

    Of 男60人女40人 each has its own.
    """
    numbers = [one for one in _NUMBER.finditer(piece) if _DIGITS.search(one[0])] or [*_NUMBER.finditer(piece)]
    label = piece[: numbers[0].start()].strip(_BEFORE) if numbers else ""
    if not _WORD.search(label) or piece[numbers[-1].end() :].strip():
        return []
    items = []
    for one in numbers:
        number, following = _parted(one[0]) if one is not numbers[-1] else (one[0], "")
        items.append(figure_item(label, number, chinese=chinese, named=named))
        label = following or label
    return items if all(items) else []


def _parted(amount: str) -> tuple[str, str]:
    """Return an amount, and the name of the next one that stands right behind its unit: 60人女 is 60人 and 女."""
    found = _UNIT_AND_NAME.fullmatch(amount)
    return (found["amount"], found["name"].strip(_BEFORE)) if found else (amount, "")


def figure_item(label: str, number: str, unit: str = "", *, chinese: bool = True, named: Naming = as_label) -> str:
    """Return the item of a label and a number as written, in braces, or an empty text if that is no number.

    The ``unit`` is that of a column of its own. ``named`` gives the field that names a figure, of label and unit.
    """
    loose = read_loosely(number)
    if loose is None:
        return ""
    if unit and not loose.unit:
        loose = replace(loose, unit=unit)
    return _in_braces(amount_fields(label, loose, chinese=chinese, named=named))


def amount_fields(label: str, loose: LooseNumber, *, chinese: bool = True, named: Naming = as_label) -> dict[str, str]:
    """Return the fields of an amount by their names in the file; the values are YAML."""
    amount = amount_of(loose.value, loose.bound, loose.measure, chinese=chinese)
    return _named({**named(label, loose.measure), **amount}, chinese=chinese)


def amount_of(value: Decimal, bound: BoundName, unit: str = "", *, chinese: bool = True) -> dict[str, str]:
    """Return a value, its unit and its bound as fields, by their English names, as far as there are any.

    The values are YAML.
    """
    parts = {"value": f"{value:f}"}
    if unit:
        parts["unit"] = scalar(unit)
    if bound != "exact":
        parts["bound"] = BOUNDS[bound][0] if chinese else bound
    return parts


def bounded(value: Decimal, bound: BoundName, *, chinese: bool = True) -> str:
    """Return a value as YAML: a number alone if it is exact, and else in braces with its bound."""
    return f"{value:f}" if bound == "exact" else braced(amount_of(value, bound, chinese=chinese), chinese=chinese)


def braced(parts: Mapping[str, str], *, chinese: bool = True) -> str:
    """Return fields, by their English names, in braces; the values are YAML already."""
    return _in_braces(_named(parts, chinese=chinese))


def _named(parts: Mapping[str, str], *, chinese: bool) -> dict[str, str]:
    return {written_name(field, chinese=chinese): value for field, value in parts.items()}


def _in_braces(fields: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {value}" for name, value in fields.items()) + "}"
