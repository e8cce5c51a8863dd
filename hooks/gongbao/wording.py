"""The catalogue of everything a writer or a reader is told, in Chinese and in English.

The texts stand in ``catalogue.yml``: ``problems`` by rule, ``labels`` by name. Nothing else in the
program holds a sentence meant for people.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@cache
def catalogue() -> Mapping[str, Mapping[str, Any]]:
    """Return the parsed catalogue: its sections ``problems`` and ``labels``."""
    text = files(__package__).joinpath("catalogue.yml").read_text(encoding="utf-8")
    parsed: Mapping[str, Mapping[str, Any]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return parsed


def label(name: str, language: Language, /, **values: object) -> str:
    """Return the label ``name`` with its ``{placeholders}`` filled.

    Raises KeyError for a label that the catalogue lacks: a mistake of ours, never of a writer.
    """
    text: str = catalogue()["labels"][name][language]
    return text.format_map(values) if values else text
