"""The output of ``--explain copy.record``: each copy beside its original, with the repeated parts marked."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from itertools import zip_longest

from ..problems.catalogue import Language, label
from ..problems.problem import Problem
from ..reading.content import Content
from ..text.repeats import repeated_as_written
from .gate import lies_in

WIDTH = 38  # columns of a terminal for each text; a Chinese character takes two
_OPEN, _CLOSE = "【】"


def copies_side_by_side(content: Content, paths: Collection[str], language: Language) -> str:
    """Return every copy in some files or folders beside its original, in two columns. No paths mean all."""
    found = [problem for problem in content.problems if problem.rule == "copy.record" and lies_in(problem.path, paths)]
    blocks = ["\n".join(_shown(problem, content, language)) for problem in found]
    return "\n\n".join(blocks or [label("side-by-side-none", language)]) + "\n"


def _shown(problem: Problem, content: Content, language: Language) -> Iterator[str]:
    texts = {record.path: record.text.strip() for record in content.records}
    one, other = problem.path, problem.values["other"]
    yield label("side-by-side", language, share=problem.values["share"])
    columns = [_column(one, texts[one], texts[other]), _column(other, texts[other], texts[one])]
    for left, right in zip_longest(*columns, fillvalue=""):
        yield f"{left}{' ' * (WIDTH - _width(left))} | {right}".rstrip()


def _column(path: str, text: str, against: str) -> list[str]:
    """Return the lines of a column: the file's name, a rule, and the text with marks around its repeated parts."""
    marked, end = "", 0
    for start, stop in repeated_as_written(text, against):
        marked += f"{text[end:start]}{_OPEN}{text[start:stop]}{_CLOSE}"
        end = stop
    return [*_wrapped(path), "-" * WIDTH, *_wrapped(marked + text[end:])]


def _wrapped(text: str) -> Iterator[str]:
    for paragraph in text.splitlines():
        line, width = "", 0
        for sign in paragraph:
            if width + _width(sign) > WIDTH:
                yield line
                line, width = "", 0
            line, width = line + sign, width + _width(sign)
        yield line


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF") for sign in text)
