"""What was written, shown in a message: without line ends, not too long, and with the signs that nobody sees.

Those are controls, which a terminal obeys, marks that turn words around, and signs without width.
"""

from __future__ import annotations

import json
import re

# Of the signs without width, the two joiners are left out: emoji and some scripts need them.
ZERO_WIDTH = "\u00ad\u034f\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\u115f\u1160\u3164\uffa0"
TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # the marks of the bidirectional algorithm (UAX 9)
_NOT_SEEN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff{ZERO_WIDTH}{TURNING}]")


def code_point(sign: str) -> str:
    """Return a sign's number as Unicode writes it: ``U+200B``."""
    return f"U+{ord(sign):04X}"


def visible(text: str) -> str:
    """Return a text with the number of each sign that nobody sees in place of the sign. Line ends and tabs stay."""
    return _NOT_SEEN.sub(lambda found: f"‹{code_point(found[0])}›", text)


def visible_json(value: object) -> str:
    """Return a value as JSON with the escape of each sign that nobody sees, for programs and terminals alike."""
    written = json.dumps(value, ensure_ascii=False, indent=2)
    return _NOT_SEEN.sub(lambda found: json.dumps(found[0])[1:-1], written)


def clipped(text: str, limit: int = 60) -> str:
    """Return a text in one line, of ``limit`` characters at most and a sign that it goes on."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[:limit] + "…"
