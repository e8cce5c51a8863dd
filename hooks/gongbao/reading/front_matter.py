"""Front matter: the fields at the start of a Markdown file, between lines of hyphens, and the text after them."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..problems.problem import Mark, Problem

_FENCE = re.compile(r"-{3,}\s*")
_WORD_FENCE = re.compile(r"[—–－―-]{1,3}\s*")  # Word makes these of three hyphens


class FileParts(NamedTuple):
    """A record's fields, as YAML, and its text, each with the number of its first line in the file."""

    fields: str
    fields_line: int
    text: str
    text_line: int


def split_front_matter(content: str, path: str) -> FileParts | Problem:
    """Return the parts of a Markdown file, or the problem with its front matter. The file is not empty."""
    lines = content.split("\n")
    start = next(at for at, line in enumerate(lines) if line.strip())
    if not _FENCE.fullmatch(lines[start]):
        like = _WORD_FENCE.fullmatch(lines[start]) and lines[start].strip()
        return Problem(path, Mark(start + 1), "front-matter.missing", "", lines[start], {"reason": like or ""})
    end = next((at for at in range(start + 1, len(lines)) if _FENCE.fullmatch(lines[at])), None)
    if end is None:
        return Problem(path, Mark(start + 1), "front-matter.unclosed")
    return FileParts("\n".join(lines[start + 1 : end]), start + 2, "\n".join(lines[end + 1 :]), end + 2)
