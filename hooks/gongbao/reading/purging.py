"""A record that was withdrawn for good: its text is left behind where its file is read, so that nothing can keep it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ..problems.names import english_field
from ..problems.problem import Problem
from ..records.record import Header
from .front_matter import FileParts

# What is left: where the record stands, and its tombstone.
_LEFT = frozenset({"title", "unit", "topics", "kind", "withdrawn", "aliases", "draft"})
_FIELD = re.compile(r"([^\s#\-{}\[\]\"'][^:：]*?)\s*[:：]")


def without_text(header: Header) -> dict[str, Any]:
    """Return the fields of a header that are left. A commitment keeps its id, which other records name."""
    left = {
        name: getattr(header, name) if name in _LEFT else field.get_default(call_default_factory=True)
        for name, field in Header.model_fields.items()
    }
    ids = tuple(one.model_copy(update={"text": "—", "target": None}) for one in header.commitments)
    return {**left, "commitments": ids}


def left_of(parts: FileParts) -> FileParts:
    """Return the parts of a file with the lines of the fields that are left; every other line is empty."""
    lines, is_left = [], False
    for line in parts.fields.split("\n"):
        if found := _FIELD.match(line):
            is_left = english_field(found[1], Header.field_names()) in _LEFT
        elif line[:1].strip() and line[0] not in "-}]":
            is_left = False
        lines.append(line if is_left else "")
    return parts._replace(fields="\n".join(lines), text="")


def problems_left(problems: Iterable[Problem], parts: FileParts) -> list[Problem]:
    """Return the problems of the lines that are left. The others tell of words that nobody sees any more."""
    lines = parts.fields.split("\n")
    there = {parts.fields_line + at for at, line in enumerate(lines) if line}
    return [problem for problem in problems if problem.mark.line in there]
