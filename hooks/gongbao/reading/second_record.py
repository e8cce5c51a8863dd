"""A second record in one file: its fields stand below the text of the first, or in a second YAML document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ..problems.names import english_field
from ..problems.problem import Mark, Problem
from ..records.file_kinds import is_markdown
from ..records.record import Header
from .front_matter import FileParts, is_fence

_FIELD = re.compile(r"([\w\- \u3000]{1,20})[:：]")
_ANY_FIELD = re.compile(rf"^{_FIELD.pattern}", re.MULTILINE)
_BELOW = re.compile(r"[ \t\u3000#]|- ")  # a line that belongs to the field above it
_CODE = re.compile(r" {0,3}(?:```|~~~)")


def first_alone(parts: FileParts, path: str) -> tuple[FileParts, list[Problem]]:
    """Return the parts of the first record of a file, and a problem if a second one follows."""
    markdown = is_markdown(path)
    text, first = (parts.text, parts.text_line) if markdown else (parts.fields, parts.fields_line)
    if not _ANY_FIELD.search(text):
        return parts, []
    lines = text.split("\n")
    at = next(_begun_in_text(lines) if markdown else _begun_documents(lines), None)
    if at is None:
        return parts, []
    words = next((line for line in lines[at:] if line.strip() and not is_fence(line)), "")
    values = {"folder": "/".join(path.split("/")[:3]), "ending": path[path.rfind(".") :], "line": str(first + at)}
    before = "\n".join(lines[:at])
    alone = parts._replace(text=before) if markdown else parts._replace(fields=before)
    return alone, [Problem(path, Mark(first + at), "file.second", "", words, values)]


def _begun_in_text(lines: Sequence[str]) -> Iterator[int]:
    """Yield where records begin in a text: at the line of hyphens above the fields, or at the first field.

    Fields of a record: lines on end with a title, and a unit or a topic, beside a line of hyphens; or with all three;
    or a title and any other field between two lines of hyphens.
    Lines such as “时间：五月八日” below a line of hyphens are text.
    """
    at, code = 0, False
    while at < len(lines):
        start, names = at, set[str]()
        if _CODE.match(lines[at]):
            code = not code
        while not code and at < len(lines) and (name := _name(lines[at], begun=bool(names))) is not None:
            names |= {name} - {""}
            at += 1
        if "title" in names:
            above = _fence_above(lines, start)
            closed = at < len(lines) and is_fence(lines[at])
            sure = len(names & {"unit", "topics"}) > (above is None and not closed)
            if sure or (above is not None and closed and len(names) > 1):
                yield start if above is None else above
        at = max(at, start + 1)


def fields_below(lines: Sequence[str], first: int, most: int) -> tuple[int, Mapping[str, str]] | None:
    """Return where a record's fields begin between two lines of hyphens, and their values by their English names.

    The first of these lines stands at most ``most`` lines below the line ``first``. None if there are no such fields.
    """
    at = next((at for at in range(first + 1, min(first + most + 1, len(lines))) if is_fence(lines[at])), None)
    if at is None:
        return None
    fields: dict[str, str] = {}
    for line in lines[at + 1 :]:
        name = _name(line, begun=bool(fields))
        if name is None:
            return (at, fields) if fields and is_fence(line) else None
        if name:
            fields[name] = re.split("[:：]", line, maxsplit=1)[1].strip()
    return None


def _begun_documents(lines: Sequence[str]) -> Iterator[int]:
    """Yield where YAML documents with a record's fields begin below the first document."""
    begun = False
    for at, line in enumerate(lines):
        if begun and re.match(r"---(?:\s|$)", line) and any(_name(below, begun=False) for below in lines[at + 1 :]):
            yield at
        begun = begun or _FIELD.match(line) is not None


def _name(line: str, *, begun: bool) -> str | None:
    """Return the English name of a line's field, or an empty text for a line below a field. None for any other line."""
    if found := _FIELD.match(line):
        return english_field(re.sub(r"\s", "", found[1]), Header.field_names()) or ("" if begun else None)
    return "" if begun and _BELOW.match(line) else None


def _fence_above(lines: Sequence[str], at: int) -> int | None:
    """Return the index of the line of hyphens above a line, with at most one blank line between, or None."""
    above = next((place for place in (at - 1, at - 2) if place >= 0 and lines[place].strip()), None)
    return above if above is not None and is_fence(lines[above]) else None
