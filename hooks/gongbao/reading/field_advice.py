"""Fields under a name that records do not have, and fields that are missing: what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..problems.catalogue import Language
from ..problems.field_paths import written_name
from ..problems.names import EVERY_FIELD, FIELDS, KINDS, english_field, english_value
from ..problems.other_words import meant_value
from ..problems.problem import Fix, Mark, Problem, field_of
from ..records.date_guesses import likely_date
from ..records.loose_figures import figure_item
from ..records.nodes import node_at
from ..records.record import PARTS, Header
from ..records.scalars import scalar
from ..records.vocabulary import Lexicon, ListEntry, Vocabulary
from ..records.yamltree import Table, Text
from .written_fields import naming

_OF_A_PART = 2  # steps to a figure: "figures", 0
_DAY = re.compile("[时日]间?期?$|date|day", re.IGNORECASE)
_DIGITS = 9  # at most: a longer number may be a telephone's
_NO_AMOUNT = re.compile("电话|手机|号|年|月|日|tel|phone", re.IGNORECASE)
_FEW = 8  # codes that a message lists
_AMOUNT = re.compile(r"\d(?!\d*\s*[年月日号时点:：/-])")  # of a telephone, a day or an hour is none


def with_advice(found: Iterable[Problem], tree: Table, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield the problems of a record's fields; those of unknown fields with what can stand in their place."""
    swapped = _swapped(tree, vocabulary)
    for problem in found:
        if problem.field in swapped and problem.rule in ("ref.unit", "ref.topic"):
            written = node_at(tree, [problem.field])
            slug = swapped[problem.field]
            fix = written.fix(slug, safe=True) if isinstance(written, Text) else None
            yield replace(problem, values={**problem.values, "suggestion": slug}, fix=fix)
        else:
            yield _with_codes(_with_value(_with_right_part(problem), tree, vocabulary), vocabulary)


def _with_codes(problem: Problem, vocabulary: Vocabulary) -> Problem:
    """Return the problem of a name that no list has and that is like none (我会, 本村), with the list's codes."""
    if problem.rule not in ("ref.unit", "ref.topic") or problem.values.get("suggestion"):
        return problem
    codes = _codes(vocabulary.units if problem.rule == "ref.unit" else vocabulary.topics, vocabulary.language)
    return replace(problem, values={**problem.values, "codes": codes})


def _swapped(tree: Table, vocabulary: Vocabulary) -> Mapping[str, str]:
    """Return the slugs of a unit and a topic that stand in each other's fields, by the field where each belongs."""
    unit, topic = (node_at(tree, [name]) for name in ("topics", "unit"))
    if not isinstance(unit, Text) or not isinstance(topic, Text):
        return {}
    found, meant = vocabulary.units.meant(str(unit)), vocabulary.topics.meant(str(topic))
    return {"unit": found.slug, "topics": meant.slug} if found and meant else {}


def _with_right_part(problem: Problem) -> Problem:
    """Return the problem of an unknown field, with the part of a record that has such a field, if there is one."""
    if problem.rule != "field.unknown" or problem.values.get("suggestion") or "." in problem.field:
        return problem
    for name, part in PARTS.items():
        field = english_field(problem.written, part.field_names())
        if field and field != "note":  # every part has notes, and a form's remark is none of them
            return replace(problem, field="", values={**problem.values, "above": name, "inner": f"{name}.{field}"})
    return problem


def _with_value(problem: Problem, tree: Table, vocabulary: Vocabulary) -> Problem:
    """Return the problem of an unknown field at the top, with what its value makes: topics, or an item of figures."""
    if "." in problem.field:
        return _in_a_part(problem, tree)
    value = tree.get(problem.written)
    if problem.rule != "field.unknown" or "certain" in problem.values or not isinstance(value, Text):
        return problem
    if "inner" in problem.values or tree.keys_at[problem.written] != problem.mark:
        return problem
    chinese = not problem.written.isascii()
    if _DAY.search(problem.written) and (day := likely_date(str(value))[0]) and not _has(tree, "date") and value.end:
        line = f"{written_name('date', chinese=chinese)}: {day}"
        return replace(problem, values={**problem.values, "suggestion": line}, fix=Fix(problem.mark, value.end, line))
    topic = vocabulary.topics.meant(str(value))
    if topic and value.end and not _has(tree, "topics"):
        line = f"{written_name('topics', chinese=chinese)}: {topic.slug}"
        return replace(problem, values={**problem.values, "suggestion": line}, fix=Fix(problem.mark, value.end, line))
    suggestion = problem.values.get("suggestion", "")
    kind = english_field(suggestion, {"kind"}) and not meant_value(str(value), KINDS)  # 分类: 困难帮扶 is no kind
    if suggestion and not kind:
        return problem
    problem = replace(problem, values={**problem.values, "suggestion": ""}, fix=None)
    item = (
        figure_item(problem.written, str(value), chinese=chinese, named=naming(vocabulary))
        if re.search(_AMOUNT, value)
        else ""
    )
    item = item if re.search("unit|计量单位", item) else ""  # a number of a telephone is no figure
    return replace(
        problem, values={**problem.values, "as-figure": f"- {item}"} if item else {**problem.values, "as-text": "yes"}
    )


def _in_a_part(problem: Problem, tree: Table) -> Problem:
    """Return the problem of an unknown field in a figure or another part: it can be told in the part's note."""
    if problem.rule != "field.unknown" or problem.values.get("suggestion"):
        return problem
    *above, _ = problem.field.split(".")
    steps = [int(step) if step.isdigit() else step for step in re.findall(r"[^.\[\]]+", ".".join(above))]
    holder = node_at(tree, steps)
    if not isinstance(holder, Table):
        return problem
    value = holder.get(problem.written)
    if steps[0] == "figures" and isinstance(value, Text) and _is_the_number(problem.written, value, holder):
        name = written_name("value", chinese=not problem.written.isascii())
        end = Mark(problem.mark.line, problem.mark.column + len(problem.written))
        return replace(problem, values={**problem.values, "suggestion": name}, fix=Fix(problem.mark, end, name))
    part = PARTS.get(str(steps[0])) if len(steps) <= _OF_A_PART else None
    as_text = replace(problem, values={**problem.values, "as-text": "yes"})
    if part is None or "note" not in part.field_names() or not isinstance(value, Text) or not value.end:
        return as_text
    unnamed = "label" in part.field_names() and not (_has(holder, "label") or _has(holder, "indicator"))
    if _has(holder, "note") or unnamed:
        return as_text
    name = written_name("note", chinese=not problem.written.isascii())
    line = f"{name}: {scalar(f'{problem.written}：{value}', plain=not holder.flow)}"
    return replace(problem, values={**problem.values, "suggestion": line}, fix=Fix(problem.mark, value.end, line))


def _is_the_number(name: str, value: Text, figure: Table) -> bool:
    """Whether a value under an unknown name must be that of its figure: a bare number, where there is no other."""
    numbers = ("value", "percent", "rank", "parts", "among", "target", "completion")
    bare = value.replace(".", "").isdecimal() and len(value) <= _DIGITS and not _NO_AMOUNT.search(name)
    named = _has(figure, "label") or _has(figure, "indicator")
    return bare and named and not any(_has(figure, one) for one in numbers)


def _has(table: Table, field: str) -> bool:
    names = (field, *FIELDS.get(field, ()))
    return table.named(names) is not None or any(english_field(key, {field}) for key in table.empty)


def missing_fields(table: Table, header: Header | None, path: str, vocabulary: Vocabulary) -> list[Problem]:
    """Find missing fields that are required under a condition. Other fields may be wrong (no ``header``)."""
    missing = []
    if "unit" not in table and len(vocabulary.units) != 1 and not vocabulary.units.broken:
        missing.append("unit")
    kind = header.kind if header else english_value(str(table.get("kind", "")), KINDS)
    if "topics" not in table and kind != "overview":
        missing.append("topics")
    return [
        Problem(
            path,
            table.empty.get(name, table.mark),
            "field.missing",
            name,
            values={"codes": _codes(vocabulary.units if name == "unit" else vocabulary.topics, vocabulary.language)},
        )
        for name in missing
    ]


def _codes(lexicon: Lexicon[ListEntry], language: Language) -> str:
    """Return the first codes of a list, each with its name."""
    return "、".join(f"{entry.slug}（{entry.title.text(language)}）" for entry in lexicon.entries[:_FEW])


def without_misspelt(problems: Sequence[Problem]) -> list[Problem]:
    """Leave out the missing fields that only have a wrong name."""
    misspelt = set()
    for problem in problems:
        suggestion = problem.values.get("suggestion", "")
        if problem.rule == "field.unknown" and suggestion:
            meant = suggestion.partition(":")[0]
            name = english_field(meant, Header.field_names()) or english_field(meant, EVERY_FIELD) or meant
            misspelt.add(field_of([*problem.field.split(".")[:-1], name]))
    return [problem for problem in problems if problem.rule != "field.missing" or problem.field not in misspelt]
