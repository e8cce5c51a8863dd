"""The catalogue of every sentence for writers and readers, in Chinese and in English.

The texts stand in ``catalogue.yml``: ``problems`` by rule, ``labels`` by name. A rule that has a module of its own in
``checks/rules`` has its texts in a YAML file beside that module. No other file of the program holds a sentence for
people.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

import yaml

from .packaged_rules import texts_of_own_rules

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@cache
def catalogue() -> Mapping[str, Mapping[str, Any]]:
    """Return the parsed catalogue: ``problems`` and ``labels``, with the texts of ``checks/rules`` and of packages."""
    package = files("gongbao")
    whole = _parsed(package.joinpath("problems", "catalogue.yml"))
    beside = [file for file in package.joinpath("checks", "rules").iterdir() if file.name.endswith(".yml")]
    for file in sorted(beside, key=lambda file: file.name):
        whole["problems"] |= _parsed(file)
    whole["problems"] |= texts_of_own_rules(whole["problems"])
    return whole


def _parsed(file: Traversable) -> dict[str, Any]:
    parsed: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return parsed


_NEVER_OFFERED = {"private.identity", "private.bank-card", "private.passport", "waiver.unused"}
_NEVER_WAIVED = {"note.open"}  # a note is answered, and then deleted
_BREAKS_NOTHING = {"text.figure"}  # an error that leaves the page whole: the braces stay as they are written


def is_judged(rule: str) -> bool:
    """Whether a rule judges what a record says. The other rules tell why a record cannot be read or understood."""
    return "about" in catalogue()["problems"][rule]


def waivable(rule: str) -> bool:
    """Whether a record may waive a rule, and a site set its level: if a page can be made all the same."""
    if is_judged(rule) or rule in _BREAKS_NOTHING:
        return True
    return catalogue()["problems"][rule].get("severity") == "warning" and rule not in _NEVER_WAIVED


def offers_waiver(rule: str) -> bool:
    """Whether a problem of a rule shows how to waive it: not where a slip would publish somebody's number."""
    return waivable(rule) and rule not in _NEVER_OFFERED


def usual_limit(rule: str) -> Decimal | None:
    """Return the number that a rule holds something to, in the rule's own unit. None if it has no such number."""
    limit = catalogue()["problems"].get(rule, {}).get("limit")
    return None if limit is None else Decimal(limit)


_COUNTS = frozenset({"count", "due", "done", "reported", "expected", "all"})


def label(name: str, language: Language, /, **values: object) -> str:
    """Return the label ``name`` with its ``{placeholders}`` filled. Counts are grouped as all numbers are: 10,000.

    Raises KeyError for a label that the catalogue lacks: that is a fault of the program, never of a writer.
    """
    text: str = catalogue()["labels"][name][language]
    return text.format_map({key: _grouped(key, value) for key, value in values.items()}) if values else text


def _grouped(key: str, value: object) -> object:
    """Return a count as text with commas, and any other value as it is: years and lines are no counts."""
    return f"{value:,}" if type(value) is int and value > 999 and key in _COUNTS else value


def both(name: str, /, **values: object) -> str:
    """Return the label ``name`` in both languages (``检查 / check``), for when the site's language is unknown."""
    return " / ".join(label(name, language, **values) for language in LANGUAGES)
