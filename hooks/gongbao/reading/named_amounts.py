"""Amounts under names of their own, ``- 市总转办: 38宗``, in place of items with a label, a value and a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..problems.names import EVERY_FIELD, english_field
from ..problems.other_words import OTHER_FIELDS
from ..problems.problem import Fix, Mark, Problem, field_of
from ..records.loose_figures import Naming, amount_fields, as_label
from ..records.loose_numbers import LooseNumber, read_loosely
from ..records.nodes import between_fields, child, key_of
from ..records.number_phrases import reworded
from ..records.quantities import Figure, Part
from ..records.vocabulary import Vocabulary
from ..records.yamltree import Items, Node, Table, Text
from .written_fields import naming

_NAMES = frozenset({"label", "indicator", "value"})
_NO_UNITS = frozenset("月日号年点时")
_FORMS = frozenset(name for names in OTHER_FIELDS.values() for name in names)


def spelt_out(tree: Table, path: str, vocabulary: Vocabulary) -> list[Problem]:
    """Make items of amounts under names of their own, in a record's figures and their parts; a problem for each."""
    figures = child(tree, "figures")
    problems = _in_list(tree, figures, ("figures",), path, naming(vocabulary))
    figures = child(tree, "figures")
    for at, figure in enumerate(figures if isinstance(figures, Items) else [figures]):
        if isinstance(figure, Table):
            for name in ("parts", "among"):
                problems += _in_list(figure, child(figure, name), ("figures", at, name), path, as_label)
    return problems


def _in_list(holder: Table, node: Node | None, steps: Sequence[str | int], path: str, named: Naming) -> list[Problem]:
    known = Figure.field_names() if len(steps) == 1 else Part.field_names()
    if (
        isinstance(node, Table)
        and not (node.flow and holder.flow)
        and all(_amount(node, key, known) for key in node.keys_at)
    ):
        return _as_list(holder, node, steps, path, named)
    found = []
    for item in node if isinstance(node, Items) else [node]:
        if isinstance(item, Table) and (key := _own_name(item, known)):
            found.append(_spell_out(item, key, steps, path, named))
    return found


def _own_name(item: Table, known: frozenset[str]) -> str:
    """Return the only key of an item that is no field, if its value is an amount and the item has no name else."""
    others = [key for key in item.keys_at if english_field(key, known) is None]
    if len(others) != 1 or any(english_field(key, _NAMES) for key in item.keys_at):
        return ""
    if len(item.keys_at) > 1 and next(iter(item.keys_at)) != others[0]:
        return ""
    return others[0] if _amount(item, others[0], known) else ""


def _amount(item: Table, key: str, known: frozenset[str]) -> LooseNumber | None:
    """Return the amount under a name that is no field, or None if it is none, or may be a day or a telephone."""
    value = item.get(key)
    if not isinstance(value, Text) or not value.end or value.end.line != value.mark.line:
        return None
    if english_field(key, EVERY_FIELD) or key in _FORMS or len(key) > 20:
        return None
    loose = read_loosely(reworded("value", value).text)
    if loose is None or loose.unit in _NO_UNITS or not (loose.unit or "parts" not in known):
        return None
    return loose


def _spell_out(item: Table, key: str, steps: Sequence[str | int], path: str, named: Naming) -> Problem:
    value, mark = item.pop(key), item.keys_at.pop(key)
    loose = read_loosely(reworded("value", str(value)).text)
    assert isinstance(value, Text) and value.end and loose
    parts = amount_fields(key, loose, chinese=not key.isascii(), named=named)
    written = [f"{name}: {one}" for name, one in parts.items()]
    alone, inside = not item.keys_at, ", ".join(written)
    in_braces = item.flow and item.mark != mark  # [男: 3人] has none
    text = inside if in_braces else f"{{{inside}}}" if alone else between_fields(item, mark.column).join(written)
    _put(item, parts, mark, value.end)
    shown = {"suggestion": f"- {{{inside}}}"} if alone else {"lines": "\n".join(written)}
    fix = Fix(mark, value.end, text, safe="label" in named(key, loose.measure))  # an indicator may have it already
    return Problem(path, mark, "figure.rows", field_of(steps), f"{key}: {value}", shown, fix)


def _put(item: Table, parts: Mapping[str, str], mark: Mark, end: Mark) -> None:
    """Put the fields of an amount at the beginning of an item, all at the place of the name that they stand for."""
    later, places = dict(item), dict(item.keys_at)
    item.clear()
    item.keys_at.clear()
    for name, value in parts.items():
        item[name], item.keys_at[name] = Text.at(value.strip('"'), mark, end), mark
    item.update(later)
    item.keys_at.update(places)


def _as_list(holder: Table, node: Table, steps: Sequence[str | int], path: str, named: Naming) -> list[Problem]:
    """Make a list of amounts that stand below each other without hyphens."""
    keys, items, lines, safe = list(node.keys_at), [], [], True
    start, last = node.keys_at[keys[0]], node[keys[-1]]
    assert isinstance(last, Text) and last.end
    for key in keys:
        item = Table.at(node.keys_at[key])
        item[key], item.keys_at[key] = node[key], node.keys_at[key]
        problem = _spell_out(item, key, steps, path, named)
        lines.append(problem.values["suggestion"])
        safe = safe and bool(problem.fix and problem.fix.safe)
        items.append(item)
    name = key_of(holder, node)
    holder[name] = Items.at(list(items), node.mark)
    if node.flow:  # its closing brace becomes that of the last item
        indent = "\n" + " " * (holder.keys_at[name].column + 1)
        fix = Fix(node.mark, last.end, "".join(indent + line for line in lines)[:-1], safe)
    else:
        fix = Fix(start, last.end, between_fields(node, start.column).join(lines), safe)
    values = {"lines": "\n".join(lines)} if len(lines) > 1 else {"suggestion": lines[0]}
    return [Problem(path, start, "figure.rows", field_of(steps), f"{keys[0]}: {node[keys[0]]}", values, fix)]
