"""Where fields stand in the lines of a YAML text, so that a line's own place can be judged before YAML reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LEAD = re.compile(r"^(?P<indent> *)(?P<marks>(?:- +|-$)*)(?P<rest>.*)$")
_FIELD = re.compile(r"(?P<key>\"[^\"]*\"|'[^']*'|[^\s:#{}\[\],\"'][^:]*?) *:(?:\s+(?P<value>.*))?$")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")


class Outline:
    """The fields above a line that are still open: the columns of the ``fields``, and of the ``items`` of lists."""

    def __init__(self) -> None:
        self.fields: list[int] = []
        self.items: list[int] = []
        self.empty = True  # whether the last field has no value of its own yet
        self._quote = ""  # the quotation mark that is still open
        self.depth = 0  # how many brackets are still open

    def continues(self, line: str) -> bool:
        """Whether a line goes on with the value of the line before: a text in quotes, or one over several lines."""
        if self._quote:
            return True
        above = max(self.fields[-1:] + self.items[-1:], default=-1)
        return not self.empty and not self.depth and _indent(line) > above >= 0

    def add(self, line: str) -> None:
        """Note a line. A line that goes on with quotes or brackets may close them."""
        if self._quote:
            self._quote = "" if line.count(self._quote) % 2 else self._quote
            return
        if self.depth:
            self.depth = max(0, self.depth + _opened(line))
            return
        found = _LEAD.match(line)
        assert found is not None
        marks, field = [*_marks(found)], _FIELD.match(found["rest"])
        left = marks[0] if marks else found.start("rest")
        self.fields = [column for column in self.fields if column < left] + ([found.start("rest")] if field else [])
        self.items = [column for column in self.items if column < left] + marks
        value = ((field["value"] or "") if field else found["rest"]).strip()
        self.empty = bool(field) and (not value or value.startswith("#"))
        if value[:1] in ("'", '"') and not _QUOTED.match(value):
            self._quote = value[0]
        elif value[:1] in ("[", "{"):
            self.depth = max(0, _opened(value))

    def column_like(self, wanted: int, *, item: bool) -> int:
        """Return the column nearest to the wanted one where a field or a list's item (``item``) can stand."""
        last = max(self.fields, default=-1)
        if self.empty and (wanted > last or (item and wanted == last)):
            return wanted
        return min(self.items if item else self.fields, key=lambda other: (abs(other - wanted), -other), default=0)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _marks(found: re.Match[str]) -> Iterator[int]:
    return (found.start("marks") + at for at, sign in enumerate(found["marks"]) if sign == "-")


def _opened(text: str) -> int:
    """Return how many brackets a text opens more than it closes; those in quotes do not count."""
    bare = _QUOTED.sub("", text)
    return sum(bare.count(sign) for sign in "[{") - sum(bare.count(sign) for sign in "]}")
