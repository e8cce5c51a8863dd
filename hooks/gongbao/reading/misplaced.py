"""Fields of a figure, a commitment or another part that stand at the left margin, where the writer forgot to indent."""

from __future__ import annotations

from collections.abc import Iterator

from ..problems.names import english_field
from ..problems.problem import Fix, Mark, Problem
from ..records.record import PARTS, Header
from ..records.scalars import quoted
from ..records.yamltree import Items, Table, Text

_OF_PARTS_ONLY = frozenset({"计量单位"})  # no writer calls the record's own unit so


def indented(tree: Table, path: str) -> list[Problem]:
    """Move fields that belong to the part above them into that part, and return a problem for each group of them."""
    problems = []
    for above, keys in list(_groups(tree)):
        lines = _lines(tree, above, keys)
        if lines is None:
            continue
        start, end = tree.keys_at[keys[0]], _end(tree, keys[-1])
        fix = Fix(start, end, "\n".join(lines), safe=True)
        values = {"above": english_field(above, PARTS) or above, "lines": "\n".join(lines)}
        problems.append(Problem(path, start, "field.depth", "", keys[0], values, fix))
        _move(tree, above, keys)
    return problems


def _groups(tree: Table) -> Iterator[tuple[str, list[str]]]:
    """Yield each field with parts, and the fields right after it that belong to such a part."""
    above, group = "", list[str]()
    for key in tree.keys_at:
        part = english_field(above, PARTS) if above else None
        own = english_field(key, Header.field_names()) if key not in _OF_PARTS_ONLY else None
        if part and own is None and english_field(key, PARTS[part].field_names()):
            group.append(key)
            continue
        if group:
            yield above, group
        above, group = key, []
    if group:
        yield above, group


def _lines(tree: Table, above: str, keys: list[str]) -> list[str] | None:
    """Return the lines of misplaced fields as they must stand, or None if that is not certain."""
    holder = tree.get(above)
    if not (holder is None or (isinstance(holder, Items) and holder and isinstance(holder[-1], Table))):
        return None
    last = holder[-1] if holder else None
    if isinstance(last, Table) and (last.flow or any(english_field(key, set(last.keys_at)) for key in keys)):
        return None
    column = min(mark.column for mark in last.keys_at.values()) if isinstance(last, Table) else 5
    lines = []
    for at, key in enumerate(keys):
        value, mark = tree.get(key), tree.keys_at[key]
        if not isinstance(value, Text) or not value.end or value.end.line != mark.line:
            return None
        if at and mark.line != tree.keys_at[keys[at - 1]].line + 1:
            return None
        begin = "  - " if not at and last is None else " " * (column - 1)
        written = str(value) if value.plain else quoted(value)
        lines.append(f"{begin}{key}: {written}")
    return lines


def _end(tree: Table, key: str) -> Mark:
    value = tree[key]
    assert isinstance(value, Text) and value.end
    return value.end


def _move(tree: Table, above: str, keys: list[str]) -> None:
    holder = tree.get(above)
    if holder is None:
        table = Table.at(tree.keys_at[keys[0]])
        tree[above] = Items.at([table], table.mark)
        tree.empty.pop(above, None)
    else:
        assert isinstance(holder, Items) and isinstance(holder[-1], Table)
        table = holder[-1]
    for key in keys:
        table[key], table.keys_at[key] = tree.pop(key), tree.keys_at.pop(key)
