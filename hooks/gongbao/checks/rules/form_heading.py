"""``form.heading``: a heading that skips a level, or that has the level of the page's title."""

from __future__ import annotations

from collections.abc import Iterator

from ..body import headings
from ..passages import Hit, Passage, in_passages
from ..title_in_text import repeated_title

HIGHEST, FIRST_AT_MOST = 2, 3


def find(passage: Passage) -> Iterator[Hit]:
    """Find the headings of a body with a wrong level after the heading before."""
    if not passage.is_body:
        return
    deepest = FIRST_AT_MOST
    title = repeated_title(passage)  # another problem tells it
    for heading in headings(passage):
        if title and heading.start < title.end():
            continue
        if not HIGHEST <= heading.level <= deepest:
            least = "#" * max(HIGHEST, min(heading.level, deepest))
            sign = passage.text.find("#", heading.start)
            is_marked = passage.text.startswith("#" * heading.level, sign) and sign < heading.end
            mended = f"{least}{passage.text[sign + heading.level : heading.end]}" if is_marked else None
            yield Hit(sign if is_marked else heading.start, heading.end, values=(("wanted", least),), mended=mended)
        deepest = max(HIGHEST, heading.level) + 1


check = in_passages("form.heading", find)
