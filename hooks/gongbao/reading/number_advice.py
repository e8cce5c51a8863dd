"""Advice on numbers that are not exact: how to write the number, its unit and its bound in fields of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from ..problems.field_paths import written_name
from ..problems.problem import Fix, Problem
from ..records.loose_numbers import LooseNumber, read_loosely
from ..records.measures import convert, in_yuan, is_share, plain
from ..records.nodes import child, key_of, node_at, text_in
from ..records.number_phrases import has_number, reworded
from ..records.references import Context
from ..records.yamltree import Node, Table, Text
from .phrase_advice import in_phrases, of_rate
from .written_fields import shown_as

_SHARES = frozenset({"percent", "completion"})  # fields in percent
_IN_UNIT_OF_FIGURE = frozenset({"target", "previous", "change"})  # fields without a unit of their own
_POINTS = {"%": "个百分点", "‰": "个千分点"}  # in which the change of a rate is counted
# A writer's own doubt behind a number: 36？, 36（待核）.
_DOUBTED = re.compile(r"(?P<number>[^?？（(]{1,20})[（(]?(?:[?？]{1,3}|待[核查定]实?|存疑|不确定|不准)[?？]?[)）]?")
_SUM = re.compile(
    r"=?(?P<sum>[0-9]{1,9}(?:\.[0-9]{1,4})?(?: ?\+ ?[0-9]{1,9}(?:\.[0-9]{1,4})?){1,20})(?P<unit>[^\d+]{0,3})"
)
_POWER = re.compile(r"[0-9](?:\.[0-9]{1,9})?[eE]\+?[0-9]{1,2}")
_MIXED = re.compile(r"(?P<myriads>[0-9]{1,4})万零?(?P<thousands>[0-9])千(?:(?P<hundreds>[0-9])百)?(?P<unit>[^\d]{0,3})")
_LETTERS = re.compile(r"(?<=\d)[OolI](?![a-z])|[OolI](?=\d)")  # typed for the digits that look alike


def advised(problem: Problem, given: Text, steps: Sequence[str | int], tree: Node, context: Context | None) -> Problem:
    """Return the problem of a field that holds no exact number, with what to write instead if that is certain.

    ``given`` is what is written there, and ``steps`` lead to it in the file's ``tree``. The advice keeps sign, scale,
    unit and bound. Its fix is safe if the number itself stays as it is, and no word is left out.
    """
    names = [step for step in steps if isinstance(step, str)]
    holder = node_at(tree, steps[:-1])
    if not names or not isinstance(holder, Table):
        return problem
    within = names[-2] if names[0] == "figures" and names[-1] == "value" else ""
    field = within if within in _SHARES | _IN_UNIT_OF_FIGURE else names[-1]
    bare = given.strip("“”‘’「」\"' ")
    written, whole = reworded(field, bare)
    mistyped = _reckoned(_LETTERS.sub(lambda found: "0" if found[0] in "oO" else "1", written))
    loose = read_loosely(mistyped)
    if (doubted := _DOUBTED.fullmatch(given.strip())) and (known := read_loosely(doubted["number"])):
        return replace(problem, values={**problem.values, "unsure": f"{known.value:f}"})
    inherited = _unit_of(_tables_above(steps, tree), context)
    figure = next((one for one in _tables_above(steps[:-1], tree)), holder) if within == field else holder
    if field == "change" and loose and is_share(loose.measure) and not _is_of_shares(figure, inherited):
        return of_rate(problem, given, figure, loose, bare)
    parts = loose and _parts(field, loose, in_yuan(text_in(holder, "unit")), inherited)
    if not loose or not parts:
        told = context.text if context else ""
        return in_phrases(problem, given, bare, steps, tree, inherited, told) or _without_advice(
            problem, given, field, holder
        )
    if names[-1] == "value" and "bound" in parts and text_in(holder, "bound"):
        return problem  # of two bounds, only a person knows the right one
    shown, text = shown_as(names[-1], parts, holder)
    if text == given:  # a number that is exact, but not allowed here
        return problem
    safe = whole and mistyped == written and loose.is_plain and abs(Decimal(parts["value"])) == abs(loose.value)
    fix = Fix(given.mark, given.end, text, safe) if given.end else None
    return replace(problem, values={**problem.values, **shown}, fix=fix)


def _reckoned(text: str) -> str:
    """Return a number typed as a sum (=18+18), as Excel shows a long one (3.6E+01), or as 1万2千, in digits."""
    if found := _SUM.fullmatch(text):
        return f"{sum(map(Decimal, re.findall(r'[0-9.]+', found['sum'])), Decimal()):f}{found['unit']}"
    if _POWER.fullmatch(text):
        return f"{Decimal(text):f}"
    if found := _MIXED.fullmatch(text):
        hundreds = int(found["hundreds"] or 0)
        return f"{int(found['myriads']) * 10000 + int(found['thousands']) * 1000 + hundreds * 100}{found['unit']}"
    return text


def _is_of_shares(figure: Table, unit: str) -> bool:
    """Whether a figure is a rate, so that a change in per cent may be meant in points."""
    return is_share(unit) or any(child(figure, name) is not None for name in _SHARES)


def _without_advice(problem: Problem, given: Text, field: str, holder: Table) -> Problem:
    """Return the problem of a field for which no number can be told: there is none at all, or it is among words."""
    key = key_of(holder, given) or field
    in_words = bool(re.search("[\u4e00-\u9fff]", given))
    if has_number(given) or not in_words:
        return problem if field == "value" else replace(problem, values={**problem.values, "number-alone": "yes"})
    if field == "value" and problem.field.count(".") == 1 and problem.field.startswith("figures"):
        return replace(problem, rule="figure.nothing")
    target = written_name("target", chinese=not key.isascii())
    of_share = "no-share" if field in _SHARES else "no-number"
    return replace(problem, values={**problem.values, of_share: "yes", "key": key, "target": target})


def _parts(field: str, loose: LooseNumber, own: str, inherited: str) -> Mapping[str, str] | None:
    """Return the fields to write, by name, of which ``value`` is always one. None if that is not certain.

    ``own`` is the unit written beside the number, ``inherited`` that of the figure or its indicator.
    """
    bounded = field in _SHARES | _IN_UNIT_OF_FIGURE | {"value", "of"}
    if loose.bound != "exact" and not bounded:
        return None
    parts = {"value": f"{loose.value:f}"}
    if not loose.unit:
        parts["value"] = f"{plain(loose.whole) if loose.multiple else loose.value:f}"
    elif field in _SHARES:
        if not is_share(loose.measure):
            return None
    elif not bounded:
        return None
    elif known := own or (inherited if field in _IN_UNIT_OF_FIGURE else ""):
        converted = convert(loose.value, loose.measure, _POINTS.get(known, known) if field == "change" else known)
        if converted is None and field == "change":
            converted = convert(loose.value, loose.measure, known)
        if converted is not None:
            parts["value"] = f"{converted:f}"
        elif field == "of":  # a base may have another unit than its figure
            parts["unit"] = loose.measure
        else:
            return None
    elif field not in _IN_UNIT_OF_FIGURE:
        parts["unit"] = loose.measure
    if loose.bound != "exact":
        parts["bound"] = loose.bound
    return parts


def _tables_above(steps: Sequence[str | int], tree: Node) -> Iterator[Table]:
    """Yield the tables above a field, the nearest first: one of them is the figure."""
    for end in range(len(steps) - 1, 0, -1):
        if isinstance(node := node_at(tree, steps[:end]), Table):
            yield node


def _unit_of(tables: Iterator[Table], context: Context | None) -> str:
    """Return the first unit that the tables have, of their own or by their indicator; empty if they have none."""
    for table in tables:
        if unit := text_in(table, "unit"):
            return unit
        indicator = context.vocabulary.indicators.find(text_in(table, "indicator")) if context else None
        if indicator:
            return indicator.unit
    return ""
