"""``leftover.replacement``: a sign in place of a character that a conversion lost or spoiled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..passages import Hit, Passage, in_passages

_NAMED = "nbsp|ensp|emsp|ldquo|rdquo|lsquo|rsquo|hellip|middot|mdash|ndash|times|quot"
# UTF-8 that was read as Latin 1 or as Windows-1252: typical first characters, and those after them.
_LATIN = (
    r"â€[\u0080-\u009fœ™˜“”¦¢š\u009d]?|ï»¿|(?:[ÃÂ][\u0080-\u00bf])+|(?:[åäæçèéï][\u0080-\u00bf–-›ˆ‰Šš‹ŒœŽžŸ]{1,2}){2,}"
)
# UTF-8 that was read as GBK: common characters and signs, and common words of trade unions.
_GBK = "锛[屽屾岋]|銆[傚俓侊]|鐨[勫勪勭]|鈥[濓滄欙滐]|涓€|宸ヤ細|鑱屽伐|浼氬憳|锘縷|鏄[惧庢]浜|鍜屽"
_SIGN = re.compile(
    r"[\ufffd\ue000-\uf8ff]+|□+|(?<=[\u4e00-\u9fff])■+(?=[\u4e00-\u9fff，。、；])|锟斤拷|烫{2,}|屯{3,}"
    # 口 repeated, unless a character before or after makes a word of it: 窗口口径, 口口相传.
    r"|口{3,}|(?<![人出进入窗门路港井伤胃缺关户海河渡岔切接端袖领张开闭封洞山虎借改])口口"
    r"(?![径岸罩味号碑头述音语才试粮红腔琴袋服岁吻算令技感子齿哨相声交授])"
    rf"|&(?:amp;)+(?:#x?[0-9a-fA-F]{{2,5}}|[a-z]{{2,6}});|&(?:#160|#xa0|{_NAMED});"
    r"|(?<!`)(?:</?o:p ?/?>|</?st1:[^<>\n]{0,100}>|<\?xml:[^<>\n]{0,200}>)"
    rf"|{_LATIN}|{_GBK}"
)
_BULLET = re.compile(r"^[ \t\u3000]*([\uf06c-\uf0ff])(?=[ \t\u3000]*\S)", re.MULTILINE)  # `form.markup` tells of it
# The first signs of all matches, except for 口.
_FIRST = re.compile(r"[\ufffd\ue000-\uf8ff□■锟烫屯&<ÂÃâäåæçèéï锛銆鐨鈥涓宸鑱浼锘鏄鍜]")


def find(passage: Passage) -> Iterator[Hit]:
    """Find boxes, replacement characters, visible entities, and text that was read in a wrong encoding."""
    if not _FIRST.search(passage.text) and "口口" not in passage.text:
        return
    prose = passage.prose
    bullets = {found.start(1) for found in _BULLET.finditer(passage.text)} if passage.is_body else set()
    for found in _SIGN.finditer(passage.text):
        if found.start() in bullets:
            continue
        tag = found[0].startswith("<")
        if tag or not prose[found.start()].isspace():
            yield Hit(found.start(), found.end())


check = in_passages("leftover.replacement", find)
