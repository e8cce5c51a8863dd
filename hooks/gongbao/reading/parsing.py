"""Parsing: the bytes of a file in, a record or a word list and problems out.

The text becomes a tree of nodes with their places (`yamltree`), which is validated against the models of `records`.
Every fault becomes a problem at its place in the file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from ..problems.names import KINDS, english_field, english_value
from ..problems.problem import Mark, Problem, errors, field_of
from ..records.models import english_keys
from ..records.nodes import place_of
from ..records.periods import Period
from ..records.record import PARTS, Header, Record
from ..records.references import Context
from ..records.vocabulary import Vocabulary
from ..records.yamltree import Items, Node, Table, Text, read_tree
from .decoding import decode
from .faults import as_problem
from .front_matter import FileParts, split_front_matter
from .heaviness import heaviness_problems

_WRAPPED = re.compile(r"“[^“”]*”")

T = TypeVar("T")


def read_record(
    data: bytes, path: str, period: Period, slug: str, vocabulary: Vocabulary, attachments: Iterable[str] = ()
) -> tuple[Record | None, list[Problem]]:
    """Read one record from the bytes of its file.

    ``path`` is the path that problems name. It ends in ``.md`` (Markdown with front matter) or ``.yml`` (with the text
    in ``body``). ``attachments`` are the paths of the files beside a folder record. The record is None if, and only
    if, one of the problems is an error.
    """
    text, problems = decode(data, path)
    if problems:
        return None, problems
    markdown = path.lower().endswith(".md")
    parts = split_front_matter(text, path) if markdown else FileParts(text, 1, "", 1)
    if isinstance(parts, Problem):
        return None, [parts]
    tree, problems = read_tree(parts.fields, path, parts.fields_line)
    if tree is None and problems:
        return None, problems
    if not isinstance(tree, Table):
        written = str(tree) if isinstance(tree, Text) else ""
        values = {"expected_kind": "mapping"}
        return None, [*problems, Problem(path, Mark(parts.fields_line), "field.type", "", written, values)]
    if markdown:
        tree.mark = Mark(parts.fields_line - 1)  # a missing field is reported at the line that opens the front matter
    header, found = _read_header(tree, path, Context(vocabulary, period))
    problems += found
    if header is None or errors(problems):
        return None, problems
    if header.body is not None:
        mark = place_of(tree, ["body"])
        if markdown:
            return None, [*problems, Problem(path, mark, "text.twice", "body")]
        parts = parts._replace(text=header.body, text_line=mark.line)
    problems += heaviness_problems(parts.text, parts.text_line, path)
    if errors(problems):
        return None, problems
    fields = {name: getattr(header, name) for name in Header.model_fields}
    fields["unit"] = header.unit or next((unit.slug for unit in vocabulary.units), "")
    beside = tuple(sorted(attachments))
    record = Record.model_construct(
        **fields,
        period=period,
        slug=slug,
        text=parts.text,
        text_line=parts.text_line,
        path=path,
        attachments=beside,
        source_text=parts.fields,
        source_line=parts.fields_line,
        digest=hashlib.sha256("\0".join([path, *beside, ""]).encode() + data).digest(),
    )
    return record, problems


def _read_header(tree: Table, path: str, context: Context) -> tuple[Header | None, list[Problem]]:
    """Validate a record's fields. Returns the header (None if a field is wrong) and the problems."""
    header, found = _validate(TypeAdapter(Header), tree, path, context)
    problems = [_with_right_part(problem) for problem in found]
    problems += _missing_fields(english_keys(tree, Header.field_names()), header, path, context.vocabulary)
    problems += _curly_quotes(tree, path)
    return header, problems


def _with_right_part(problem: Problem) -> Problem:
    """Return the problem of an unknown field, with the part of a record that has such a field, if there is one."""
    if problem.rule != "field.unknown" or problem.values.get("suggestion"):
        return problem
    for name, part in PARTS.items():
        if field := english_field(problem.written, part.field_names()):
            return replace(problem, field="", values={**problem.values, "expected": f"{name}: … {field}"})
    return problem


def _missing_fields(table: Table, header: Header | None, path: str, vocabulary: Vocabulary) -> list[Problem]:
    """Find missing fields that are required under a condition. Other fields may be wrong (no ``header``)."""
    missing = []
    if "unit" not in table and len(vocabulary.units) != 1 and not vocabulary.units.broken:
        missing.append("unit")
    kind = header.kind if header else english_value(str(table.get("kind", "")), KINDS)
    if "topics" not in table and kind != "overview":
        missing.append("topics")
    return [Problem(path, table.empty.get(name, table.mark), "field.missing", name) for name in missing]


def _curly_quotes(tree: Table, path: str) -> list[Problem]:
    """Find a title or summary in curly quotes, which Word puts in place of YAML's straight quotes."""
    found = []
    for name in ("title", "summary"):
        mark = place_of(tree, [name])
        for value in tree.values():
            if isinstance(value, Text) and value.mark == mark and value.plain and _WRAPPED.fullmatch(value):
                values = {"suggested": value.strip("“”")}
                found.append(Problem(path, mark, "text.quotes", name, str(value), values))
    return found


def read_word_list(data: bytes, path: str, model: type[T]) -> tuple[T | None, Node, list[Problem]]:
    """Read a word list, or the settings, from the bytes of its file. ``model`` is its type (``tuple[Topic, ...]``).

    Returns the list (None if it cannot be used), the tree of its file, and the problems.
    """
    nothing = Items.at([], Mark())
    text, problems = decode(data, path)
    if problems:
        return None, nothing, problems
    tree, problems = read_tree(text, path)
    if tree is None:
        return None, nothing, problems or [Problem(path, Mark(), "file.empty")]
    value, found = _validate(TypeAdapter(model), tree, path, None)
    return value, tree, [*problems, *found]


def _validate(
    adapter: TypeAdapter[T], tree: Node, path: str, context: Context | None
) -> tuple[T | None, list[Problem]]:
    try:
        return adapter.validate_python(tree, context=context), []
    except ValidationError as error:
        problems = [as_problem(detail, tree, path) for detail in error.errors(include_url=False)]
        misspelt = {
            field_of([*problem.field.split(".")[:-1], problem.values.get("suggestion", "")])
            for problem in problems
            if problem.rule == "field.unknown"
        }
        return None, [p for p in problems if p.rule != "field.missing" or p.field not in misspelt]
