"""Advice on values that are phrases: two numbers, a number with a remark, a fraction, a growth, a prize."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from ..problems.field_paths import written_name
from ..problems.problem import Fix, Problem
from ..records.loose_figures import braced, figure_item, figures_told
from ..records.loose_numbers import LooseNumber, read_loosely
from ..records.measures import convert, in_yuan, is_share
from ..records.nodes import child, has_chinese_names, key_of, node_at, text_in
from ..records.number_phrases import LONGEST, fraction, growth, reworded
from ..records.quantities import unit_and_more
from ..records.scalars import scalar
from ..records.yamltree import Node, Table, Text
from .several_numbers import items_of_several, of_range
from .written_fields import in_place_of, shown_as

_ITEM = frozenset({"label", "value", "rank"})  # fields of an item that others can take the place of
_REMARK = re.compile(r"(?P<main>[^（(，,；;。]+)(?:[（(](?P<inside>.+)[)）]|[，,；;。]\s*(?P<behind>其中.+))[。；;]?")
_WITH_CHANGE = re.compile(
    r"(?P<main>[^（(，,；;。]+)[（(，,]\s*(?P<change>(?:同比|环比|[比较与]|净?[增减]|增|上升|下降)[^（(，,；;。]+?)[)）]?"
)
_OF_WHOLE = re.compile(r"(\d{1,9}) ?[/／] ?\d{1,9}")
_CLAUSES = re.compile(r"[，；;。（()）]|,(?!\d{3})")
_AMONG = re.compile("(?:其中(?:包括|含|有)?|内?含|包括|包含)[:：]?")
_PRIZE = re.compile(
    r"[，,、；;和及与\s]*(?:荣?获得?|各)?(?P<prize>[^\d，,、；;\s]{0,8}?奖)"
    r"(?P<count>[\d一二两三四五六七八九十]+\s*[个名项件人篇幅]?)?"
)
_PLACE = re.compile(
    r"[，,、；;和及与\s]*(?:荣?获得?)?(?P<what>[^\d，,、；;\s第]{0,8})第(?P<rank>\d+|[一二三四五六七八九十]+)名?"
)


def in_phrases(
    problem: Problem, given: Text, bare: str, steps: Sequence[str | int], tree: Node, unit: str, told: str
) -> Problem | None:
    """Return the problem of a value that is a phrase with numbers, with what to write; None if it is none.

    ``bare`` is what is written there without quotes, and ``steps`` lead to it in the file's ``tree``. ``unit`` is that
    of the figure or its indicator. ``told`` is what the record tells in words.
    """
    name = str(steps[-1])
    holder, above = node_at(tree, steps[:-1]), node_at(tree, steps[:-2])
    if not isinstance(holder, Table):
        return None
    if len(bare) > LONGEST:
        return of_range(problem, given, holder)
    chinese = has_chinese_names(holder)
    folded = unicodedata.normalize("NFKC", bare).strip()
    if name in ("percent", "completion") and (share := fraction(bare)):
        value, bound = share
        parts = {"value": f"{value:f}", **({"bound": bound} if bound != "exact" else {})}
        beside = {"printed": scalar(bare)} if bound != "exact" and child(holder, "printed") is None else {}
        return _with_fields(problem, given, name, parts, holder, beside)
    if name == "of" and (items := figures_told(bare, chinese=chinese)) and len(items) == 1:
        return _with_text(problem, given, "of", items[0], holder)
    if name == "of" and not re.search(r"\d", bare):
        return _with_text(problem, given, "of", braced({"label": scalar(bare)}, chinese=chinese), holder)
    if name == "rank" and (items := _of_ranks(folded, holder, chinese=chinese)):
        return _with_items(problem, items, holder, above)
    if name == "change":
        return _of_change(problem, given, bare, holder, unit)
    if name != "value":
        return None
    if steps[0] == "outcomes" and (done := _of_outcome(problem, given, bare, holder)):
        return done
    in_figures = [step for step in steps if isinstance(step, str)] == ["figures", "value"]
    if in_figures and (mended := _in_figure(problem, given, bare, holder, above, chinese=chinese)):
        return mended
    if ranged := of_range(problem, given, holder):
        return ranged
    items = items_of_several(given, holder, told) if in_figures else []
    return _with_items(problem, items, holder, above) if items else None


def _in_figure(
    problem: Problem, given: Text, bare: str, holder: Table, above: Node, *, chinese: bool
) -> Problem | None:
    """Return the problem of a figure's value that is a growth, has a remark, or tells names of what it counts."""
    unit = in_yuan(text_in(holder, "unit"))
    if two := growth(bare):
        low, high = two
        parts = _amount(high, unit)
        before = _amount(low, unit or high.measure)
        if parts is None or before is None or child(holder, "previous") is not None:
            return None
        return _with_fields(problem, given, "value", parts, holder, {"previous": before["value"]})
    if (found := _WITH_CHANGE.fullmatch(bare)) and child(holder, "change") is None:
        loose = read_loosely(reworded("value", found["main"]).text)
        more = read_loosely(reworded("change", found["change"]).text)
        if loose and more and more.bound == "exact" and more.measure == loose.measure:
            parts = _amount(loose, unit)
            change = _amount(more, unit or more.measure)
            if parts and change:
                return _with_fields(problem, given, "value", parts, holder, {"change": change["value"]})
    if found := _REMARK.fullmatch(bare):
        loose = read_loosely(reworded("value", found["main"]).text)
        beside = _beside(found["inside"] or found["behind"], loose, holder, chinese=chinese) if loose else None
        if loose and beside and (parts := _amount(loose, unit)):
            return _with_fields(problem, given, "value", parts, holder, beside)
    items = figures_told(reworded("value", bare).text, chinese=chinese)
    if len(items) > 1:
        return _with_items(problem, _marked(items), holder, above)
    if len(items) == 1:
        return _of_one(problem, given, bare, holder, unit)
    return None


def _of_outcome(problem: Problem, given: Text, bare: str, holder: Table) -> Problem | None:
    """Return the problem of what was reached, told with the whole (15/20) or with a remark (15人（另有3人待审）)."""
    share, remark = _OF_WHOLE.fullmatch(bare), _REMARK.fullmatch(bare)
    loose = read_loosely(share[1] if share else remark["main"] if remark else "")
    parts = _amount(loose, in_yuan(text_in(holder, "unit"))) if loose else None
    note = scalar(bare) if share else scalar((remark["inside"] or remark["behind"]).strip()) if remark else ""
    beside = {"note": note} if child(holder, "note") is None else {}
    return _with_fields(problem, given, "value", parts, holder, beside) if parts else None


def _of_one(problem: Problem, given: Text, bare: str, holder: Table, unit: str) -> Problem | None:
    """Return the problem of a value that names what it counts (慰问品40份); a figure without a name takes that one."""
    found = re.match(r"\D*", bare)
    label, number = bare[: found.end()] if found else "", bare[found.end() :] if found else bare
    loose = read_loosely(number)
    parts = _amount(loose, unit) if loose else None
    label = label.strip(" ：:共为约近")
    if parts is None or not label:
        return None
    own = text_in(holder, "label") or text_in(holder, "indicator")
    if not own:
        return _with_fields(problem, given, "value", parts, holder, {"label": scalar(label)})
    beside = {} if label == own or child(holder, "printed") is not None else {"printed": scalar(bare)}
    return _with_fields(problem, given, "value", parts, holder, beside)


def _beside(remark: str, loose: LooseNumber, holder: Table, *, chinese: bool) -> Mapping[str, str] | None:
    """Return the field for a remark behind a number: its parts, those among it, or a note. None if it has one already.

    Parts without the word 其中 make up the whole.
    """
    among = _AMONG.match(remark)
    items = figures_told(remark[among.end() :] if among else remark, chinese=chinese)
    values = [read_loosely(found[0]) for found in re.finditer(r"\d[^，,、；;。]*", remark)]
    alike = bool(values) and all(one and one.measure == loose.measure for one in values)
    name = "note"
    if items and among:
        name = "among"
    elif items and alike and sum(one.value for one in values if one) == loose.value:
        name = "parts"
    if child(holder, name) is not None:
        return None
    return {name: scalar(remark.strip()) if name == "note" else f"[{', '.join(items)}]"}


def with_more(problem: Problem, given: Text, holder: Node) -> Problem:
    """Return the problem of a unit with a second fact behind it (人(含女职工8人)), with that in a field of its own."""
    unit, more = unit_and_more(given) or ("", "")
    if not unit or not isinstance(holder, Table) or child(holder, "value") is None:
        return problem
    loose = read_loosely(f"{text_in(holder, 'value')}{unit}") or read_loosely(f"0{unit}")
    beside = _beside(more, loose, holder, chinese=has_chinese_names(holder)) if loose else None
    return (beside and _with_fields(problem, given, "unit", {"value": scalar(unit)}, holder, beside)) or problem


def _of_change(problem: Problem, given: Text, bare: str, holder: Table, unit: str) -> Problem | None:
    """Return the problem of a change with more words (减少3件，下降25%): the amount with its sign, and a note."""
    pieces = [piece.strip() for piece in _CLAUSES.split(bare) if piece.strip()]
    told = [(piece, read_loosely(reworded("change", piece).text)) for piece in pieces]
    amounts = [(piece, loose) for piece, loose in told if loose and not is_share(loose.measure)]
    if len(pieces) == 1 or len(amounts) != 1 or child(holder, "note") is not None:
        return None
    (piece, loose), *_ = amounts
    if reworded("change", piece).text == piece and not loose.value.is_signed():
        falls = {other.value < 0 for at, other in told if other and at != piece}
        if len(falls) != 1:  # nobody can tell whether it rose
            return None
        loose = replace(loose, value=-loose.value) if falls.pop() else loose
    parts = _amount(loose, in_yuan(unit) or loose.measure)
    rest = "，".join(one for one in pieces if one != piece)
    return _with_fields(problem, given, "change", parts, holder, {"note": scalar(rest)}) if parts else None


def of_rate(problem: Problem, given: Text, figure: Table, loose: LooseNumber, bare: str) -> Problem:
    """Return the problem of a change in per cent: the difference if value and value before are told, or a note."""
    problem = replace(problem, rule="field.growth")
    now, before = (_plain_number(name, figure) for name in ("value", "previous"))
    key = key_of(figure, given)
    if now and before and before.value and now.bound == before.bound == "exact" and loose.bound == "exact":
        rate = (now.value - before.value) * 100 / abs(before.value)
        exponent = loose.value.as_tuple().exponent
        off = abs(rate - loose.value)
        if isinstance(exponent, int) and off <= Decimal(6).scaleb(exponent - 1):
            text = f"{now.value - before.value:f}"
            values = {**problem.values, "suggestion": f"{key or 'change'}: {text}"}
            return replace(problem, values=values, fix=Fix(given.mark, given.end, text) if given.end else None)
    if not key or not given.end or child(figure, "note") is not None or child(figure, "value") is None:
        return problem
    line = f"{written_name('note', chinese=not key.isascii())}: {scalar(bare)}"
    fix = Fix(figure.keys_at[key], given.end, line)
    return replace(problem, values={**problem.values, "suggestion": line}, fix=fix)


def _plain_number(name: str, figure: Table) -> LooseNumber | None:
    """Return the number that stands in a field, in the figure's unit; None if there is no such number."""
    loose = read_loosely(reworded(name, text_in(figure, name)).text)
    unit = text_in(figure, "unit")
    return loose if loose and (not loose.measure or not unit or loose.measure == unit) else None


def _of_ranks(text: str, holder: Table, *, chinese: bool) -> list[str]:
    """Return the items for prizes, which are counted and are no ranks, or for several ranks; nothing for others."""
    label = text_in(holder, "label")
    for pattern in (_PRIZE, _PLACE):
        found, end = [], 0
        while piece := pattern.match(text, end):
            found.append(piece)
            end = piece.end()
        if not label or not found or end < len(text):
            continue
        if pattern is _PRIZE:
            made = [figure_item(f"{label}{one['prize']}", one["count"] or "1", "个", chinese=chinese) for one in found]
        else:
            made = [
                braced({"label": scalar(f"{label}{one['what']}"), "rank": loose.value.to_eng_string()}, chinese=chinese)
                for one in found
                if (loose := read_loosely(one["rank"]))
            ]
        return _marked(made)
    return []


def _marked(items: Sequence[str]) -> list[str]:
    return [f"- {item}" for item in items]


def _with_items(problem: Problem, items: Sequence[str], holder: Table, above: Node) -> Problem:
    """Return the problem of one item that tells several, or another one, with the items to write in its place."""
    rule = "field.prize" if problem.field.endswith("rank") else "field.several"
    values = {**problem.values, "count": str(len(items)), "items": "、".join(f"`{item}`" for item in items)}
    fix = in_place_of(holder, above, [item.removeprefix("- ") for item in items], _ITEM)
    return replace(problem, rule=rule, values=values, fix=fix)


def _with_text(problem: Problem, given: Text, name: str, text: str, holder: Table) -> Problem:
    """Return the problem of a field with what to write as its value."""
    key = key_of(holder, given) or name
    fix = Fix(given.mark, given.end, text) if given.end else None
    return replace(problem, values={**problem.values, "suggestion": f"{key}: {text}"}, fix=fix)


def _with_fields(
    problem: Problem, given: Text, name: str, parts: Mapping[str, str], holder: Table, beside: Mapping[str, str]
) -> Problem | None:
    """Return the problem of a field with the fields to write; None if the holder has a bound of its own already."""
    if name == "value" and "bound" in parts and text_in(holder, "bound"):
        return None
    shown, text = shown_as(name, parts, holder, beside)
    fix = Fix(given.mark, given.end, text) if given.end else None
    return replace(problem, values={**problem.values, **shown}, fix=fix)


def _amount(loose: LooseNumber, unit: str) -> dict[str, str] | None:
    """Return the fields of a number beside the ``unit`` that is written there; None if the units do not agree."""
    bound = {"bound": loose.bound} if loose.bound != "exact" else {}
    if not unit or not loose.unit:
        measure = {"unit": scalar(loose.measure)} if loose.unit else {}
        value = loose.whole if loose.multiple and not loose.unit else loose.value
        return {"value": f"{value:f}", **measure, **bound}
    converted = convert(loose.value, loose.measure, unit)
    return None if converted is None else {"value": f"{converted:f}", **bound}
