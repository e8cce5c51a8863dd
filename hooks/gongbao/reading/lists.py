"""The word lists of ``content/`` are read here, and checked against each other."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, TypeVar

from ..problems.problem import Mark, Problem, field_of
from ..records.indicators import Indicator
from ..records.models import Model
from ..records.nodes import node_at
from ..records.site_settings import SharedSettings, SiteSettings
from ..records.subordinates import SiteEntry
from ..records.vocabulary import Lexicon, ListEntry, Vocabulary, aliases_of, fold
from ..records.wordlists import HouseWord, PeriodEntry, SourceEntry, Topic, Unit, Words
from ..records.yamltree import Items, Node, Text
from .parsing import read_word_list
from .shared_lists import NOTHING_SHARED, SHAREABLE, Entries, Shared, with_shared, with_shared_settings

M = TypeVar("M", bound=Model)

_REQUIRED = ("site", "topics", "units")
LIST_MODELS: Mapping[str, Any] = {
    "site": SiteSettings,
    "topics": tuple[Topic, ...],
    "units": tuple[Unit, ...],
    "indicators": tuple[Indicator, ...],
    "sources": tuple[SourceEntry, ...],
    "periods": tuple[PeriodEntry, ...],
    "wording": tuple[HouseWord, ...],
    "sites": tuple[SiteEntry, ...],
}
WORD_LISTS = tuple(LIST_MODELS)  # the names of their files, without ``.yml``


def read_lists(
    files: Mapping[str, bytes], root: str, shared: Shared = NOTHING_SHARED
) -> tuple[Vocabulary, list[Problem]]:
    """Read all word lists among the files of ``content/``, which problems name ``root``, and those that it shares.

    For a list that is missing or wrong, the vocabulary has a broken lexicon.
    """
    values: dict[str, Any] = {}
    trees: dict[str, Node] = {}
    paths: dict[str, Sequence[str]] = {}
    problems: list[Problem] = []
    common_values: dict[str, Any] = {}
    own_rules = 0
    for name, model in LIST_MODELS.items():
        path = f"{root}/{name}.yml"
        data, common = files.get(f"{name}.yml"), shared.files.get(f"{name}.yml")
        if data is not None:
            values[name], trees[name], found = read_word_list(data, path, model)
            problems += found
        else:
            values[name] = None if name in _REQUIRED and common is None else ()
            trees[name] = Items.at([], Mark())
            misnamed = any(PurePosixPath(other).stem.lower() == name for other in files if "/" not in other)
            if values[name] is None and not misnamed:
                problems.append(Problem(path, Mark(), "list.missing", values={"name": f"{name}.yml"}))
        if name == "site" and values[name]:
            own_rules = len(values[name].rules)
        if common is not None and name in SHAREABLE and values[name] is not None:
            there = f"{shared.root}/{name}.yml"
            also, tree, found = read_word_list(common, there, SharedSettings if name == "site" else model)
            problems += [replace(problem, fix=None) for problem in found]  # that folder is not this site's to mend
            if name == "site":
                values[name] = with_shared_settings(values[name], also) if also else values[name]
            else:
                common_values[name] = also or ()
                own = Entries(values[name], _entries(trees[name]), [path] * len(values[name]))
                several = Entries(also or (), _entries(tree), [there] * len(also or ()))
                values[name], trees[name], paths[name] = with_shared(own, several)
    site = values["site"] or SiteSettings.model_construct(name=Words.model_construct(zh="工报", en="Gongbao"))
    vocabulary = Vocabulary(
        site=site,
        topics=_lexicon(values["topics"]),
        units=_lexicon(values["units"]),
        indicators=_lexicon(values["indicators"]),
        sources=_lexicon(values["sources"]),
        periods=values["periods"] or (),
        wording=values["wording"] or (),
        sites=values["sites"] or (),
        period_lines=tuple(node.mark.line for node in _entries(trees["periods"])),
        digest=_digest(files) + _digest(shared.files),
    )
    check = _ListChecks(trees, paths, root)
    for name in ("topics", "units", "indicators", "sources"):
        check.names_once(name, getattr(vocabulary, name))
    check.periods_once(vocabulary.periods)
    check.references("units", "parent", vocabulary.units, "unit", vocabulary.units)
    check.references("indicators", "topic", vocabulary.indicators, "topic", vocabulary.topics)
    check.scopes(vocabulary, own_rules)
    check.references("periods", "unit", vocabulary.periods, "unit", vocabulary.units)
    check.references("sites", "unit", vocabulary.sites, "unit", vocabulary.units)
    check.no_circle(vocabulary.units)
    if site.vocabulary and shared.files and site.vocabulary != (meaning := _meaning(site, common_values)):
        check.report("site", ["vocabulary"], "extends.changed", site.vocabulary, suggestion=meaning)
    check.sites_apart(vocabulary)
    return _by_slugs(vocabulary), problems + check.problems


def _meaning(site: SiteSettings, values: Mapping[str, Any]) -> str:
    units, indicators = (_lexicon(values.get(name, ())) for name in ("units", "indicators"))
    return Vocabulary(site=site, units=units, indicators=indicators).meaning


def _by_slugs(vocabulary: Vocabulary) -> Vocabulary:
    """Return the lists with each other's entries by their slugs, where they name them by an alias or in another case.

    Sites are left out whose units are not listed.
    """
    units, topics = vocabulary.units, vocabulary.topics
    return replace(
        vocabulary,
        units=replace(units, entries=_naming_slugs(units, "parent", units)),
        indicators=replace(vocabulary.indicators, entries=_naming_slugs(vocabulary.indicators, "topic", topics)),
        periods=_naming_slugs(vocabulary.periods, "unit", units),
        sites=tuple(site for site in _naming_slugs(vocabulary.sites, "unit", units) if units.find(site.unit)),
    )


def _naming_slugs(entries: Iterable[M], field: str, lexicon: Lexicon[Any]) -> tuple[M, ...]:
    return tuple(
        entry.model_copy(update={field: found.slug})
        if (word := getattr(entry, field)) and (found := lexicon.find(word)) and found.slug != word
        else entry
        for entry in entries
    )


def _entries(tree: Node) -> Items:
    return tree if isinstance(tree, Items) else Items.at([tree], tree.mark)  # a single entry may be without a list


def read_published(data: bytes) -> Mapping[str, int]:
    """Read ``published.txt``: an address a line (``/2014/h1/``), comments after ``#``. The values are line numbers."""
    lines = enumerate(data.decode("utf-8-sig", errors="replace").splitlines(), start=1)
    return {line.strip()[1:]: number for number, line in lines if line.startswith("/")}


def _digest(files: Mapping[str, bytes]) -> bytes:
    digest = hashlib.sha256()
    for name in sorted(name for name in files if "/" not in name):
        digest.update(f"{name}\0{len(files[name])}\0".encode() + files[name])
    return digest.digest()


def _lexicon(entries: tuple[Any, ...] | None) -> Lexicon[Any]:
    return Lexicon(entries) if entries is not None else Lexicon((), broken=True)


class _ListChecks:
    """Gathers the problems between entries of the lists."""

    def __init__(self, trees: Mapping[str, Node], paths: Mapping[str, Sequence[str]], root: str) -> None:
        """``paths`` are those of the files of all entries of lists that are shared in part."""
        self.trees, self.paths, self.root = trees, paths, root
        self.problems: list[Problem] = []

    def report(self, name: str, steps: Sequence[str | int], rule: str, written: str, **values: str) -> None:
        """Add a problem at the field of a list to which ``steps`` lead."""
        node = node_at(self.trees[name], steps)
        suggestion = values.get("suggestion")
        fix = node.fix(suggestion, safe="certain" in values) if suggestion and isinstance(node, Text) else None
        path = self.paths[name][int(steps[0])] if self.paths.get(name) else f"{self.root}/{name}.yml"
        fix = fix if path.startswith(f"{self.root}/") else None
        self.problems.append(Problem(path, node.mark, rule, field_of(steps), written, values, fix))

    def names_once(self, name: str, lexicon: Lexicon[ListEntry]) -> None:
        """Report each slug and alias that two entries of a list have."""
        slugs: dict[str, str] = {}
        for at, entry in enumerate(lexicon):
            if fold(entry.slug) in slugs:
                self.report(name, [at, "slug"], "list.duplicate", entry.slug, other=slugs[fold(entry.slug)])
            slugs.setdefault(fold(entry.slug), entry.slug)
        taken = dict(slugs)
        for at, entry in enumerate(lexicon):
            for place, alias in enumerate(aliases_of(entry)):
                if fold(alias) in taken:
                    self.report(name, [at, "aliases", place], "list.duplicate", alias, other=taken[fold(alias)])
                taken.setdefault(fold(alias), entry.slug)

    def periods_once(self, entries: Sequence[PeriodEntry]) -> None:
        """Report each second entry for one period and unit."""
        seen = set()
        for at, entry in enumerate(entries):
            key = (entry.period, entry.unit)
            if key in seen:
                self.report("periods", [at, "period"], "list.duplicate", entry.period.id, other=entry.period.id)
            seen.add(key)

    def references(self, name: str, field: str, entries: Iterable[Any], kind: str, lexicon: Lexicon[Any]) -> None:
        """Report each word in a field of a list that the lexicon of this kind of entries lacks."""
        get: Callable[[Any], str | None] = lambda entry: getattr(entry, field)  # noqa: E731
        for at, entry in enumerate(entries):
            word = get(entry)
            if word and not lexicon.broken and lexicon.find(word) is None:
                meant = lexicon.meant(word)
                values = {"suggestion": meant.slug if meant else lexicon.near(word)}
                if meant:
                    values["certain"] = "yes"
                self.report(name, [at, field], f"ref.{kind}", word, **values)

    def scopes(self, vocabulary: Vocabulary, own: int) -> None:
        """Report each unit in the site's own settings of rules, the last ones, that the list of units lacks."""
        for at, setting in enumerate(vocabulary.site.rules[len(vocabulary.site.rules) - own :]):
            for place, unit in enumerate(setting.units):
                if not vocabulary.units.broken and vocabulary.units.find(unit) is None:
                    values = {"suggestion": vocabulary.units.near(unit)}
                    self.report("site", ["rules", at, "units", place], "ref.unit", unit, **values)

    def sites_apart(self, vocabulary: Vocabulary) -> None:
        """Report each site whose id or unit another one has, or whose unit is below that of another one."""
        units = {fold(one.unit) for one in vocabulary.sites}
        taken: dict[str, dict[str, str]] = {"id": {}, "unit": {}}
        for at, site in enumerate(vocabulary.sites):
            for field, name in (("id", site.id), ("unit", site.unit)):
                if fold(name) in taken[field]:
                    self.report("sites", [at, field], "list.duplicate", name, other=taken[field][fold(name)])
                taken[field].setdefault(fold(name), name)
            seen: set[str] = {fold(site.unit)}
            unit = vocabulary.units.find(site.unit)
            while unit and unit.parent and fold(unit.parent) not in seen:
                seen.add(fold(unit.parent))
                if fold(unit.parent) in units:
                    self.report("sites", [at, "unit"], "sites.below", site.unit, other=unit.parent)
                unit = vocabulary.units.find(unit.parent)

    def no_circle(self, units: Lexicon[Unit]) -> None:
        """Report one unit of each circle of parents, the first in the list."""
        circles: list[int] = []
        seen: set[str] = set()
        for unit in units:
            way: dict[str, int] = {}  # from this unit upwards: each unit's place in the list
            above: Unit | None = unit
            while above and above.slug not in way and above.slug not in seen:
                way[above.slug] = units.place(above.slug)
                above = units.find(above.parent) if above.parent else None
            if above and above.slug in way:
                circles.append(min([*way.values()][[*way].index(above.slug) :]))
            seen |= way.keys()
        for at in sorted(circles):
            self.report("units", [at, "parent"], "list.circle", units.entries[at].parent or "")
