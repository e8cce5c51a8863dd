"""Figures with neither an indicator nor a label: what they count, as far as the record's text or their note tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from ..problems.names import english_field
from ..problems.problem import Fix, Problem
from ..records.loose_figures import braced
from ..records.loose_numbers import read_loosely
from ..records.nodes import between_fields, child, has_chinese_names
from ..records.number_phrases import reworded
from ..records.quantities import Figure
from ..records.vocabulary import Vocabulary
from ..records.yamltree import Items, Table, Text
from .written_fields import naming

_NAMES = frozenset({"label", "indicator"})
_LEAD = re.compile(
    "(?:[并共又还另]|分别|一共|先后)*(?:送去|送上|送出|发放|发出|派发|赠送|捐赠|购置|购买|组织|举办|开展|收到|送|有)?了?"
)
_LONGEST = 20_000  # signs of a text that is looked through for the name of a number
_WORDS, _FEW = 26, 20  # signs around a number, and places that are looked at
_BEFORE = re.compile(r"(?P<name>[\u4e00-\u9fff]+?)(?:共计?|合计|约|近|为|达)?$")
_BEHIND = re.compile(r"[\u4e00-\u9fff]{2,10}")
_SHORT = re.compile(r"[\u4e00-\u9fff]{2,10}")


def with_names(
    found: Iterable[Problem], tree: Table, path: str, text: str, vocabulary: Vocabulary
) -> Iterator[Problem]:
    """Yield the problems of fields, and one for each figure without a name, with the name that the ``text`` tells.

    It is told in the same run as what else is wrong with the figure.
    """
    found = list(found)
    figures = child(tree, "figures")
    nameless = dict(_nameless(figures, found))
    yield from (problem for problem in found if problem.rule != "field.conflict" or problem.field not in nameless)
    for field, figure in nameless.items():
        problem = Problem(path, figure.mark, "field.conflict", field, values={"other": ""})
        label = _told(figure, text)
        start = next(iter(figure.keys_at.values()))
        if not label:
            yield problem
            continue
        line = braced(naming(vocabulary)(label, _unit(figure)), chinese=has_chinese_names(figure))[1:-1]
        between = between_fields(figure, start.column)
        yield replace(problem, values={"suggestion": line}, fix=Fix(start, start, f"{line}{between}"))


def _nameless(figures: object, found: Iterable[Problem]) -> Iterator[tuple[str, Table]]:
    """Yield the figures without a name, each with its path, but for those whose value has a name to write."""
    named = {problem.field for problem in found if problem.fix and re.search("名目:|label:", problem.fix.text)}
    for at, figure in enumerate(figures if isinstance(figures, Items) else [figures]):
        field = f"figures[{at}]"
        if not isinstance(figure, Table) or f"{field}.value" in named or not figure.keys_at:
            continue
        keys = [english_field(key, Figure.field_names()) for key in figure.keys_at]
        if all(keys) and not _NAMES.intersection(filter(None, keys)) and isinstance(child(figure, "value"), Text):
            yield field, figure


def _told(figure: Table, text: str) -> str:
    """Return the only name that a text gives to a figure's number, or what its note says, or nothing."""
    value, note = child(figure, "value"), child(figure, "note")
    loose = read_loosely(reworded("value", str(value)).text)
    if loose is None:
        return ""
    if name := name_told(f"{loose.value:f}", _unit(figure), text):
        return name
    return str(note) if isinstance(note, Text) and _SHORT.fullmatch(note) else ""


def name_told(number: str, unit: str, text: str) -> str:
    """Return the only name that a text gives to a number in a unit, or nothing."""
    amount = rf"{number}\s*{re.escape(unit)}" if unit else rf"{number}(?![\d.])"
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text[:_LONGEST])
    places = [found.span() for found in islice(re.finditer(rf"(?<![\d.]){amount}", text), _FEW)]
    before = (_BEFORE.search(text[max(0, start - _WORDS) : start]) for start, _ in places)
    names = {_LEAD.sub("", one["name"], count=1) for one in before if one} - {""}
    behind = (_BEHIND.match(text[end : end + _WORDS]) for _, end in places)
    names = names or {one[0] for one in behind if one}
    return names.pop() if len(names) == 1 else ""


def _unit(figure: Table) -> str:
    value, unit = child(figure, "value"), child(figure, "unit")
    loose = read_loosely(reworded("value", str(value)).text)
    return str(unit) if isinstance(unit, Text) else loose.measure if loose else ""
