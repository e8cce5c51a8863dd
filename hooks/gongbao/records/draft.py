"""The lines of a YAML text, which are mended while they are read, so that one fault hides no other.

Every place is told as it is in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ..problems.problem import Fix, Mark, Problem
from .joining import joined_lines

_BLOCK_SCALAR = re.compile(r"^(?P<indent>\s*)(?:- +)*[^#\s].*?:\s+[|>][+-]?\d?\s*(?:#.*)?$")
_TOP = re.compile(r"(?![\s#]|-(?:\s|$)).")  # the beginning of a line that holds a field of the whole file
_ITEM = re.compile(r"-\s")


class Draft:
    """The lines of a text that begins on line ``first_line`` of the file ``path``, and what is wrong with them.

    ``dropped`` are the beginnings of those entries that could not be read at all.
    """

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.lines = text.split("\n")
        self.path, self.first_line = path, first_line
        self.problems: list[Problem] = []
        self.dropped: list[str] = []
        self._rows = [*range(len(self.lines))]  # the old index of each line
        self._columns: dict[int, list[int]] = {}  # of each line that was changed: the old column of each sign

    @property
    def text(self) -> str:
        """The text as it is now."""
        return "\n".join(self.lines)

    def place(self, at: int, column: int) -> Mark:
        """Return the place in the file of a column in a line, both counted from 0 in the text as it is now."""
        columns = self._columns.get(at)
        row = self._rows[at] if at < len(self._rows) else at - len(self.lines) + self._rows[-1] + 1
        return Mark(row + self.first_line, (columns[min(column, len(columns) - 1)] if columns else column) + 1)

    def report(self, at: int, column: int, rule: str, written: str, **values: str) -> None:
        """Add a problem at a column of a line."""
        self.problems.append(Problem(self.path, self.place(at, column), rule, "", written, values))

    def fix(self, at: int, start: int, end: int, text: str, *, safe: bool) -> Fix:
        """Return the fix that writes ``text`` in place of ``[start, end)`` of a line."""
        return Fix(self.place(at, start), self.place(at, end), text, safe)

    def mend(
        self,
        at: int,
        start: int,
        end: int,
        text: str,
        rule: str,
        *,
        safe: bool = True,
        field: str = "",
        written: str = "",
        values: Mapping[str, str] | None = None,
    ) -> None:
        """Add a problem with its fix, and go on with the mended line. The value ``suggested`` is the whole of it."""
        line = self.lines[at]
        fix = self.fix(at, start, end, text, safe=safe)
        mark = self.place(at, start)
        self.read_as(at, start, end, text)
        told = {"suggested": self.lines[at].strip(), **(values or {})}
        self.problems.append(Problem(self.path, mark, rule, field, written or line.strip(), told, fix))

    def join(self, first: int, last: int, rule: str) -> None:
        """Add a problem for lines that go on with the value of the line ``first``. YAML reads them so once indented."""
        start = len(self.lines[first].rstrip())
        whole = joined_lines("\n".join(self.lines[first : last + 1]))
        fix = Fix(self.place(first, start), self.place(last, len(self.lines[last])), whole[start:], safe=True)
        mark, written = self.place(first + 1, 0), self.lines[first + 1].strip()
        self.problems.append(Problem(self.path, mark, rule, "", written, {"suggested": whole}, fix))
        for at in range(first + 1, last + 1):
            self.read_as(at, 0, 0, "  ")

    def split(self, at: int, gaps: Sequence[tuple[int, int]]) -> None:
        """Read a line as several, which stand before, between and behind the gaps ``[start, end)``."""
        line = self.lines[at]
        columns = self._columns.pop(at, None) or [*range(len(line) + 1)]
        spans = [*zip([0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(line)], strict=True)]
        self._columns = {row + len(gaps) * (row > at): kept for row, kept in self._columns.items()}
        for more, (start, end) in enumerate(spans):
            self._columns[at + more] = columns[start : end + 1]
        self.lines[at : at + 1] = [line[start:end] for start, end in spans]
        self._rows[at : at + 1] = [self._rows[at]] * len(spans)

    def read_as(self, at: int, start: int, end: int, text: str) -> None:
        """Read ``text`` in place of ``[start, end)`` of a line, for the sake of a problem that is found later."""
        line = self.lines[at]
        columns = self._columns.get(at) or [*range(len(line) + 1)]
        self._columns[at] = [*columns[:start], *[columns[start]] * len(text), *columns[end:]]
        self.lines[at] = f"{line[:start]}{text}{line[end:]}"

    def drop(self, at: int) -> None:
        """Leave out the entry to which a line belongs: a field of the whole file, or an item of a whole list."""
        first, last = at, at + 1
        begins = _ITEM if any(_ITEM.match(line) for line in self.lines[:1]) or self._is_list() else _TOP
        while first > 0 and not begins.match(self.lines[first]):
            first -= 1
        while last < len(self.lines) and not begins.match(self.lines[last]):
            last += 1
        self.dropped.append(self.lines[first])
        self.lines[first:last] = [""] * (last - first)

    def _is_list(self) -> bool:
        """Whether the text is a list and has no fields of its own."""
        return not any(_TOP.match(line) for line in self.lines)

    def structure(self) -> Iterator[int]:
        """Yield the index of each line that is neither a comment nor the text of a block (``|``, ``>``)."""
        block: int | None = None
        for at, line in enumerate(self.lines):
            indent = len(line) - len(line.lstrip(" "))
            if block is not None and (indent > block or not line.strip()):
                continue
            block = len(found["indent"]) if (found := _BLOCK_SCALAR.match(line)) else None
            if line.strip() and not line.lstrip().startswith("#"):
                yield at
