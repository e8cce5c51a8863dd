"""A rendered page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from ..text.roles import MARK

_HEADING = re.compile(r'<h([1-4])[^>]*? id="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_ASIDE = re.compile(rf"<small.*?</small>|<span [^>]*{MARK}.*?</span>|<[^>]+>", re.DOTALL)


class Heading(NamedTuple):
    """A heading of a page: its level (1 to 4), anchor and words."""

    level: int
    anchor: str
    title: str


class Rendered(NamedTuple):
    """A page's HTML without its frame, and the tags for its head."""

    html: str = ""
    head: str = ""

    @property
    def is_headed(self) -> bool:
        """Whether there are headings."""
        return bool(_HEADING.search(self.html))

    @property
    def headings(self) -> Iterator[Heading]:
        """The headings in the HTML that have an anchor."""
        for level, anchor, inner in _HEADING.findall(self.html):
            yield Heading(int(level), anchor, Markup(_ASIDE.sub("", inner)).unescape().strip())
