"""A record's file in canonical form: its fields as `records.canonical` has them, its text sign by sign as it was."""

from __future__ import annotations

from ..problems.mending import mended
from ..problems.problem import Fix, Mark, Problem
from ..records.canonical import canonical_fields
from .decoding import decode
from .front_matter import FileParts, split_front_matter
from .second_record import first_alone


def canonical_file(data: bytes, path: str) -> tuple[bytes | None, list[Problem]]:
    """Return the bytes of a record's file in canonical form, and the faults for which it cannot be read as it is.

    None where there are such faults, as `canonical_fields` says. The file keeps its line ends.
    """
    text, problems = decode(data, path)
    if problems:
        return None, problems
    markdown = path.lower().endswith(".md")
    parts, problems = split_front_matter(text, path) if markdown else (FileParts(text, 1, "", 1), [])
    if parts is None or problems:
        return None, problems
    _, problems = first_alone(parts, path)
    if problems:
        return None, problems
    fields, problems = canonical_fields(parts.fields, path, parts.fields_line)
    if fields is None:
        return None, problems
    lines = text.split("\n")
    last = parts.text_line - 1 if markdown else len(lines)
    made = f"---\n{fields}\n---" if markdown else fields
    return mended(data, [Fix(Mark(1), Mark(last, len(lines[last - 1]) + 1), made)]), []
