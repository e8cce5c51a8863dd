"""A record's text as readers see it, without Markdown's signs.

Most texts have only headings, simple lists and tables. Patterns remove their signs, because to render thousands of
texts once more would take seconds. Every other text is rendered, and then its tags are removed. A test compares both
ways with the rendered text.
"""

from __future__ import annotations

import re
from html import unescape

from ..records.joining import WIDE
from .dialect import as_meant
from .prose import render
from .simple_markdown import has_other_forms

_RULES = re.compile(r"^\|?[ ]*:?-{2,}:?[ ]*(\|[ ]*:?-+:?[ ]*)*\|?$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} +(.*?) *#*$", re.MULTILINE)
_ITEM = re.compile(r"^- +", re.MULTILINE)
_OPEN_END = re.compile(r"(?<=\w)\n(?=\n|- )")  # the end of a block without a full stop
_ROW_ENDS = re.compile(r"^\| *| *\|$", re.MULTILINE)
_BARS = re.compile(r" *\| *")

_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)(?:[^<>"]|"[^"]*")*>')
_IN_LINES = re.compile(  # tags within a line: the text beside such a tag and the text in it may be one word
    "a|abbr|acronym|b|bdi|bdo|cite|code|data|del|dfn|em|i|img|ins|kbd|mark|q|rp|rt|ruby|s|samp|small|span|strike|strong"
    "|sub|sup|time|tt|u|var|wbr"
)
_ENDS = {"td": "｜", "th": "｜"} | dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "：\n")

_IS_WIDE = re.compile(f"[{WIDE}]")


def plain_text(text: str) -> str:
    """Return a Markdown text as readers see it, in one line."""
    meant = "\n".join(as_meant(text))
    if has_other_forms(meant):
        return _joined(_shown(render(text, lambda link: link)))
    if "-" in meant:
        meant = _RULES.sub("", meant)
    if "#" in meant:
        meant = _HEADING.sub(r"\1：", meant)
    meant = _ITEM.sub("", _OPEN_END.sub("；\n", meant))
    if "|" in meant:
        meant = _BARS.sub("｜", _ROW_ENDS.sub("", meant))
    return _joined(meant)


def _shown(html: str) -> str:
    """Return a rendered text without its tags, each block on a line of its own."""
    lines = [line.strip() for line in unescape(_TAG.sub(_instead, html)).split("\n")]
    return "\n".join(f"{line}；" if re.search(r"\w$", line) else line for line in lines[:-1]) + f"\n{lines[-1]}"


def _instead(tag: re.Match[str]) -> str:
    closing, name = tag[1], tag[2]
    if _IN_LINES.fullmatch(name):
        return ""
    return _ENDS.get(name, "\n") if closing or name not in _ENDS else ""


def _joined(text: str) -> str:
    """Return the lines of a text as one line. There is no space beside a wide (Chinese) sign."""
    joined = ""
    for line in filter(None, map(str.strip, text.split("\n"))):
        apart = joined and not _IS_WIDE.match(joined[-1]) and not _IS_WIDE.match(line)
        joined += f" {line}" if apart else line
    return " ".join(joined.split())
