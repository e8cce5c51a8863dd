"""Advice on values with more than one number: a range (3~5人), or numbers of several units (2场120人次)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from ..problems.field_paths import written_name
from ..problems.names import english_field
from ..problems.problem import Problem
from ..records.loose_figures import braced
from ..records.loose_numbers import read_loosely
from ..records.nodes import child, has_chinese_names
from ..records.numerals import numeral_value
from ..records.scalars import scalar
from ..records.yamltree import Table, Text
from .nameless import name_told

_DIGITS = r"\d[\d,]*(?:\.\d+)?"
_CHINESE = "[一二两三四五六七八九十百千万]+"
_UNIT = r"[^\d\s,.~～\-—–至到约近+]{0,8}?"
_TO = r"\s*(?:[-~～〜∼—–―─至到或]{1,2})\s*"
_RANGE = re.compile(
    rf"(?:约|大约|大概)?(?P<low>{_DIGITS}|{_CHINESE})(?P<unit1>{_UNIT}){_TO}(?P<high>{_DIGITS}|{_CHINESE})"
    rf"(?P<unit>{_UNIT})(?:左右|不等|之间)?"
)
_NEIGHBOURS = re.compile(
    r"(?P<low>[一二两三四五六七八])(?P<high>[二三四五六七八九])(?P<unit>[十百千]?万?[^\d\s十百千万]{1,6})"
)
_SEVERAL = 2
_PIECE = re.compile(
    r"[，,、；;和及与共\s]*(?P<number>(?:约|近)?\d[\d,]*+(?:\.\d+)?+)\s*+(?P<unit>[^\da-zA-Z\s，,、；;.~/\-—至到和及与共（(]{1,8})"
)


def of_range(problem: Problem, given: Text, holder: Table) -> Problem | None:
    """Return the problem of a field that holds a range, with how to write either end; None if it holds none.

    ``holder`` has the field. There is no replacement: only a person knows which end the source stands for.
    """
    if not (ends := _ends(unicodedata.normalize("NFKC", given).strip())):
        return None
    low, high, unit = ends
    chinese = has_chinese_names(holder)
    lower, upper = (
        braced({"value": end, **({"unit": scalar(unit)} if unit else {}), "bound": bound}, chinese=chinese)[1:-1]
        for end, bound in (
            (low, "以上" if chinese else "at-least"),
            (high, "以内" if chinese else "at-most"),
        )
    )
    return replace(problem, rule="field.range", values={"lower": lower, "upper": upper})


def items_of_several(given: Text, holder: Table, text: str) -> list[str]:
    """Return the items of figures that several numbers in one field make; nothing if it does not hold several.

    They have the names that the record's ``text`` gives to these numbers, if it names each of them.
    """
    pieces = _pieces(unicodedata.normalize("NFKC", given).strip())
    if len(pieces) < _SEVERAL:
        return []
    chinese = has_chinese_names(holder)
    names = [name_told(piece["number"].lstrip("约近"), piece["unit"].strip(), text) for piece in pieces]
    told = names if all(names) and len(set(names)) == len(names) and child(holder, "indicator") is None else []
    return [
        _item(holder, at, piece["number"], piece["unit"], told[at] if told else "", chinese=chinese)
        for at, piece in enumerate(pieces)
    ]


def _pieces(text: str) -> list[re.Match[str]]:
    """Return the numbers with their units that a text consists of, or none if there is anything else in it.

    Each begins where the last one ends: to look for it further on would take the square of the text's length.
    """
    found, end = [], 0
    while piece := _PIECE.match(text, end):
        found.append(piece)
        end = piece.end()
    return found if end == len(text) else []


def _ends(text: str) -> tuple[str, str, str] | None:
    """Return the ends of a range, and its unit, or None if the text is no range."""
    if found := _NEIGHBOURS.fullmatch(text):
        low, high = (numeral_value(found[name]) for name in ("low", "high"))
        return _both(found["low"], found["high"], found["unit"]) if low < high <= low + 2 else None
    if found := _RANGE.fullmatch(text):
        return _both(found["low"] + found["unit1"], found["high"], found["unit"])
    return None


def _both(low: str, high: str, unit: str) -> tuple[str, str, str] | None:
    last = read_loosely(f"{high}{unit}")
    first = read_loosely(low if last and low.endswith(last.measure) and last.measure else f"{low}{unit}")
    if first is None or last is None or first.measure != last.measure or not first.value < last.value:
        return None
    return f"{first.value:f}", f"{last.value:f}", last.measure


def _item(holder: Table, at: int, number: str, unit: str, told: str, *, chinese: bool) -> str:
    """Return the item of one of several numbers: with the name that is ``told``, or the name of the one item.

    Two items cannot have one name where they measure different things: the others are named after their units.
    """
    name = next((key for key in holder if english_field(key, {"label", "indicator"})), "")
    loose = read_loosely(f"{number}{unit}")
    parts = {"value": f"{loose.value:f}", "unit": scalar(loose.measure)} if loose else {"value": number, "unit": unit}
    if loose and loose.bound != "exact":
        parts["bound"] = {"about": "约", "nearly": "近"}.get(loose.bound, "约") if chinese else loose.bound
    inside = braced(parts, chinese=chinese)[1:-1]
    if told:
        name = name or written_name("label", chinese=chinese)
    own = f"{holder[name]}（{unit.strip()}）" if at and name in holder else str(holder.get(name, ""))
    label = scalar(told or own) if name else ""
    return f"- {{{name}: {label}, {inside}}}" if name else f"- {{{inside}}}"
