"""The account of a document: every sign of it stands in a draft, and every number is told with where it went.

The proof is made on the files as they will be written, not on what the importer believes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from .documents import SourceText
from .marks import Span
from .number_words import SourceNumber

_BLANK = re.compile(r"\s+")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&amp;")


@dataclass(frozen=True, slots=True)
class PlacedSpan:
    """A stretch of a source and the file in which it stands. The same stretch may stand in several."""

    span: Span
    path: str


NumberUse = Literal["figures", "commitments", "text"]


@dataclass(frozen=True, slots=True)
class NumberPlace:
    """Where a number went: into ``figures``, into ``commitments``, or only into the text of a file."""

    number: SourceNumber
    went: NumberUse
    path: str


@dataclass(frozen=True, slots=True)
class Account:
    """How much of a source there is, and the stretches of it that stand in no file."""

    signs: int
    lost: tuple[Span, ...]
    missing: int


def account_of(source: SourceText, placed: Sequence[PlacedSpan], files: Mapping[str, str]) -> Account:
    """Return the account of a source: each stretch is looked for in the file that is to hold it."""
    bare = {path: "\n".join(_readings(text)) for path, text in files.items()}
    held = bytearray(len(source.text))
    for one in placed:
        words = bare_text(source.text[slice(*one.span)])
        if words in bare.get(one.path, ""):
            held[slice(*one.span)] = b"\1" * (one.span[1] - one.span[0])
    lost = [
        found.span() for found in re.finditer(b"\0+", bytes(held)) if source.text[found.start() : found.end()].strip()
    ]
    missing = sum(len(bare_text(source.text[slice(*span)])) for span in lost)
    return Account(len(source.text), tuple(lost), missing)


def _readings(text: str) -> tuple[str, str, str]:
    """Return a file's text as it stands, as Markdown is read, and as a text in quotes in YAML is read."""
    bare = bare_text(text)
    return bare, bare_text(_ESCAPED.sub(lambda found: found[1] or "&", text)), bare.replace("''", "'")


def bare_text(text: str) -> str:
    """Return a text without blanks."""
    return _BLANK.sub("", text)
