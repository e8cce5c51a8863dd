"""Advice on commitments and what became of them: fields that are missing, and a status that says when."""

from __future__ import annotations

import re
from dataclasses import replace

from ..problems.field_paths import value_words, written_name
from ..problems.names import STATUSES, english_field, english_value
from ..problems.other_words import meant_value
from ..problems.problem import Fix, Mark, Problem
from ..records.measures import is_known_unit
from ..records.nodes import added_field, between_fields, child, has_chinese_names, text_in
from ..records.references import Context
from ..records.scalars import scalar
from ..records.time_guesses import due_told, near_due
from ..records.yamltree import Node, Table, Text

_LATER = re.compile(
    "(?:推迟|延期|顺延|延后|推后|结转|转|延)(?:[到至入]|为)(?P<due>.{2,20}?)(?:举[办行]|进行|完成|实施|开展|再办|办理)?。?"
)
_WITH_AMOUNT = re.compile(
    r"(?P<status>[\u4e00-\u9fff]{2,10}?)[（(，,、：:\s]+(?:已经?|共|累计|完成|实际)*[\u4e00-\u9fff]{0,6}?"
    r"(?P<value>\d+(?:\.\d+)?) ?(?P<unit>[\u4e00-\u9fff]{1,3}?)[)）]?。?"
)
_GOING_ON = re.compile(
    "(?:正在|已经?|持续|稳步|继续)?(?:推进|进行|实施|开展|办理|落实|启动)中?"
    "|(?:已?基本|大部分?|大体|初步|接近|即将|[尚还]?未全部)(?:完成|落实|办[完结])|完成(?:过半|大半|一半)"
)


def with_amount(problem: Problem, given: Text, holder: Node) -> Problem | None:
    """Return the problem of a status such as 正在推进（已助学15人）, with the amount in fields of its own, or None."""
    found = _WITH_AMOUNT.fullmatch(given.strip())
    if not found or not isinstance(holder, Table) or not given.end or not is_known_unit(found["unit"]):
        return None
    chinese = has_chinese_names(holder)
    known = meant_value(found["status"], STATUSES)
    status = known or (STATUSES["partly"][0] if _GOING_ON.fullmatch(found["status"]) else "")
    if english_value(status, STATUSES) not in ("done", "partly"):  # 推迟（3天）
        return None
    fields = {"value": found["value"], "unit": found["unit"], "note": scalar(given)}
    if any(child(holder, name) is not None for name in fields):
        return None
    key = next(key for key in holder.keys_at if english_field(key, {"status"}))
    written = [f"{written_name(name, chinese=chinese)}: {value}" for name, value in fields.items()]
    between = between_fields(holder, holder.keys_at[key].column)
    parts = [f"{key}: {status}", *written]
    shown = {"suggestion": ", ".join(parts)} if holder.flow else {"lines": "\n".join(parts)}
    values = {**problem.values, "suggestion": "", **shown}
    return replace(problem, values=values, fix=Fix(given.mark, given.end, between.join([status, *written])))


def postponed(problem: Problem, given: Text, holder: Node, context: Context) -> Problem | None:
    """Return the problem of a status such as 推迟到明年上半年, with the status and the due time; None of any other."""
    found = _LATER.fullmatch(given.strip())
    due = near_due(found["due"], context.period) if found else ""
    if not due or not isinstance(holder, Table) or not given.end or child(holder, "due") is not None:
        return None
    chinese = has_chinese_names(holder)
    status, line = value_words("zh" if chinese else "en")["carried"], f"{written_name('due', chinese=chinese)}: {due}"
    key = next(key for key in holder.keys_at if english_field(key, {"status"}))
    between = between_fields(holder, holder.keys_at[key].column)
    shown = {"suggestion": f"{key}: {status}, {line}"} if holder.flow else {"lines": f"{key}: {status}\n{line}"}
    values = {**problem.values, "suggestion": "", **shown}
    return replace(problem, values=values, fix=Fix(given.mark, given.end, f"{status}{between}{line}"))


def with_usual(problem: Problem, holder: Node, name: str, context: Context | None) -> Problem:
    """Return the problem of a missing field; of a commitment, with what is mostly written there."""
    if not problem.field.startswith("commitments") or not isinstance(holder, Table) or not context:
        return problem
    usual = {"due": due_told(text_in(holder, "text"), context.period), "id": f"a{holder.mark.line}"}
    if not usual.get(name):
        return problem
    if key := next((key for key in holder.keys_at if english_field(key, {name})), ""):  # it has no value
        place = holder.keys_at[key]
        line = f"{key}: {usual[name]}"
        fix = Fix(place, Mark(place.line, place.column + len(key) + 1), line)
        return replace(problem, mark=place, values={**problem.values, "suggestion": line}, fix=fix)
    line = f"{written_name(name, chinese=has_chinese_names(holder))}: {usual[name]}"
    added = added_field(holder, line, ("text", "id"))
    return replace(problem, values={**problem.values, f"add-{name}": line}, fix=added) if added else problem
