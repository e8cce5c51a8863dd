"""The output of ``gongbao check --explain``: what a rule is about, and what the site has decided of it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from ..problems.catalogue import catalogue, label
from ..problems.rule_texts import explanation
from ..problems.spelling import near
from ..project import read
from ..records.site_settings import RuleSetting
from .misuse import Misuse
from .side_by_side import copies_side_by_side


def explain(project: Path, rule: str, places: Collection[str]) -> None:
    """Print the explanation of a rule; for the rule of copies, each copy beside its original too. Raises Misuse."""
    rules = catalogue()["problems"]
    if rule not in rules:
        meant = near(rule, rules)
        suggestion = label("did-you-mean", "zh", suggestion=meant) if meant else ""
        raise Misuse(label("unknown-rule", "zh", rule=rule) + suggestion)
    print(explanation(rule, "zh"), end="")
    content = read(project)
    for setting in (one for one in content.vocabulary.site.rules if one.covers(rule)):
        print("\n" + _told_setting(setting))
    if rule == "copy.record":
        print("\n" + copies_side_by_side(content, places, "zh"), end="")


def _told_setting(setting: RuleSetting) -> str:
    """Return in a line what a site has decided of a rule, where, and why."""
    parts = {
        "setting-level": label(setting.level, "zh") if setting.level else "",
        "setting-limit": f"{setting.limit:f}" if setting.limit is not None else "",
        "setting-allowed": "、".join(setting.allowed),
        "setting-places": "、".join([*setting.units, *(period.id for period in setting.periods)]),
    }
    said = "；".join(label(name, "zh", value=value) for name, value in parts.items() if value)
    return label("setting", "zh", rule=setting.rule, said=said, reason=setting.reason)
