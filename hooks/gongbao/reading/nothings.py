"""Values that say nothing (无, /) or that point above (同上): a record leaves such fields out, or writes them out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from ..problems.names import EVERY_FIELD, english_field
from ..problems.problem import Fix, Mark, Problem, field_of
from ..records.record import PARTS, Header
from ..records.yamltree import Items, Node, Table, Text

_NOTHING = re.compile(
    r"(?:暂?无|暂?没有|暂缺|空|略|不适用|[/\\—–―─-]{1,4}|n/?a|none|nil)(?:内容|此项|数据)?[。.]?", re.IGNORECASE
)
_ABOVE = re.compile(r"[〃″\"]{1,2}|''|(?:同|如)(?:上|前|左)[。.]?|ditto", re.IGNORECASE)
_MAY_SAY_SO = frozenset({"highlight", "draft", "instalment", "headline", "printed", "was", "now", "body"})

Step = str | int


@lru_cache(maxsize=4096)  # records have the same few units, kinds and labels
def says_nothing(text: str) -> bool:
    """Whether a value says that there is none."""
    return bool(_NOTHING.fullmatch(unicodedata.normalize("NFKC", text).strip()))


def without_nothings(tree: Table, path: str, text: str, first_line: int) -> list[Problem]:
    """Empty the fields that say nothing or point above, and return a problem for each.

    ``text`` holds the fields as they stand in the file ``path``, from its line ``first_line`` on.
    """
    return list(_in_table(tree, (), _Lines(path, text.split("\n"), first_line), {}))


class _Lines:
    """Where the fields stand: the file, and its lines from ``first_line`` on."""

    def __init__(self, path: str, lines: Sequence[str], first_line: int) -> None:
        self.path, self.lines, self.first_line = path, lines, first_line

    def line(self, number: int) -> str:
        """Return a line of the file."""
        return self.lines[number - self.first_line]

    def whole_lines(self, start: Mark, end: Mark, closing: str) -> Fix | None:
        """Return the fix that deletes the lines between two marks, if nothing else than ``closing`` stands there."""
        if self.line(start.line)[: start.column - 1].strip() or self.line(end.line)[end.column - 1 :].strip(closing):
            return None
        if end.line - self.first_line + 1 < len(self.lines) or self.first_line > 1:
            return Fix(Mark(start.line), Mark(end.line + 1), "", safe=True)
        return Fix(Mark(start.line), Mark(end.line, len(self.line(end.line)) + 1), "", safe=True)


def _in_table(table: Table, steps: tuple[Step, ...], place: _Lines, above: Mapping[str, Text]) -> Iterator[Problem]:
    """Yield the problems of a mapping. ``above`` are the values of the item above it in its list."""
    nodes, known = dict(table), _fields_at(steps)
    for key, value in nodes.items():
        name = english_field(key, known)
        if name is None or name in _MAY_SAY_SO:
            continue
        last = _last(value)
        if last is None:
            yield from _below(value, (*steps, name), place)
            continue
        field = field_of((*steps, name))
        if not says_nothing(last):
            meant = above.get(name)
            values, fix = ({"suggestion": str(meant)}, last.fix(meant)) if meant else ({}, None)
            yield Problem(place.path, last.mark, "field.above", field, str(last), values, fix)
        elif name == "value" and steps[:1] == ("figures",):
            yield Problem(place.path, last.mark, "figure.nothing", field, str(last))
        else:
            fix = _deletion(table, key, nodes, last, place)
            yield Problem(place.path, last.mark, "field.nothing", field, str(last), fix=fix)
        del table[key]
        table.empty[key] = table.keys_at[key]


def _fields_at(steps: tuple[Step, ...]) -> Collection[str]:
    """Return the names of the fields of a record, or of the part of it to which the steps lead."""
    if not steps:
        return Header.field_names()
    part = PARTS.get(str(steps[0]))
    return part.field_names() if part and len([step for step in steps if isinstance(step, str)]) == 1 else EVERY_FIELD


def _below(value: Node, steps: tuple[Step, ...], place: _Lines) -> Iterator[Problem]:
    if isinstance(value, Table):
        yield from _in_table(value, steps, place, {})
    elif isinstance(value, Items):
        above: Mapping[str, Text] = {}
        for at, item in enumerate(value):
            if isinstance(item, Table):
                own = dict(_values(item, above))
                yield from _in_table(item, (*steps, at), place, above)
                above = own


def _values(item: Table, above: Mapping[str, Text]) -> Iterator[tuple[str, Text]]:
    """Yield the values of an item by their fields' names; one that points above is that of the item above."""
    for key, value in item.items():
        name = english_field(key, EVERY_FIELD)
        if name and isinstance(value, Text) and not says_nothing(value):
            meant = above.get(name) if _points_above(value) else value
            if meant:
                yield name, meant


def _points_above(text: str) -> bool:
    return bool(_ABOVE.fullmatch(text.strip()))


def _last(value: Node) -> Text | None:
    """Return the text of a value that says nothing, or of a list's last entry if all of them do, or None."""
    if isinstance(value, Items):
        entries = [_last(entry) for entry in value]
        return entries[-1] if entries and all(entries) else None
    if not isinstance(value, Text) or not value.end or value.end.line != value.mark.line:
        return None
    return value if says_nothing(value) or _points_above(value) else None


def _deletion(table: Table, key: str, nodes: Mapping[str, Node], last: Text, place: _Lines) -> Fix | None:
    """Return the fix that deletes a field of a mapping, or None where it stands alone or among other signs.

    ``nodes`` are the values of the mapping, and ``last`` the last text of this field's.
    """
    assert last.end
    keys, start, value = list(table.keys_at), table.keys_at[key], nodes[key]
    at = keys.index(key)
    closing = " ]" if isinstance(value, Items) and value.flow else " "
    if not table.flow and (whole := place.whole_lines(start, last.end, closing)):
        return whole
    if at + 1 < len(keys):
        return Fix(start, table.keys_at[keys[at + 1]], "", safe=True)
    before = nodes.get(keys[at - 1]) if at else None
    if table.flow and isinstance(before, Text) and before.end and isinstance(value, Text):
        return Fix(before.end, last.end, "", safe=True)
    return None
