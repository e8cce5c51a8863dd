"""Bullets that are no Markdown: typed by hand (●, －, ※), or left of a font of Word's that is missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ..records.numerals import NUMERAL, numeral_value
from .body import without_code
from .passages import Passage

HAN = "\u4e00-\u9fff"
GAP = "[ \t\u3000]"
_PICTURES = "⭐▶✅🔹🔸🔷🔶📌👉✔☑🔴🔵🟢🌟✨💡📍🎯🔥"  # which a line has for its looks: they tell no level
BULLETS, DASHES = f"•●⚫▪■◼◆◇○◎★☆※▲△➢➤►→❖✦{_PICTURES}·", "—–−―"
_BLANKS = " \t\u3000"
# A bullet with a blank or a word right behind it. One before a sign of its kind (★★★, ○○镇) is none.
_TYPED = rf"[{BULLETS}]\ufe0f?(?={GAP}|[{HAN}“《（\d])"
# At the start of a line. Private characters are the bullets of Word's fonts.
_ITEM = re.compile(
    rf"(?:[－＋](?![－＋\d０-９])|＊(?={GAP})|{_TYPED}|[{DASHES}](?={GAP}+[{HAN}])|[\uf06c-\uf0ff]|[-+](?=[{HAN}])){GAP}*(?=\S)"
)
_KEYCAP = re.compile(rf"([1-9])\ufe0f?\u20e3{GAP}*(?=\S)")  # 1️⃣ of WeChat
_TIGHT_DASH = re.compile(rf"[{DASHES}](?=[{HAN}“《])")  # only below or above another such line
# What is left of a bullet where Word's font for it is missing; a letter only with a tab, or in a list of two lines.
_FONT_SIGN = re.compile(rf"([§ØÜüûq²\uf06c-\uf0ff]|[lnouvp]){GAP}+(?=[{HAN}“《（\d])")
_LISTED = re.compile(
    rf"{GAP}*([-*+§ØÜüûq²lnouvp\uf06c-\uf0ff{BULLETS}])\ufe0f?({GAP}+)\S|{GAP}*(?:([\uf06c-\uf0ff])(?=\S)|([{DASHES}])(?=[{HAN}“《])|(?=({_TYPED})))"
)
_ANY = re.compile(rf"^{GAP}*(?:{_ITEM.pattern}|{_FONT_SIGN.pattern}|[{DASHES}]|[1-9]\ufe0f?\u20e3)", re.MULTILINE)
# 主要做了三件事：
_PROMISED = re.compile(
    rf"(?P<number>\d{{1,2}}|{NUMERAL}{{1,3}})(?:个|大)?(?:方面|件|项|点|条|类|种|步|举措|措施|特点|重点|问题|工作)"
    "[^。；：:]{0,8}[：:]$"
)


def lines_with_bullets(passage: Passage) -> Iterator[int]:
    """Yield the places where the lines of a body start that begin with such a bullet."""
    lines = without_code(passage.text).split("\n") if passage.is_body and _ANY.search(passage.text) else []
    levels, start = levels_of_lists(lines), 0
    for at, line in enumerate(lines):
        bare = line.lstrip(_BLANKS)
        listed = at in levels and (_FONT_SIGN.match(bare) or _ITEM.match(bare) or _TIGHT_DASH.match(bare))
        if listed or _KEYCAP.match(bare):
            yield start
        start += len(line) + 1


def mended_bullet(line: str, indent: int, level: int | None) -> tuple[int, int, str] | None:
    """Return where such a bullet starts and ends in a line, and the hyphen to write. None if the line has none.

    ``indent`` counts the blanks before it. ``level`` is that of the line in its list, None for a line outside of lists.
    """
    if number := _KEYCAP.match(line, indent):
        return indent, number.end(), f"{number[1]}. "
    found = _ITEM.match(line, indent)
    if found and line.rstrip()[-1] in f"{BULLETS}{DASHES}－-":
        found = None
    if not found and level is not None:
        found = _FONT_SIGN.match(line, indent) or _TIGHT_DASH.match(line, indent)
    if not found:
        return None
    return (0 if level or indent == 1 else indent), found.end(), "  " * (level or 0) + "- "


def levels_of_lists(lines: Sequence[str]) -> dict[int, int]:
    """Return the level of each line of a list, from 0, by its sign: one that first stands below another is nested.

    A letter alone is the sign of a list only where a tab follows, or another line has it too. Where the line above
    says how many there are (三件事), and all lines begin alike, they are on one level.
    """
    levels: dict[int, int] = {}
    seen: list[str] = []
    run: list[tuple[int, str, bool]] = []
    above = ""
    for at, line in enumerate([*lines, "."]):
        found = _LISTED.match(line)
        if found:
            sign = found[1] or found[3] or found[4] or found[5]
            sign = _PICTURES[0] if sign[0] in _PICTURES else sign
            sure = (not sign.isascii() or sign in "-*+" or "\t" in (found[2] or "")) and not found[4]
            run.append((at, sign, sure))
        elif line.strip(_BLANKS):
            counted = Counter(sign for _, sign, _ in run)
            indents = {len(lines[place]) - len(lines[place].lstrip(_BLANKS)) for place, *_ in run}
            flat = len(indents) == 1 and _number_told(above) == len(run)
            of_table = bool(run) and ("\t" in line or (run[0][0] > 0 and "\t" in lines[run[0][0] - 1]))
            for place, sign, sure in run:
                if (sure and not (of_table and sign.isalpha())) or counted[sign] > 1:
                    seen += [sign] if sign not in seen else []
                    levels[place] = 0 if flat else seen.index(sign)
            seen, run, above = [], [], line
    return levels


def _number_told(line: str) -> int:
    """Return how many things a line promises that leads in a list (做了三件事：), or 0."""
    found = _PROMISED.search(line.rstrip())
    return numeral_value(found["number"]) if found else 0
