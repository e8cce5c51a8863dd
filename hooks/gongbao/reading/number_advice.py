"""Advice on numbers that are not exact: how to write the number, its unit and its bound in fields of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from ..problems.names import BOUNDS, FIELDS, english_field
from ..problems.problem import Fix, Problem
from ..records.loose_numbers import LooseNumber, read_loosely
from ..records.measures import convert, in_yuan, is_share, plain
from ..records.nodes import child, node_at
from ..records.references import Context
from ..records.yamltree import Node, Table, Text
from .several_numbers import several

_SHARES = frozenset({"percent", "completion"})  # fields in percent
_IN_UNIT_OF_FIGURE = frozenset({"target", "previous", "change"})  # fields without a unit of their own
_LETTERS = re.compile(r"(?<=\d)[OolI](?![a-z])|[OolI](?=\d)")  # typed for the digits that look alike
_RANK = re.compile(r"第?(?P<rank>.+?)名?")
_LESS, _MORE = re.compile("^(?:减少|下降|降低|少了?)"), re.compile("^(?:增加|上升|提高|增长|多了?)")


def advised(problem: Problem, given: Text, steps: Sequence[str | int], tree: Node, context: Context | None) -> Problem:
    """Return the problem of a field that holds no exact number, with what to write instead if that is certain.

    ``given`` is what is written there, and ``steps`` lead to it in the file's ``tree``. The advice keeps sign, scale,
    unit and bound. Its fix is safe if the number itself stays as it is.
    """
    names = [step for step in steps if isinstance(step, str)]
    holder = node_at(tree, steps[:-1])
    if not names or not isinstance(holder, Table):
        return problem
    within = names[-2] if names[0] == "figures" and names[-1] == "value" else ""
    field = within if within in _SHARES | _IN_UNIT_OF_FIGURE else names[-1]
    written = _reworded(field, given.strip("“”‘’「」\"' "))
    mistyped = _LETTERS.sub(lambda found: "0" if found[0] in "oO" else "1", written)
    loose = read_loosely(mistyped)
    parts = loose and _parts(
        field, loose, in_yuan(_text(holder, "unit")), _unit_of(_tables_above(steps, tree), context)
    )
    if not loose and names[-1] == "value":
        return several(problem, given, holder, in_figures=names == ["figures", "value"])
    if not loose or not parts or (names[-1] == "value" and "bound" in parts and _text(holder, "bound")):
        return problem  # of two bounds, only a person knows the right one
    shown, text = _shown(names[-1], parts, holder)
    if text == given:  # a number that is exact, but not allowed here
        return problem
    safe = mistyped == written and loose.is_plain and Decimal(parts["value"]) == loose.value
    fix = Fix(given.mark, given.end, text, safe) if given.end else None
    return replace(problem, values={**problem.values, **shown}, fix=fix)


def _reworded(field: str, written: str) -> str:
    """Return what is written in a field without the words that the field itself says: 第 and 名 of a rank."""
    if field == "rank" and (found := _RANK.fullmatch(written.strip())):
        return found["rank"]
    if field == "change":
        return _LESS.sub("-", _MORE.sub("", written.strip()))
    if field in _SHARES:
        return re.sub("^百分之(.+)$", r"\1%", written.strip())
    return written


def _parts(field: str, loose: LooseNumber, own: str, inherited: str) -> Mapping[str, str] | None:
    """Return the fields to write, by name, of which ``value`` is always one. None if that is not certain.

    ``own`` is the unit written beside the number, ``inherited`` that of the figure or its indicator.
    """
    bounded = field in _SHARES | _IN_UNIT_OF_FIGURE | {"value", "of"}
    if loose.bound != "exact" and not bounded:
        return None
    parts = {"value": f"{loose.value:f}"}
    if not loose.unit:
        parts["value"] = f"{plain(loose.whole) if loose.multiple else loose.value:f}"
    elif field in _SHARES:
        if not is_share(loose.measure):
            return None
    elif not bounded:
        return None
    elif known := own or (inherited if field in _IN_UNIT_OF_FIGURE else ""):
        converted = convert(loose.value, loose.measure, known)
        if converted is not None:
            parts["value"] = f"{converted:f}"
        elif field == "of":  # a base may have another unit than its figure
            parts["unit"] = loose.measure
        else:
            return None
    elif field not in _IN_UNIT_OF_FIGURE:
        parts["unit"] = loose.measure
    if loose.bound != "exact":
        parts["bound"] = loose.bound
    return parts


def _shown(name: str, parts: Mapping[str, str], holder: Table) -> tuple[Mapping[str, str], str]:
    """Return the values for the rule's texts, and the YAML to write in place of what stands there.

    It is the bare number, or fields within braces, or fields on lines below each other.
    """
    if len(parts) == 1:
        return {"suggestion": parts["value"]}, parts["value"]
    chinese = any(not key.isascii() for key in holder)
    written = [f"{_name(part, chinese)}: {_value(part, value, chinese)}" for part, value in parts.items()]
    key = next((key for key in holder if english_field(key, {name}) == name), name)
    if name != "value":
        inside = f"{{{', '.join(written)}}}"
        return {"suggestion": f"{key}: {inside}"}, inside
    further = [parts["value"], *written[1:]]
    if holder.flow:
        return {"suggestion": ", ".join(written)}, ", ".join(further)
    indent = " " * (holder.keys_at[key].column - 1)
    return {"lines": "\n".join(written)}, f"\n{indent}".join(further)


def _name(field: str, chinese: bool) -> str:
    if not chinese:
        return field
    return "计量单位" if field == "unit" else FIELDS[field][0]


def _value(field: str, value: str, chinese: bool) -> str:
    if field == "bound" and chinese:
        return next(words[0] for bound, words in BOUNDS.items() if bound == value)
    return f'"{value}"' if value.startswith(("%", "％")) else value


def _tables_above(steps: Sequence[str | int], tree: Node) -> Iterator[Table]:
    """Yield the tables above a field, the nearest first: one of them is the figure."""
    for end in range(len(steps) - 1, 0, -1):
        if isinstance(node := node_at(tree, steps[:end]), Table):
            yield node


def _unit_of(tables: Iterator[Table], context: Context | None) -> str:
    """Return the first unit that the tables have, of their own or by their indicator; empty if they have none."""
    for table in tables:
        if unit := _text(table, "unit"):
            return unit
        indicator = context.vocabulary.indicators.find(_text(table, "indicator")) if context else None
        if indicator:
            return indicator.unit
    return ""


def _text(table: Table, name: str) -> str:
    node = child(table, name)
    return str(node) if isinstance(node, Text) else ""
