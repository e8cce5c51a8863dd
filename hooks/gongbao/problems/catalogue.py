"""The catalogue of every sentence for writers and readers, in Chinese and in English.

The texts stand in ``catalogue.yml``: ``problems`` by rule, ``labels`` by name; those of a rule that has a module of
its own stand beside it (``checks/rules/*.yml``). Nothing else in the program holds a sentence meant for people.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

import yaml

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@cache
def catalogue() -> Mapping[str, Mapping[str, Any]]:
    """Return the parsed catalogue: its sections ``problems`` and ``labels``."""
    package = files("gongbao")
    whole = _parsed(package.joinpath("problems", "catalogue.yml"))
    beside = [file for file in package.joinpath("checks", "rules").iterdir() if file.name.endswith(".yml")]
    for file in sorted(beside, key=lambda file: file.name):
        whole["problems"] |= _parsed(file)
    return whole


def _parsed(file: Traversable) -> dict[str, Any]:
    parsed: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return parsed


def is_judged(rule: str) -> bool:
    """Whether a rule judges what a record says; the others tell what keeps it from being read or understood."""
    return "about" in catalogue()["problems"][rule]


def waivable(rule: str) -> bool:
    """Whether a record may waive a rule: every warning, and every rule that is a matter of judgement."""
    return is_judged(rule) or catalogue()["problems"][rule].get("severity") == "warning"


def label(name: str, language: Language, /, **values: object) -> str:
    """Return the label ``name`` with its ``{placeholders}`` filled.

    Raises KeyError for a label that the catalogue lacks: a mistake of ours, never of a writer.
    """
    text: str = catalogue()["labels"][name][language]
    return text.format_map(values) if values else text


def both(name: str, /) -> str:
    """Return the label ``name`` in both languages, for where no site's language is known: ``检查 / check``."""
    return " / ".join(label(name, language) for language in LANGUAGES)
