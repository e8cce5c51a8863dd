"""The unit whose report a document is: one of the word list, or the name of a new one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..problems.spelling import near
from ..records.vocabulary import Lexicon, Vocabulary, spoken_names
from ..records.wordlists import Unit
from .doubts import Doubt, doubt
from .told_period import MASKED_DIGIT

_PERIOD_WORDS = re.compile(
    rf"关于|20\d\d\s?[-—–~至到/]{{1,2}}\s?20\d\d\s?学年度?|(?:[12]\d(?:\d\d|{MASKED_DIGIT}{{2}}|\d{MASKED_DIGIT})|二[〇○零][〇○零一二三四五六七八九]{{2}})\s?年(?:度)?|{MASKED_DIGIT}{{2,4}}年(?:度)?|[上下]半年|全年|年度|第[一二三四]季度|半年|今年"
)
BODIES = "政府|工会|委员会|居委会|村委会|党委|党支部|妇联|团委|团工委|科协|残联|侨联|文联|工商联|红十字会|商会"
_ORGANISATION = re.compile(
    rf"(?:{BODIES}|联合会|协会|局|办|办公室|公司|集团|医院|大学|中学|小学|学校|幼儿园|院|馆|行|厂|站|中心|街道|社区|村|镇|乡|区|市|县|科|处|室|部|队|所)$"
)
_NAMED = re.compile(r"(?P<unit>[一-鿿]{0,14}?(?:总工会|工会联合会|工会))")
_GENERIC = re.compile(r"(?:我|本)?(?P<unit>[镇乡县区市院局校厂村]|街道|社区|公司)(?P<end>总工会|工会)")
_NOT_A_NAME = re.compile(
    r"[您们]|今天|本站|围绕|^(?:上级|各级|基层|企业|全体|广大|全镇|全区|全县|全市|在|的|了|与|和|及|各|由|按|级)|(?:会员|干部)$"
)
# What the names of many units share: only the rest tells two of them apart.
_COMMON = re.compile(
    rf"某|(?:镇|乡|县|区|市|省|村|街道|社区|(?:有限|责任|股份|集团)*公司|集团|局|院|校|厂)?(?:总工会|工会联合会|{BODIES})$"
)
UNKNOWN_UNIT = "待核单位"  # the name of a unit that nobody knows yet


@dataclass(frozen=True, slots=True)
class ToldUnit:
    """A unit by its slug, or only by its name if the word list lacks it, with the evidence and the doubts."""

    slug: str
    name: str
    evidence: Doubt
    doubts: tuple[Doubt, ...] = ()


def told_unit(
    places: Sequence[tuple[str, str]], vocabulary: Vocabulary, asked: str, before: ToldUnit | None
) -> ToldUnit:
    """Return the unit that is ``asked`` for, or that a report names. ``before`` is that of the report before it."""
    units = vocabulary.units
    if asked:
        known = units.find(asked) or units.meant(asked)
        return ToldUnit(known.slug if known else "", asked, doubt("unit-asked", unit=asked))
    told = dict(places)
    for place in ("title", "signature", "opening", "name"):
        words = told.get(place, "")
        if unit := _listed(words, vocabulary, place):
            name = unit.title.text("zh")
            return ToldUnit(unit.slug, name, doubt("unit-from", place=place, unit=name))
        if place != "opening" and (name := _own_name(words)):
            return ToldUnit("", name, doubt("unit-from", place=place, unit=name))
    if name := _named(told.get("opening", "")):
        known = units.meant(name)
        evidence = doubt("unit-from", place="opening", unit=name)
        return ToldUnit(known.slug if known else "", name, evidence, (doubt("unit-guess", unit=name),))
    if before:
        return ToldUnit(before.slug, before.name, doubt("unit-before", unit=before.name), (doubt("unit-as-before"),))
    if len(units) == 1:
        only = next(iter(units))
        return ToldUnit(only.slug, vocabulary.unit_title(only.slug), doubt("unit-only"))
    return ToldUnit("", UNKNOWN_UNIT, doubt("unit-nowhere"), (doubt("unit-unknown"),))


def _listed(words: str, vocabulary: Vocabulary, place: str) -> Unit | None:
    """Return the unit of the word list that words name first, unless they name another that is longer."""
    own = _own_name(words) if place != "opening" else ""
    if own and (known := vocabulary.units.meant(own)):
        return known
    least = 4 if place == "opening" else 2
    names = [(name, unit) for unit in vocabulary.units for name in spoken_names(unit) if name in words]
    names = [(name, unit) for name, unit in names if len(name) > least and not (own != name and own.endswith(name))]
    return min(names, key=lambda one: (words.index(one[0]), -len(one[0])))[1] if names else None


def _own_name(title: str) -> str:
    """Return the name of the organisation in a title (烟墩镇工会2022年上半年工作总结), or an empty text."""
    bare = _PERIOD_WORDS.sub(" ", re.sub(r"[（(].*?[）)]", "", title))
    for piece in re.split(r"[\s、，,—\-_]+", bare):
        words = re.sub(
            r"(?:主要|重点)?工作?(?:总结|计划|要点|汇报|报告|打算|安排|情况|小结|思路|和|及|暨|与).*$", "", piece
        ).strip()
        if (
            2 < len(words) <= 30
            and _ORGANISATION.search(words)
            and not re.search("[xX×*_]", words)
            and words not in ("工会", "总工会")
        ):
            return words
    return ""


def _named(opening: str) -> str:
    for clause in re.split("[，。；：、\n（）()]", opening):
        for found in _NAMED.finditer(clause):
            name = re.sub(r"^.*(?:[在由是让和与及]|[xX×*_年]|我)", "", found["unit"])
            if len(name) > 4 and not _NOT_A_NAME.search(name):
                return name
        if generic := _GENERIC.search(clause):
            return f"某{generic['unit']}{generic['end']}"
    return ""


def near_unit(name: str, units: Lexicon[Unit]) -> str:
    """Return the slug of the unit with a name most like that of a new one, or an empty text.

    Only what names do not share tells: 烟墩镇工会 is not like 某镇总工会, but like 烟敦镇工会.
    """
    bare = {_COMMON.sub("", one) or one: unit.slug for unit in units for one in spoken_names(unit)}
    return bare.get(near(_COMMON.sub("", name) or name, bare), "")
