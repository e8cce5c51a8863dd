"""``form.heading``: levels of headings that skip, or a heading of the page's own level."""

from __future__ import annotations

from collections.abc import Iterator

from ..body import headings
from ..passages import Hit, Passage, in_passages

HIGHEST, FIRST_AT_MOST = 2, 3


def find(passage: Passage) -> Iterator[Hit]:
    """Find the headings of a body that are of the wrong level after the one before."""
    if not passage.is_body:
        return
    deepest = FIRST_AT_MOST
    for heading in headings(passage):
        if not HIGHEST <= heading.level <= deepest:
            least = "#" * max(HIGHEST, min(heading.level, deepest))
            yield Hit(heading.start, heading.end, values=(("wanted", least),))
        deepest = max(HIGHEST, heading.level) + 1


check = in_passages("form.heading", find)
