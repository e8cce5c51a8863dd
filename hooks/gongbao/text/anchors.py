"""The anchors of headings, which links to a part of a page name."""

from __future__ import annotations

import re
from functools import lru_cache

OF_NOTE = "fn:"  # begins the anchors of footnotes
OF_TEXT = "text-"  # begins the anchors of texts that could else be an id of the page or of its theme


@lru_cache(1 << 12)  # most headings are those of every page
def heading_id(title: str, separator: str = "-") -> str:
    """Return a heading's anchor: its words (Chinese ones unchanged), in lower case, joined by ``separator``."""
    return re.sub(r"[\W_]+", separator, title).strip(separator).casefold() or "section"


def anchor_in_text(name: str) -> str:
    """Return the anchor within a record's text that has a writer's name, or that of a heading.

    It is no id of the page or of its theme, which scripts look for. Those consist of ASCII signs, or begin with
    ``gb-``. No id of theirs begins with `OF_TEXT` or `OF_NOTE`.
    """
    own = name.startswith((OF_TEXT, OF_NOTE)) or not (name.isascii() or name.startswith("gb-"))
    return name if own else f"{OF_TEXT}{name}"


def heading_anchor(title: str, separator: str = "-") -> str:
    """Return the anchor of a heading in a record's text."""
    return anchor_in_text(heading_id(title, separator))
