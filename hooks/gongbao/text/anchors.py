"""The anchors of headings, which links to a part of a page name."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(1 << 12)  # most headings are those of every page
def heading_id(title: str, separator: str = "-") -> str:
    """Return a heading's anchor: its words (Chinese ones unchanged), in lower case, joined by ``separator``."""
    return re.sub(r"[\W_]+", separator, title).strip(separator).casefold() or "section"
