"""Texts written as YAML scalars, so that YAML reads them as they stand."""

from __future__ import annotations

import json
import re

import yaml

ESCAPED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")  # what YAML takes for line ends or refuses
_NO_PLAIN = re.compile(r"[,\[\]{}\n]")  # signs that a text within brackets cannot have without quotes


def quoted(text: str) -> str:
    """Return a text in quotes: in double ones, or in single ones if the text has a double one or a backslash."""
    if ESCAPED.search(text):
        # YAML reads every string of JSON.
        return ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def scalar(text: str, *, plain: bool = True) -> str:
    """Return a text as a scalar for any place in a file: without quotes if it may be ``plain`` and needs none."""
    return text if plain and not _NO_PLAIN.search(text) and _stands_alone(text) else quoted(text)


def _stands_alone(text: str) -> bool:
    """Whether YAML reads a text without quotes as this very text, within brackets and on a line of its own."""
    if text != text.strip():
        return False
    try:
        return bool(yaml.load(f"- [{text}]\n- a: {text}", Loader=yaml.CBaseLoader) == [[text], {"a": text}])
    except yaml.YAMLError:
        return False
