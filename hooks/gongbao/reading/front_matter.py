"""Front matter: the fields at the start of a Markdown file, between lines of hyphens, and the text after them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..problems.problem import Fix, Mark, Problem

_FENCE = re.compile(r"-{3,}\s*")
_WORD_FENCE = re.compile(r"\s*(?:[—–－―─-]{1,6}|[—–－―─=＝═_＿~～*＊·.…-]{3,80})\s*")  # also what Word makes of hyphens
_DASHES = re.compile(r"\s*[—–－―─-]")  # other signs may underline a heading of the text
# A form with two columns has a tab in place of the colon.
_WITH_TAB = re.compile(r"(?:标题|单位|主题|日期|类别|摘要|来源)[ \u3000]*\t[ \u3000]*\S")
_FIELD = re.compile(
    rf"[\w-]{{1,20}} *[:：]|{_WITH_TAB.pattern}"
)  # the beginning of a field, or of a sentence such as 会议认为：
_NAMED = re.compile(r"([\w-]{1,20}) *[:：]\s*\S")
# Names that begin no sentence of a text: 时间：五月八日 may.
_FIELDS_OF_RECORDS = frozenset(
    ("标题", "单位", "主题", "日期", "类别", "摘要", "来源", "title", "unit", "topics", "date", "kind")
)
_SEVERAL = 2
_TITLE = ("标题:", "标题：", "标题\t", "title:")
_BELOW = re.compile(r"[\s#-]")  # a line that belongs to the field above it


class FileParts(NamedTuple):
    """A record's fields, as YAML, and its text, each with the number of its first line in the file."""

    fields: str
    fields_line: int
    text: str
    text_line: int


def is_fence(line: str) -> bool:
    """Whether a line is one of hyphens, or what Word makes of them."""
    return bool(line.strip() and (_FENCE.fullmatch(line) or _WORD_FENCE.fullmatch(line)))


def split_front_matter(content: str, path: str) -> tuple[FileParts | None, list[Problem]]:
    """Return the parts of a Markdown file and the problems with its front matter. The file is not empty.

    Where a line of hyphens is missing, the fields end before the first line that is none. There are no parts if the
    file has no fields.
    """
    lines = content.split("\n")
    start = next(at for at, line in enumerate(lines) if line.strip())
    if _FENCE.fullmatch(lines[start]):
        return _from(lines, start + 1, path)
    if _WORD_FENCE.fullmatch(lines[start]):
        parts, problems = _from(lines, start + 1, path)
        fix = _fence(start, lines[start])
        return parts, [Problem(path, Mark(start + 1), "front-matter.missing", "", lines[start], fix=fix), *problems]
    end = _end_of_fields(lines, start)
    if end == start or not any(map(_FIELD.match, lines[start + 1 : end])):
        return None, [Problem(path, Mark(start + 1), "front-matter.missing", "", lines[start])]
    whole = "\n".join(["---", *lines[start:end], "---"])
    certain = any(line.strip().startswith(_TITLE) for line in lines[start:end])
    text = end + 1 if end < len(lines) and is_fence(lines[end]) else end  # only the first line of hyphens is missing
    fix = Fix(Mark(start + 1), Mark(text, len(lines[text - 1]) + 1), whole, safe=certain)
    return _parts(lines, start, end, text), [
        Problem(path, Mark(start + 1), "front-matter.missing", "", lines[start], fix=fix)
    ]


def _from(lines: Sequence[str], first: int, path: str) -> tuple[FileParts, list[Problem]]:
    """Return the parts of a file whose fields begin at a line, and the problem of their end."""
    end = next((at for at in range(first, len(lines)) if _FENCE.fullmatch(lines[at])), None)
    if end is not None:
        return _with_fields_below(lines, first, end, path)
    end = next((at for at in range(first, len(lines)) if lines[at].strip() and _WORD_FENCE.fullmatch(lines[at])), None)
    if end is not None and (_DASHES.match(lines[end]) or all(line.strip() for line in lines[first:end])):
        problem = Problem(path, Mark(end + 1), "front-matter.unclosed", fix=_fence(end, lines[end]))
        return _parts(lines, first, end, end + 1), [problem]
    end = _end_of_fields(lines, first)
    at = Mark(end, len(lines[end - 1]) + 1)  # behind the last field
    problem = Problem(path, Mark(first), "front-matter.unclosed", fix=Fix(at, at, "\n---"))
    return _parts(lines, first, end, end), [problem]


def _with_fields_below(lines: Sequence[str], first: int, end: int, path: str) -> tuple[FileParts, list[Problem]]:
    """Return the parts of a file, whose fields may go on below the line of hyphens at ``end`` by mistake.

    Two lines of fields that the record does not have yet are no text.
    """
    there = {found[1] for line in lines[first:end] if (found := _NAMED.match(line))}
    start = next((at for at in range(end + 1, len(lines)) if lines[at].strip()), len(lines))
    last = start
    while last < len(lines) and (found := _NAMED.match(lines[last])) and found[1] in _FIELDS_OF_RECORDS - there:
        last += 1
    if last - start < _SEVERAL:
        return _parts(lines, first, end, end + 1), []
    text = "\n".join([*lines[start:last], lines[end]])
    fix = Fix(Mark(end + 1), Mark(last, len(lines[last - 1]) + 1), text, safe=True)
    problem = Problem(
        path, Mark(start + 1), "front-matter.below", "", lines[start], {"lines-below": f"{start + 1}–{last}"}, fix
    )
    fields = "\n".join([*lines[first:end], *[""] * (start - end), *lines[start:last]])
    return FileParts(fields, first + 1, "\n".join(lines[last:]), last + 1), [problem]


def _parts(lines: Sequence[str], first: int, end: int, text: int) -> FileParts:
    return FileParts("\n".join(lines[first:end]), first + 1, "\n".join(lines[text:]), text + 1)


def _fence(at: int, line: str) -> Fix:
    return Fix(Mark(at + 1), Mark(at + 1, len(line) + 1), "---", safe=True)


def _end_of_fields(lines: Sequence[str], first: int) -> int:
    """Return the index of the first line that belongs to no field, or the number of lines."""
    for at in range(first, len(lines)):
        if not lines[at].strip() or not (_FIELD.match(lines[at]) or (at > first and _BELOW.match(lines[at]))):
            return at
    return len(lines)
