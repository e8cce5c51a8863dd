"""Fields written as YAML in a given place: in braces, on lines below each other, or as items in place of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..problems.field_paths import written_name
from ..problems.names import BOUNDS, english_field
from ..problems.problem import Fix
from ..records.loose_figures import Naming, as_label
from ..records.nodes import between_fields, between_items, has_chinese_names
from ..records.vocabulary import Vocabulary
from ..records.yamltree import Items, Node, Table, Text


def shown_as(
    name: str, parts: Mapping[str, str], holder: Table, beside: Mapping[str, str] | None = None
) -> tuple[Mapping[str, str], str]:
    """Return the values for a rule's texts, and the YAML to write in place of the value of a field.

    It is the bare number, or fields within braces, or fields on lines below each other. Fields ``beside`` it follow in
    the same mapping.
    """
    chinese = has_chinese_names(holder)
    own = next((key for key in holder if english_field(key, {name}) == name), "")
    key = own or written_name(name, chinese=chinese)  # another word may stand there: 数量 for 数值
    written = [_field(part, _value(part, value, chinese), chinese) for part, value in parts.items()]
    others = [_field(part, value, chinese) for part, value in (beside or {}).items()]
    if name == "value":
        first, others = parts["value"], [*written[1:], *others]
    else:
        first = parts["value"] if len(parts) == 1 else f"{{{', '.join(written)}}}"
    if not others and len(parts) == 1 and name == "value":
        return {"suggestion": first}, first
    lines = [f"{key}: {first}", *others]
    if holder.flow or len(lines) == 1:
        return {"suggestion": ", ".join(lines)}, ", ".join([first, *others])
    between = between_fields(holder, holder.keys_at[own or next(iter(holder.keys_at))].column)
    return {"lines": "\n".join(lines)}, between.join([first, *others])


def naming(vocabulary: Vocabulary) -> Naming:
    """Return the function that names a figure: by an indicator that is called so and has the unit, or by its label."""

    def named(label: str, unit: str) -> Mapping[str, str]:
        indicator = vocabulary.indicators.meant(label)
        if indicator and unit and indicator.scale(unit) is not None:
            return {"indicator": indicator.slug}
        return as_label(label, unit)

    return named


def _field(name: str, value: str, chinese: bool) -> str:
    return f"{written_name(name, chinese=chinese)}: {value}"


def _value(field: str, value: str, chinese: bool) -> str:
    if field == "bound" and chinese:
        return next(words[0] for bound, words in BOUNDS.items() if bound == value)
    return f'"{value}"' if value.startswith(("%", "％")) else value


def in_place_of(holder: Table, above: Node, items: Sequence[str], only: frozenset[str]) -> Fix | None:
    """Return the fix that writes items, each in braces, in place of the item ``holder`` of the list ``above``.

    None if the item has other fields than ``only``, which would be lost.
    """
    values = list(holder.values())
    last = values[-1] if values else None
    known = all(english_field(key, only) for key in holder.keys_at)
    if not isinstance(above, Items) or not known or not isinstance(last, Text) or not last.end:
        return None
    start = next(iter(holder.keys_at.values()))
    if holder.flow and holder.mark != start:
        text = between_items(above, holder.mark.column).join(items)
        return Fix(start, last.end, text[1:-1])  # its own braces stay
    if holder.flow or start.column < len("- ") + 1:
        return None
    return Fix(start, last.end, between_items(above, start.column).join(items))
