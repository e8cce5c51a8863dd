"""Fields as people name them: in the language of their file, with the paths that messages show and waivers have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from .catalogue import Language
from .names import BOUNDS, FIELDS, KINDS, STATUSES, YES_NO, english_field

_NAME = re.compile(r"[a-z_]+")
_STEP = re.compile(r"[^.\[\]]+|\[\d+\]")
_COUNTED = re.compile(r"第(\d+)[项个条]的?")
_WRITTEN_FIELD = re.compile(r"(?:^[ \-]*|[{,，]\s*)([\w-]{1,20})\s*[:：]", re.MULTILINE)
_UNIT_OF_MEASURE = "计量单位"  # a record's own unit is 单位
_LOOKED_AT = 4000  # signs at the beginning of a file


def chinese_name(path: str) -> str:
    """Return the Chinese name of the last field in a path such as ``figures[0].unit``, or an empty text."""
    last = re.sub(r"\[\d+\]", "", path).rpartition(".")[2]
    chinese = FIELDS.get(last, ("",))[0]
    return _UNIT_OF_MEASURE if re.search(r"\b(figures|target|parts|among|of|outcomes)\b.*\.unit$", path) else chinese


def written_name(field: str, *, chinese: bool) -> str:
    """Return the name under which a file has a field, by its English name; a ``unit`` is that of a number."""
    if not chinese:
        return field
    return _UNIT_OF_MEASURE if field == "unit" else FIELDS[field][0]


def path_in(path: str, language: Language) -> str:
    """Return a field's path with the names of fields in a language: ``数据[2].数值`` for ``figures[2].value``."""
    if language == "en":
        return path
    return _NAME.sub(lambda found: chinese_name(path[: found.end()]) or found[0], path)


@cache
def field_words(language: Language) -> Mapping[str, str]:
    """Return the name of every field in a language, by its English name, and ``figures.unit`` for units of measure."""
    every = {field: path_in(field, language) for field in FIELDS}
    return every | {"figures.unit": "unit" if language == "en" else _UNIT_OF_MEASURE}


@cache
def value_words(language: Language) -> Mapping[str, str]:
    """Return the word for every value of a field in a language, by the English one."""
    tables = (KINDS, STATUSES, BOUNDS, YES_NO)
    words = {str(value): names[0] for table in tables for value, names in table.items()}
    return {value: value for value in words} if language == "en" else words


def leads_to(written: str, path: str) -> bool:
    """Whether a path that a writer spelt, in either language, is a field's path or leads to something above it.

    Brackets count from 0 (``数据[2]``), words from 1 (``数据第3项``).
    """
    narrow = unicodedata.normalize("NFKC", written).replace("【", "[").replace("】", "]")
    counted = _COUNTED.sub(lambda found: f"[{int(found[1]) - 1}]", re.sub(r"\s", "", narrow))
    theirs, ours = _STEP.findall(counted), _STEP.findall(path)
    return len(theirs) <= len(ours) and all(map(_is_name_of, theirs, ours))


def _is_name_of(written: str, step: str) -> bool:
    return english_field(written, {step}) == step


def language_of_names(text: str) -> Language | None:
    """Return the language that most of the fields in a file are named in, or None if it has none or as many of each."""
    found = [name for name in _WRITTEN_FIELD.findall(text[:_LOOKED_AT]) if name.lower() in _every_name()]
    chinese = sum(not name.isascii() for name in found)
    return None if 2 * chinese == len(found) else "zh" if 2 * chinese > len(found) else "en"


@cache
def _every_name() -> frozenset[str]:
    return frozenset((*FIELDS, *(name for names in FIELDS.values() for name in names)))
