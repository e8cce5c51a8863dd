"""A sentence in place of fields, such as ``来源: 某总结``, written as the fields that it fills."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import count

from ..problems.names import DATINGS, STATUSES, english_value
from ..problems.other_words import meant_value
from ..problems.problem import Fix, Problem
from ..records.dates import DateError, parse_date
from ..records.loose_figures import as_label, braced, figure_item, figures_told
from ..records.loose_numbers import read_loosely
from ..records.nodes import between_fields, between_items, child, has_chinese_names, key_of, node_at
from ..records.promise_rows import without_numbering
from ..records.references import Context
from ..records.scalars import scalar
from ..records.time_guesses import due_told
from ..records.yamltree import Items, Node, Table, Text
from .written_fields import naming

_SENTENCES = re.compile(
    r"[；;\n]+|。(?=.)|(?<=\S)\s*(?<!\d)(?=(?:\d{1,2}[.、．](?!\d)|[（(][一二三四五六七八九十]{1,2}[)）]|[①-⑳]))"
)
_SECTION = re.compile(
    r"(?P<title>.*?[^，,、\s])[，,、\s]*[（(]?(?P<section>第[\d一二三四五六七八九十百、，,\-—~至到]+[页章节部条款][^，。]{0,20}?)[)）]?"
)
_FROM_TO = re.compile(
    r"(?:原[写作为报]*|由|[把将])\s*[“”\"]?(?P<was>[^“”\"，,；;]+?)[“”\"]?\s*[，,；;]?\s*(?:应为|应是|应作|应当是|更正为|改[为成作]|现?为)\s*[“”\"]?(?P<now>[^“”\"，,；;。]+)"
)
_AMOUNT_TO = re.compile(
    r"(?P<was>(?<![\d.])\d[\d.,]{0,15}[^\s\d，,；;。]{1,4}?)(?:应为|应是|更正为|改[为成作])(?P<now>\d[\d.,]{0,15}[^\s\d，,；;。]{1,4})"
)
_NAMED = re.compile(r"[^\s\d:：，,；;。]{1,20}\s*[:：]\s*[^\s:：，,；;。]+")  # 慰问品：40份
_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d{2}-\d{2}")

_Parts = Mapping[str, str]


def filled_in(
    problem: Problem, given: Text, steps: Sequence[str | int], tree: Node, context: Context | None
) -> Problem:
    """Return the problem of a text where fields belong, with those fields as far as the text fills them.

    ``given`` is what is written there, and ``steps`` lead to it in the file's ``tree``. The fix is safe where the text
    is one field's value as it stands.
    """
    names = [step for step in steps if isinstance(step, str)]
    if not names:
        return problem
    written = ("\n".join(map(str.strip, given.rows)) or given).strip().rstrip("。；;，,、")
    name, holder = names[-1], node_at(tree, steps[:-1])
    at = steps[-1] if isinstance(steps[-1], int) else 0
    items, whole = _items(name, written, at, holder, context, chinese=has_chinese_names(tree))
    if not items:
        return problem
    if name == "parts":
        problem = _with_sum(problem, written, holder)
    key = key_of(holder, given) or name
    one_line = given.end and given.end.line == given.mark.line
    each = bool(given.rows) and len(items) == len(given.rows)  # each of several lines is an item
    if not whole or not given.end or not (one_line or each):
        skeleton = f"- {items[0]}" if isinstance(holder, Items) else f"{key}: {items[0]}"
        return replace(problem, values={**problem.values, "skeleton": skeleton})
    shown, text = _written(key, given, holder, items)
    fix = Fix(given.mark, given.end, text, safe=whole == "safe")
    return replace(problem, values={**problem.values, **shown}, fix=fix)


def _with_sum(problem: Problem, text: str, holder: Node) -> Problem:
    """Return the problem of parts in a sentence, and what they add up to if the figure's value is another number."""
    value = child(holder, "value")
    total = read_loosely(value) if isinstance(value, Text) else None
    parts = [read_loosely(found[0]) for found in re.finditer(r"\d[^，,、；;。\s]*", text)]
    known = [part for part in parts if part and part.bound == "exact"]
    if not total or total.bound != "exact" or len(known) != len(parts) or len({part.measure for part in known}) != 1:
        return problem
    reckoned = sum(part.value for part in known)
    if reckoned == total.value or total.measure not in ("", known[0].measure):
        return problem
    values = {"reckoned-sum": f"{reckoned:f}", "printed-sum": f"{total.value:f}"}
    return replace(problem, values={**problem.values, **values})


def _written(key: str, given: Text, holder: Node, items: list[str]) -> tuple[_Parts, str]:
    """Return the values for the rule's texts, and the YAML to write in place of what stands in ``holder``."""
    marked = [f"- {item}" for item in items]
    if isinstance(holder, Items):
        shown = {"suggestion": marked[0]} if len(items) == 1 else {"lines": "\n".join(marked)}
        return shown, between_items(holder, given.mark.column).join(items)
    if len(items) == 1:
        return {"suggestion": f"{key}: {items[0]}"}, items[0]
    if isinstance(holder, Table) and not holder.flow:
        shown = {"lines": "\n  ".join([f"{key}:", *marked])}
        if given.mark.line > holder.keys_at[key].line:
            return shown, between_fields(holder, given.mark.column).join(marked)
        indent = "\n" + " " * (holder.keys_at[key].column + 1)
        return shown, "".join(indent + item for item in marked)
    text = f"[{', '.join(items)}]"
    return {"suggestion": f"{key}: {text}"}, text


def _items(
    name: str, text: str, at: int, holder: Node, context: Context | None, *, chinese: bool
) -> tuple[list[str], str]:
    """Return the mappings to write for a text, and ``whole`` or ``safe`` if nothing is left for the writer to fill."""
    if name == "figures":
        named = naming(context.vocabulary) if context else as_label
        if items := figures_told(text, chinese=chinese, named=named):
            by_label = items == figures_told(text, chinese=chinese)
            return items, "safe" if by_label and _NAMED.fullmatch(text) else "whole"
        return [braced({"label": "慰问品", "value": "40", "unit": "份"}, chinese=chinese)], ""
    if name in ("parts", "among"):
        if items := figures_told(text, chinese=chinese):
            return items, "safe" if _NAMED.fullmatch(text) else "whole"
        return [braced({"label": "重病职工", "value": "3"}, chinese=chinese)], ""
    if name == "commitments":
        period = context.period if context else None
        sentences = [without_numbering(one).strip(" 。") for one in _SENTENCES.split(text)]
        dues = [due_told(one, period) or "…" for one in sentences if one]
        items = [
            braced({"id": f"a{at + number}", "text": scalar(one), "due": due}, chinese=chinese)
            for number, one, due in zip(count(1), filter(None, sentences), dues, strict=False)
        ]
        return items, "" if "…" in dues else "whole"
    if name == "source" and len(sources := list(filter(None, map(str.strip, re.split("[；;]", text))))) > 1:
        return [braced(source_told(one)[0], chinese=chinese) for one in sources], "whole"
    if name == "target":
        return _target(text, holder, chinese=chinese)
    if name in _FILLS:
        parts, whole = _FILLS[name](text)
    else:
        return [], ""
    return [braced(parts, chinese=chinese)], whole


def _target(text: str, holder: Node, *, chinese: bool) -> tuple[list[str], str]:
    about = child(holder, "text")
    label = (about.replace(text, "").strip(" ，,、；;") or str(about)) if isinstance(about, Text) else "…"
    if item := figure_item(label, text, chinese=chinese):
        return [item], "whole" if label != "…" else ""
    return [braced({"label": scalar(label), "value": "2", "unit": "家"}, chinese=chinese)], ""


def source_told(text: str) -> tuple[_Parts, str]:
    """Return the fields of a source that is told in one text, and that nothing of it is left for the writer."""
    if re.match("https?://", text):
        return {"url": scalar(text)}, "safe"
    if found := _SECTION.fullmatch(text):
        return {"title": scalar(found["title"].strip()), "section": scalar(found["section"])}, "safe"
    return {"title": scalar(text)}, "safe"


def _outcome(text: str) -> tuple[_Parts, str]:
    return {"commitment": "…#…", "status": meant_value(text, STATUSES) or "…"}, ""


def _correction(text: str) -> tuple[_Parts, str]:
    day = _day(text)
    bare = _DAY.sub("", text, count=1).strip(" ，,：:、") if day else text
    parts = {"date": day or "…", "text": scalar(bare or text)}
    if found := _FROM_TO.search(text) or _AMOUNT_TO.search(text):
        parts |= {"was": scalar(found["was"].strip()), "now": scalar(found["now"].strip())}
    return parts, "whole" if day else ""


def _withdrawal(text: str) -> tuple[_Parts, str]:
    day, reason = _day(text), _DAY.sub("", text).strip(" ，,：:因为")
    filled = len(reason) > 2  # 是, 已撤回
    return {"date": day or "…", "reason": scalar(reason) if filled else "…"}, "whole" if day and filled else ""


def _dating(text: str) -> tuple[_Parts, str]:
    basis = english_value(text, DATINGS)
    if basis == "stated":
        return {"basis": text}, "safe"
    inferred = "inferred" if text.isascii() else DATINGS["inferred"][0]
    return {"basis": inferred, "evidence": "…" if basis else scalar(text)}, ""


def _waiver(text: str) -> tuple[_Parts, str]:
    rule = re.search(r"(?<![a-z-])[a-z-]+\.[a-z-]+", text)
    reason = text.replace(rule[0], "").strip(" ，,：:（）()") if rule else text
    parts = {"rule": rule[0] if rule else "…", "reason": scalar(reason) if reason else "…"}
    return parts, "whole" if rule and reason else ""


def _day(text: str) -> str:
    """Return the first whole day that a text names, as records write it, or an empty text."""
    if not (found := _DAY.search(text)):
        return ""
    try:
        return parse_date(found[0]).text
    except DateError:
        return ""


_FILLS: Mapping[str, Callable[[str], tuple[_Parts, str]]] = {
    "source": source_told,
    "outcomes": _outcome,
    "corrections": _correction,
    "withdrawn": _withdrawal,
    "dating": _dating,
    "allow": _waiver,
}
