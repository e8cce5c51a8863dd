"""Texts written as YAML scalars, so that YAML reads them as they stand."""

from __future__ import annotations

import json
import re

import yaml

_NO_PLAIN = re.compile(r"[,\[\]{}\n]")  # signs that a text within brackets cannot have without quotes


def quoted(text: str) -> str:
    """Return a text in quotes: in double ones, or in single ones if the text has a double one or a backslash."""
    if "\n" in text:
        return json.dumps(text, ensure_ascii=False)  # YAML reads every string of JSON
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def scalar(text: str, *, plain: bool = True) -> str:
    """Return a text as a scalar for any place in a file: without quotes if it may be ``plain`` and needs none."""
    return text if plain and not _NO_PLAIN.search(text) and _stands_alone(text) else quoted(text)


def _stands_alone(text: str) -> bool:
    """Whether YAML reads a text without quotes as this very text."""
    try:
        return bool(yaml.load(f"[{text}]", Loader=yaml.CBaseLoader) == [text])
    except yaml.YAMLError:
        return False
