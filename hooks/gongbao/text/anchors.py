"""Anchors of headings: the names by which links lead to them."""

from __future__ import annotations

import re


def heading_id(title: str, separator: str = "-") -> str:
    """Make a heading's anchor: its own words, Chinese ones as they are, joined by hyphens."""
    return re.sub(r"[\W_]+", separator, title).strip(separator).casefold() or "section"
