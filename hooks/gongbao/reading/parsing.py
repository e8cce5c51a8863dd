"""Parsing: the bytes of a file in, a record or a word list and problems out.

The text becomes a tree of nodes with their places (`yamltree`), which is validated against the models of `records`.
Every fault becomes a problem at its place in the file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple, TypeVar

from pydantic import TypeAdapter, ValidationError

from ..problems.names import english_field
from ..problems.problem import Mark, Problem, errors, field_of
from ..records.file_kinds import is_markdown
from ..records.models import english_keys
from ..records.nodes import child, has_chinese_names, node_at, place_of
from ..records.numerals import counted
from ..records.periods import Period
from ..records.record import Header, Record
from ..records.references import Context
from ..records.vocabulary import Vocabulary
from ..records.yaml_reader import read_list, read_tree
from ..records.yamltree import Items, Node, Table, Text
from .composition import decomposed
from .decoding import decode
from .faults import as_problem
from .field_advice import missing_fields, with_advice, without_misspelt
from .field_pictures import pictures_in_fields
from .front_matter import FileParts, split_front_matter
from .heaviness import heaviness_problems
from .misplaced import indented
from .named_amounts import spelt_out
from .nameless import with_names
from .nothings import without_nothings
from .pasted import parts_below, with_header, with_heading_as_title
from .purging import left_of, problems_left, without_text
from .repeated import joined
from .second_record import first_alone
from .sketches import HEADER, readable_header

_WRAPPED = re.compile(r"“[^“”]*”")
# The name of a report as a title; 《职工权益保障条例》 is the name of another paper, and keeps its marks.
_NAME_OF_REPORT = re.compile(r"《[^《》]*(?:汇报|总结|小结|报告|简报|情况|通讯|信息)》")

T = TypeVar("T")
_adapter: Callable[[Any], TypeAdapter[Any]] = cache(TypeAdapter)  # which takes long to make


class ReadRecord(NamedTuple):
    """What was read of a record's file.

    The ``record`` is None if, and only if, one of the problems is an error. ``sketch`` is then what could be read of
    it, for rules that look at one text or figure alone; a record without errors has no sketch. ``references`` are then
    its references to commitments, each as the problem that there is if nothing has this name. The fields stand in the
    file ``as_written`` in the sketch if no slip of a line was mended to read them.
    """

    record: Record | None
    problems: list[Problem]
    sketch: Record | None = None
    references: tuple[Problem, ...] = ()
    as_written: bool = True


def read_record(
    data: bytes, path: str, period: Period, slug: str, vocabulary: Vocabulary, attachments: Iterable[str] = ()
) -> ReadRecord:
    """Read one record from the bytes of its file.

    ``path`` is the path that problems name. One that ends in ``.yml`` has the text in ``body``; any other is Markdown
    with front matter. ``attachments`` are the paths of the files beside a folder record.
    """
    text, problems = decode(data, path)
    if not text:
        return ReadRecord(None, problems)
    problems += decomposed(text, path)
    markdown = is_markdown(path)
    parts, found = split_front_matter(text, path) if markdown else (FileParts(text, 1, "", 1), [])
    if parts is None:
        found = [with_header(problem, text, vocabulary) for problem in found]
        parts = parts_below(text, found[0])
    problems += found
    if parts is None:
        return ReadRecord(None, problems)
    parts, found = first_alone(parts, path)
    problems += found
    reading = read_tree(parts.fields, path, parts.fields_line)
    problems += reading.problems
    tree = reading.tree
    if tree is None and reading.problems:
        return ReadRecord(None, problems)
    if not isinstance(tree, Table):
        written = str(tree) if isinstance(tree, Text) else ""
        values = {"expected_kind": "record"}
        problems.append(Problem(path, Mark(parts.fields_line), "field.type", "", written, values))
        return ReadRecord(None, problems)
    if markdown:
        tree.mark = Mark(parts.fields_line - 1)  # a missing field is reported at the line that opens the front matter
    problems = joined(tree, problems, parts.fields.split("\n"), parts.fields_line)
    problems += indented(tree, path)
    problems += pictures_in_fields(tree, path)
    nothings = without_nothings(tree, path, parts.fields, parts.fields_line)
    problems += spelt_out(tree, path, vocabulary)
    told = "\n".join((str(child(tree, "title") or ""), parts.text))
    header, found = _read_header(tree, path, Context(vocabulary, period, text=told), reading.dropped)
    if markdown and any((problem.rule, problem.field) == ("field.missing", "title") for problem in found):
        parts, found = with_heading_as_title(parts, found, text)
    found = list(with_names(found, tree, path, told, vocabulary))
    problems += _with_nothings(found, nothings)
    if header and header.body is not None:
        mark = place_of(tree, ["body"])
        if markdown:
            problems.append(Problem(path, mark, "text.twice", "body"))
        else:
            parts = parts._replace(text=header.body, text_line=mark.line)
    heavy = list(heaviness_problems(parts.text, parts.text_line, path))
    problems += heavy
    whole = header is not None and not errors(problems)
    if not whole and not heavy:
        header = header or readable_header(tree, Context(vocabulary, period))
    references = () if whole else tuple(_references(tree, path))
    if header is None or (heavy and not whole):
        return ReadRecord(None, problems, references=references)
    fields = {name: getattr(header, name) for name in Header.model_fields}
    if whole and header.withdrawn and header.withdrawn.purge:
        fields, parts = without_text(header), left_of(parts)
        problems = problems_left(problems, parts)
    fields["unit"] = header.unit or next((unit.slug for unit in vocabulary.units), "")
    beside = tuple(sorted(attachments, key=counted))
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
    if whole:
        return ReadRecord(record, problems)
    return ReadRecord(None, problems, record, references, as_written=not reading.problems)


def _references(tree: Table, path: str) -> Iterator[Problem]:
    """Yield the references to commitments in a tree of fields, and the sentences that stand in place of an outcome."""
    outcomes = child(tree, "outcomes")
    for at, outcome in enumerate(outcomes if isinstance(outcomes, Items) else [outcomes]):
        if isinstance(outcome, Text) and isinstance(outcomes, Items):
            names = {"chinese": "yes"} if has_chinese_names(tree) else {}
            field = f"outcomes[{at}]"
            yield Problem(path, outcome.mark, "field.type", field, str(outcome), names, outcome.fix(""))
        written = child(outcome, "commitment") if isinstance(outcome, Table) else None
        if isinstance(written, Text) and written:
            field = f"outcomes[{at}].commitment"
            yield Problem(path, written.mark, "ref.commitment", field, str(written), fix=written.fix(""))


def _read_header(
    tree: Table, path: str, context: Context, dropped: Iterable[str]
) -> tuple[Header | None, list[Problem]]:
    """Validate a record's fields. Returns the header (None if a field is wrong) and the problems.

    A field whose line was ``dropped`` is not missed.
    """
    header, found = _validate(HEADER, tree, path, context)
    problems = list(with_advice(found, tree, context.vocabulary))
    problems += missing_fields(english_keys(tree, Header.field_names()), header, path, context.vocabulary)
    problems = without_misspelt(problems)
    lost = {english_field(re.split("[:：]", line)[0].strip(), Header.field_names()) for line in dropped}
    problems = [problem for problem in problems if problem.rule != "field.missing" or problem.field not in lost]
    problems += _curly_quotes(tree, path)
    return header, problems


def _with_nothings(found: Iterable[Problem], nothings: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems of fields. A required one that says nothing is told as missing alone."""
    above = {problem.field for problem in nothings if problem.rule != "field.nothing"}
    missing = {problem.field for problem in found if problem.rule == "field.missing"}
    yield from (problem for problem in found if problem.rule != "field.missing" or problem.field not in above)
    yield from (problem for problem in nothings if problem.field in above or problem.field not in missing)


def _curly_quotes(tree: Table, path: str) -> Iterator[Problem]:
    """Yield a problem for each title, summary and label in curly quotes, which Word puts in place of YAML's own.

    Also for a title that is the name of a report in 《》.
    """
    figures = child(tree, "figures")
    items = figures if isinstance(figures, Items) else [figures]
    places: list[Sequence[str | int]] = [("title",), ("summary",)]
    places += [("figures", at, "label") for at, item in enumerate(items) if isinstance(item, Table)]
    for steps in places:
        value = node_at(tree, steps)
        named = steps == ("title",) and isinstance(value, Text) and _NAME_OF_REPORT.fullmatch(value)
        if isinstance(value, Text) and value.plain and (named or _WRAPPED.fullmatch(value)):
            bare = value.strip("“”《》")
            values = {"suggested": bare}
            yield Problem(
                path, value.mark, "text.quotes", field_of(steps), str(value), values, value.fix(bare, safe=True)
            )


def read_word_list(data: bytes, path: str, model: type[T]) -> tuple[T | None, Node, list[Problem]]:
    """Read a word list, or the settings, from the bytes of its file. ``model`` is its type (``tuple[Topic, ...]``).

    Returns the list (None if it cannot be used), the tree of its file, and the problems.
    """
    nothing = Items.at([], Mark())
    text, problems = decode(data, path)
    if not text:
        return None, nothing, problems
    problems += decomposed(text, path)
    reading = read_list(text, path)
    problems += reading.problems
    if reading.tree is None:
        return None, nothing, problems or [Problem(path, Mark(), "file.empty")]
    problems += pictures_in_fields(reading.tree, path)
    value, found = _validate(_adapter(model), reading.tree, path, None)
    certain = all(problem.fix and problem.fix.safe for problem in errors(reading.problems))
    told = [
        replace(problem, values={**problem.values, "no-such-field": "yes"})
        if problem.rule == "field.unknown" and not problem.values.get("suggestion")
        else problem
        for problem in without_misspelt(found)
    ]
    return value if certain else None, reading.tree, [*problems, *told]


def _validate(
    adapter: TypeAdapter[T], tree: Node, path: str, context: Context | None
) -> tuple[T, list[Problem]] | tuple[None, list[Problem]]:
    try:
        return adapter.validate_python(tree, context=context), []
    except ValidationError as error:
        return None, [as_problem(detail, tree, path, context) for detail in error.errors(include_url=False)]
