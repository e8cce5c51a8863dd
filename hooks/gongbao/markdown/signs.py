"""Words as Markdown has them: whatever would be read as a sign is escaped, for readers of every school."""

from __future__ import annotations

import re
from urllib.parse import quote

# What stands for a place where something stands apart, and for a new line, until the line is finished; no text has it.
GAP, BREAK = "\x1f", "\x1e"
_SIGNS = {
    **{sign: f"\\{sign}" for sign in "\\`*_[]"},
    **{"&": "&amp;", "<": "&lt;", ">": "&gt;", "{": "&#123;", "}": "&#125;", "~": "&#126;", "|": "&#124;"},
}
_ESCAPED = str.maketrans(_SIGNS)
_AT_START = (  # what Markdown would take for the beginning of something else
    (re.compile(r"^([-+#]|!!!)"), r"\\\1"),
    (re.compile(r"^(\d+)([.)])(?= |$)"), r"\1\\\2"),
    (re.compile(r"^="), "&#61;"),
)


def parted_by(text: str, gap: str) -> str:
    """Make white space single, and put ``gap`` where something stands apart from words before it."""
    text = re.sub(f"[ \t\r\n\f]*{GAP}[ \t\r\n\f{GAP}]*", GAP, text)
    text = re.sub("[ \t\r\n\f]+", " ", text)
    return text.strip(f" {GAP}").replace(GAP, gap)


def from_the_start(line: str) -> str:
    """Escape what only means something at a line's beginning."""
    for pattern, replacement in _AT_START:
        line = pattern.sub(replacement, line)
    return line


def escape(text: str) -> str:
    """Escape what means something anywhere, by a backslash where every reader knows it, else by its code."""
    text = text.translate(_ESCAPED)
    return f"{text[:-1]}\\!" if text.endswith("!") else text  # before a link, it would make a picture of it


def escape_attribute(text: str) -> str:
    """Write a text as the value of an attribute."""
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def code(text: str, before: str) -> str:
    """Return a piece of code, by a tag where backticks would not be read as such; ``before`` stands before it."""
    words = " ".join(text.split())
    plain = words and not set(words) & set("`|{}\\") and not before.endswith("`")
    return f"`{words}`" if plain else f"<code>{escape(words)}</code>"


def link_destination(address: str) -> str:
    """Write an address so that it ends where it ends: signs that mean something in a link by their codes."""
    return quote(address, safe="/:?#@!$&'+,;=%~-._")


def emphasised(inner: str, tag: str, before: str) -> str:
    """Emphasise words, line by line, by asterisks, or by a tag where those would not be read as such beside others."""
    sign = "**" if tag == "strong" else "*"
    lines = inner.split(BREAK)
    for at, line in enumerate(lines):
        if words := line.strip(f" \n{GAP}"):
            plain = words[0].isalnum() and words[-1].isalnum() and "*" not in before[-1:] + words
            lines[at] = line.replace(words, f"{sign}{words}{sign}" if plain else f"<{tag}>{words}</{tag}>", 1)
    return BREAK.join(lines)
