"""A record's text without Markdown's signs, by patterns: rendering thousands of texts once more would cost seconds.

It has the words that readers see, in their order; a test holds it against the rendered text.
"""

from __future__ import annotations

import re
from html import unescape

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,}).*$", re.MULTILINE)
_UNSEEN = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TARGET = r'\([^()\s]*(?:\([^()]*\)[^()\s]*)?(?:\s+["\'][^"\']*["\'])?\s*\)'
_LABEL = r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]"
_IMAGE, _LINK = re.compile(f"!{_LABEL}{_TARGET}"), re.compile(_LABEL + _TARGET)
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]+|[^<>\s@]+@[^<>\s@]+)>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_RULES = re.compile(
    r"^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$|^[ \t]*([*_-][ \t]*){3,}$", re.MULTILINE
)
_LEADING = re.compile(r"^[ \t\u3000]*(?:>[ \t]*)*(?:#{1,6}(?=[\s])[ \t]*|[*+-][ \t]+|\d+\.[ \t]+)?", re.MULTILINE)
_STRONG = re.compile(r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!\w)_{1,2}(?=\S)|(?<=\S)_{1,2}(?!\w)|`+")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>|~])")
_ROW_ENDS = re.compile(r"^[ \t]*\|[ \t]*|[ \t]*\|[ \t]*$", re.MULTILINE)
_BARS = re.compile(r"[ \t]*\|[ \t]*")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_OPEN_END = re.compile(r"(?<=\w)[ \t]*\n(?=[ \t]*(?:\n|[*+-][ \t]|\d+\.[ \t]))")  # of a block without a full stop
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u2018-\u201d\u2014\u2026\U00020000-\U0003ffff"
_IS_WIDE = re.compile(f"[{_WIDE}]")


# By turns: the signs of which a text must have one, what is looked for, and what comes in its place.
_STEPS = (
    ("`~", _FENCE, ""),
    ("<", _UNSEEN, ""),
    ("-*_", _RULES, ""),
    ("[", _IMAGE, ""),
    ("[", _LINK, r"\1"),
    ("<", _AUTOLINK, r"\1"),
    ("<", _TAG, ""),
    ("#", _HEADING, r"\1："),
    ("\n", _OPEN_END, "；\n"),
    (" \t\u3000>#*+-.", _LEADING, ""),
    ("\\", _ESCAPE, r"\1"),
    ("|", _ROW_ENDS, ""),
    ("|", _BARS, "｜"),
    ("*_`", _STRONG, ""),
)


def bare(text: str) -> str:
    """Return a Markdown text as it reads, in one line."""
    for signs, pattern, instead in _STEPS:
        if any(sign in text for sign in signs):
            text = pattern.sub(instead, text)
    return " ".join(unescape(_joined(text)).split())


def _joined(text: str) -> str:
    """Join lines, without a space where one ends or the next begins with a wide sign."""
    joined = ""
    for line in filter(None, map(str.strip, text.split("\n"))):
        apart = joined and not _IS_WIDE.match(joined[-1]) and not _IS_WIDE.match(line)
        joined += f" {line}" if apart else line
    return joined
