"""Words in Markdown: every character that some reader of Markdown would take for a sign is escaped."""

from __future__ import annotations

import re
from urllib.parse import quote

# Stand-ins for a gap and for a new line until the line is finished. No text has these characters.
GAP, BREAK = "\x1f", "\x1e"
_SIGNS = {
    **{sign: f"\\{sign}" for sign in "\\`*_[]"},
    **{"&": "&amp;", "<": "&lt;", ">": "&gt;", "{": "&#123;", "}": "&#125;", "~": "&#126;", "|": "&#124;"},
}
_ESCAPED = str.maketrans(_SIGNS)
_AT_START = (  # Markdown would take these for the beginning of another block
    (re.compile(r"^([-+#]|!!!)"), r"\\\1"),
    (re.compile(r"^(\d+)([.)])(?= |$)"), r"\1\\\2"),
    (re.compile(r"^="), "&#61;"),
)


def parted_by(text: str, gap: str) -> str:
    """Make white space single, and put ``gap`` into each gap between words."""
    text = re.sub(f"[ \t\r\n\f]*{GAP}[ \t\r\n\f{GAP}]*", GAP, text)
    text = re.sub("[ \t\r\n\f]+", " ", text)
    return text.strip(f" {GAP}").replace(GAP, gap)


def from_the_start(line: str) -> str:
    """Escape the signs that mean something only at a line's beginning."""
    for pattern, replacement in _AT_START:
        line = pattern.sub(replacement, line)
    return line


def escape(text: str) -> str:
    """Escape the signs that mean something anywhere: by a backslash if every reader knows it, else by their code."""
    text = text.translate(_ESCAPED)
    return f"{text[:-1]}\\!" if text.endswith("!") else text  # before a link, it would make the link a picture


def escape_attribute(text: str) -> str:
    """Write a text as the value of an attribute."""
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def code(text: str, before: str) -> str:
    """Return a piece of code in backticks, or in a tag if not every reader would know the backticks.

    ``before`` is the Markdown before it.
    """
    words = " ".join(text.split())
    plain = words and not set(words) & set("`|{}\\") and not before.endswith("`")
    return f"`{words}`" if plain else f"<code>{escape(words)}</code>"


def link_destination(address: str) -> str:
    """Return an address for a link: signs that would end it are replaced by their codes (RFC 3986)."""
    return quote(address, safe="/:?#@!$&'+,;=%~-._")


def emphasised(inner: str, tag: str, before: str) -> str:
    """Emphasise words, line by line: by asterisks, or by a tag if not every reader would know the asterisks.

    ``tag`` is ``strong`` or ``em``; ``before`` is the Markdown before the words.
    """
    sign = "**" if tag == "strong" else "*"
    lines = inner.split(BREAK)
    for at, line in enumerate(lines):
        if words := line.strip(f" \n{GAP}"):
            plain = words[0].isalnum() and words[-1].isalnum() and "*" not in before[-1:] + words
            lines[at] = line.replace(words, f"{sign}{words}{sign}" if plain else f"<{tag}>{words}</{tag}>", 1)
    return BREAK.join(lines)
