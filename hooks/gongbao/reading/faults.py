"""Pydantic's errors, turned into problems at their places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic_core import ErrorDetails

from ..checks.rules.form_title import is_wide
from ..problems.problem import Fix, Problem, field_of
from ..records.models import Stray
from ..records.nodes import between_items, child, node_at, place_of
from ..records.references import Context
from ..records.yamltree import Items, Node, Table, Text
from .fillings import filled_in
from .number_advice import advised
from .phrase_advice import with_more
from .promise_advice import postponed, with_amount, with_usual

# The rule for each of pydantic's own errors, and the kind of value that is expected there.
_RULES = {
    "missing": ("field.missing", ""),
    "string_type": ("field.type", "text"),
    "string_too_short": ("field.missing", ""),
    "string_too_long": ("field.length", ""),
    "tuple_type": ("field.type", "list"),
    "model_type": ("field.type", "mapping"),
}
_TOO_MUCH = {"too_short": ("field.missing", "field.count"), "too_long": ("field.length", "field.count")}


def as_problem(detail: ErrorDetails, tree: Node, path: str, context: Context | None) -> Problem:
    """Return the problem for one of pydantic's errors. ``tree`` is the tree of the file at ``path``.

    ``context`` is what a record was validated against, None for a word list.
    """
    steps = _steps_as_written([step for step in detail["loc"] if not is_union_tag(step)], tree)
    given, kind = detail["input"], detail["type"]
    field = field_of(steps)
    values: dict[str, Any] = {name: str(value) for name, value in detail.get("ctx", {}).items()}
    if isinstance(given, Stray):
        named = given.values.get("name", "" if given.rule == "yaml.comma" else str(given))
        field = field_of([*steps[:-1], named]).rstrip(".")
        fix = _fix(given, tree, dict(given.values))
        return Problem(path, given.mark, given.rule, field, str(given), given.values, fix)
    if kind in _TOO_MUCH:  # the length of a text, or the number of entries
        rule, wanted = _TOO_MUCH[kind][isinstance(given, Items)], ""
    else:
        rule, wanted = _RULES.get(kind, (kind, ""))
    if wanted:
        values["expected_kind"] = wanted
    if isinstance(given, Text):
        values["actual_length"] = str(len(given))
        if rule == "field.length" and field == "title" and context and is_wide(given):
            limit = context.vocabulary.site.limit("form.title")
            values["max_length"] = f"{limit:f}"  # so that one shortening is enough
    mark = given.mark if isinstance(given, Text | Items | Table) else place_of(tree, steps)
    if isinstance(given, Table) and rule == "field.missing":
        name = values.get("name") or str(steps[-1])
        mark = given.empty.get(name, mark)
        field = field if field.endswith(name) else f"{field}.{name}".strip(".")
        return with_usual(Problem(path, mark, rule, field, "", values), node_at(tree, steps[:-1]), name, context)
    written = str(given) if isinstance(given, Text) else ""
    if rule == "field.number" and isinstance(given, Text):
        return advised(Problem(path, mark, rule, field, written, values), given, steps, tree, context)
    if rule == "field.measure" and "suggestion" not in values and isinstance(given, Text):
        return with_more(Problem(path, mark, rule, field, written, values), given, node_at(tree, steps[:-1]))
    if wanted == "mapping" and isinstance(given, Text):
        return filled_in(Problem(path, mark, rule, field, written, values), given, steps, tree, context)
    holder = node_at(tree, steps[:-1])
    if rule == "field.value" and steps[-1] == "status" and isinstance(given, Text) and context:
        of_status = Problem(path, mark, rule, field, written, values)
        if told := postponed(of_status, given, holder, context) or with_amount(of_status, given, holder):
            return told
    return Problem(path, mark, rule, field, written, values, _fix(given, holder, values))


def _fix(given: object, above: Node, values: dict[str, str]) -> Fix | None:
    """Return the fix that writes the suggestion in place of what was given; it is safe if it is ``certain``.

    ``above`` is the node that holds what was given. A suggested list goes on with a list that stands there already.
    """
    suggestion = values.get("suggestion")
    if not suggestion or not isinstance(given, Text) or not given.end:
        return None
    if suggestion.startswith("[") and isinstance(above, Items):
        between = between_items(above, given.mark.column)
        suggestion = values["suggestion"] = suggestion.strip("[]").replace(", ", between)
    start = given.start if isinstance(given, Stray) else given.mark
    return Fix(start, given.end, suggestion, safe="certain" in values)


def _steps_as_written(steps: Sequence[str | int], tree: Node) -> list[str | int]:
    """Return a path without the steps that a short spelling leaves out: into a list of one, or to a bare value."""
    written: list[str | int] = []
    for step in steps:
        if isinstance(tree, Text) or (step == 0 and not isinstance(tree, Items)):
            continue
        written.append(step)
        tree = child(tree, step) or Table.at(tree.mark)
    return written


def is_union_tag(step: str | int) -> bool:
    """Whether a step of pydantic's path names no field, but the member of a union or a function."""
    return isinstance(step, str) and ("[" in step or step.startswith("function-"))
