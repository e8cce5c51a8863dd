"""``prose.sum``: a total that is not the sum of its parts in the same sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ...problems.names import bound_of
from ...records.intervals import Interval, allowed, total
from ...text.display import shortest_number
from ..blocks import narrow_prose
from ..passages import Hit, Passage, in_passages, matches_from

MANY = 40  # the most parts that are read
NEAR = Decimal("0.1")  # share of the total: parts that miss the total by less were meant to be all
_UNIT = "(?:[人户家场件]次|[个人名位户家件宗起场次期份条项元册篇支对批组台套吨亩所处间例桩幅部盒箱袋瓶面块辆座天])"
_NUMBER = (
    r"(?P<before>约|近)?(?<![\d.,])(?P<number>\d[\d,]{0,15}(?:\.\d{1,6})?)"
    rf" ?(?P<after>[余多])? ?(?P<scale>[万亿])?(?P<after2>[余多])? ?(?P<unit>{_UNIT})?"
)
_TOTAL = re.compile(
    rf"(?P<about>约)?(?:共计?|合计|总计|累计|总共)[^,。;:!?\d\n]{{0,14}}?{_NUMBER}[^,。;:!?\d\n(]{{0,10}}[,:(] ?"
)
_PLAIN_TOTAL = re.compile(rf"{_NUMBER}\((?=[^()\n]{{0,60}}\+)")
_OPENS = re.compile(r"(?P<some>其中|包括|含)?[,:]?(?P<each>分别(?:是|为|有)?|即)?[,:]?")
_PART = re.compile(rf"(?P<label>[^,。;:!?\d\n()+、]{{0,20}}?){_NUMBER}(?P<tail>[^,。;:!?\d\n()+、]{{0,6}})")
_NO_PART = re.compile(r"(?:第|占|达|率)$|共|其中|合计|总计|累计")
_BETWEEN = re.compile(r"[、,+;]\s?(?:以及|和|及)?|和|及|以及")
_SCALES = {"万": Decimal(10**4), "亿": Decimal(10**8)}
_SAME = {"名": "人", "位": "人"}
# Parts that may overlap: a woman may be a party member.
_CROSSING = re.compile(
    r"女|党员|团员|农民工|民族|以上|以下|学历|职称|残疾|一线|困难|劳模|大病|单亲|外来|青年|新增|新发展|首次"
)


@dataclass(frozen=True, slots=True)
class _Term:
    value: Decimal
    can_be: Interval
    unit: str
    label: str = ""


_TOTAL_SIGN, _NUMBER_SIGN = re.compile("[约共合总累]"), re.compile(r"[约近\d]")


def find(passage: Passage) -> Iterator[Hit]:
    """Find totals with parts in the same sentence and the same unit that have another sum."""
    text = narrow_prose(passage)
    for sign, pattern in ((_TOTAL_SIGN, _TOTAL), (_NUMBER_SIGN, _PLAIN_TOTAL)):
        for found in matches_from(sign, pattern, text) if pattern is _TOTAL or "+" in text else ():
            opens = _OPENS.match(text, found.end())
            assert opens
            added = pattern is _PLAIN_TOTAL
            if not (added or opens[0].strip(",:")):
                continue
            whole = _term(found)
            parts, end, and_so_on = _parts(text, opens.end(), whole.unit)
            some = not added and not opens["each"] and (opens["some"] != "包括" or and_so_on)
            wrong = _cannot_be(whole, parts) if some else len(parts) > 1 and not and_so_on and _differ(whole, parts)
            if wrong:
                made = sum(part.value for part in parts)
                values = (("whole", shortest_number(whole.value)), ("parts", shortest_number(Decimal(made))))
                yield Hit(found.start(), end, values=values)


def _term(found: re.Match[str], unit: str = "") -> _Term:
    value = Decimal(found["number"].replace(",", ""))
    bound = bound_of(found.groupdict().get("about") or found["before"] or found["after"] or found["after2"])
    scale = _SCALES.get(found["scale"] or "", Decimal(1))
    written = found["unit"] or unit
    can_be = allowed(value, bound).times(scale)
    return _Term(value * scale, can_be, _SAME.get(written, written))


def _parts(text: str, at: int, unit: str) -> tuple[list[_Term], int, bool]:
    """Read the parts in a unit from an offset on.

    Returns the parts, the offset of their end, and whether the writer says that there are more (等).
    """
    read: list[tuple[_Term, bool]] = []
    end = at
    while len(read) < MANY and (found := _PART.match(text, at)) and not _NO_PART.search(found["label"]):
        one = _term(found)
        if one.unit not in ("", unit) or (text[found.end("number") :][:1] in ("%", ".", "、") and not unit):
            break
        if not one.unit and re.match(
            r"[年月日%届季点度后]|个百分", text[found.end("number") : found.end("number") + 3]
        ):
            break
        named = _Term(one.value, one.can_be, one.unit, found["label"] + found["tail"])
        read.append((named, bool(one.unit)))
        end = found.end()
        between = _BETWEEN.match(text, end)
        if not between or "等" in found["tail"]:
            break
        at = between.end()
    while read and not read[-1][1] and unit:  # 3、5、2件: the unit of the last number counts for all
        read.pop()
    return [one for one, _ in read], end, "等" in text[max(0, end - 6) : end + 1]


def _differ(whole: _Term, parts: list[_Term]) -> bool:
    return not total(part.can_be for part in parts).meets(whole.can_be)


def _cannot_be(whole: _Term, parts: list[_Term]) -> bool:
    """Whether parts, maybe not all, exceed the whole, or come so near to it that they were meant to be all."""
    made = total(part.can_be for part in parts)
    if made.above(whole.can_be):
        crossing = any(_CROSSING.search(part.label) for part in parts) and not _men_and_women(parts)
        return not crossing or any(part.can_be.above(whole.can_be) for part in parts)
    return (
        len(parts) > 1 and whole.can_be.above(made) and whole.value - sum(p.value for p in parts) < NEAR * whole.value
    )


def _men_and_women(parts: list[_Term]) -> bool:
    labels = " ".join(part.label for part in parts)
    return len(parts) == 2 and "男" in labels and "女" in labels


check = in_passages("prose.sum", find)
