"""The tree of a YAML text: mappings, lists and texts, each with its place in the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..problems.problem import Fix, Mark
from .scalars import scalar


class Text(str):
    """A scalar as written, with its place: ``[mark, end)``. ``plain`` is true if it stood without quotes.

    A text in a block (``|``, ``>``) has no ``end``. ``rows`` are the lines of a text without quotes on several lines.
    """

    mark: Mark
    end: Mark | None
    plain: bool
    rows: Sequence[str] = ()

    @classmethod
    def at(cls, text: str, mark: Mark, end: Mark | None = None, *, plain: bool = True) -> Text:
        """Return a text with its place."""
        made = cls(text)
        made.mark, made.end, made.plain = mark, end, plain
        return made

    def fix(self, text: str, *, safe: bool = False) -> Fix | None:
        """Return the fix that writes another text in this one's place, or None if it stands in a block."""
        return Fix(self.mark, self.end, scalar(text, plain=self.plain), safe) if self.end else None


class Items(list["Node"]):
    """A list with its place. ``flow`` is true if it stands in brackets."""

    mark: Mark
    flow: bool

    @classmethod
    def at(cls, nodes: list[Node], mark: Mark, *, flow: bool = False) -> Items:
        """Return a list of nodes with its place."""
        made = cls(nodes)
        made.mark, made.flow = mark, flow
        return made


class Table(dict[str, "Node"]):
    """A mapping with its place, the places of its keys (``keys_at``), and those of keys without a value (``empty``)."""

    mark: Mark
    flow: bool  # written in braces
    keys_at: dict[str, Mark]
    empty: dict[str, Mark]
    repeated: list[tuple[str, Mark, Node]]  # keys that stand here already, with their values
    _places: dict[str, tuple[int, str]] | None  # each key's place and spelling, by the key as written and in small

    @classmethod
    def at(cls, mark: Mark, *, flow: bool = False) -> Table:
        """Return an empty mapping with its place."""
        made = cls()
        made.mark, made.flow, made.keys_at, made.empty, made._places = mark, flow, {}, {}, None
        made.repeated = []
        return made

    def named(self, names: Iterable[str]) -> Node | None:
        """Return the first node of the mapping whose key is one of these names, in any case. None if there is none.

        Call it once the mapping is whole.
        """
        if self._places is None:
            self._places = {}
            for place, key in enumerate(self):
                for spelling in (key, key.lower()):
                    self._places.setdefault(spelling, (place, key))
        found = [self._places[name] for name in names if name in self._places]
        return self[min(found)[1]] if found else None


Node = Text | Items | Table
