"""``leftover.cut``: a text that stops or begins in mid-sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator

from ...records.numerals import NUMERAL
from ...text.paragraph_starts import is_amount
from ..blocks import TextLine, lines, paragraphs
from ..broken_lines import broken_lines
from ..bullets import lines_with_bullets
from ..drawn_tables import lines_of_drawn_tables
from ..masking import masked
from ..passages import Hit, Passage, in_passages
from ..web_lines import web_lines
from .leftover_word import hits as leavings_of_word

_NOT_TEXT = ("    ", "!!!", "???", "<", "[^")  # code, notes of the theme, HTML, footnotes
SHORT = 12  # characters: a shorter paragraph may be a heading or a name
LIKE_HEADING = 45  # characters: a shorter line without a sentence may be a heading
_SENTENCE = re.compile(r"[。!?;…]")
_HANGING = re.compile(
    r"(?:以及|(?<![参给赋])与|(?<![总饱温缓平中共附应祥])和|(?<![普顾涉提危波触以])及|(?<!目)的"
    r"|(?<![行作成认较更最大人所])为|(?<![存所实现内外潜正自])在|(?<![应面针绝相核校结配成派])对|(?<![一火])把|(?<![干大名即])将|(?<!合)并|或|(?<!反)而|(?<!求)是)$"
)
_END = re.compile(r"[。!?;:…”’)》】」』\]>~〉]$|\.\.\.$|(?<=[A-Za-z])\.$|——$")
_DATE = re.compile(r"(?:\d{4}|[〇○零一二三四五六七八九]{4})\s?年.{0,14}[日月]$")
_SIGNATURE = re.compile(
    r"[^,。;:!?]{2,40}(?:工会|委员会|办公室|联合会|集团|公司|局|部|站|中心|小组|厂|院|校)(?:\s.*)?$"
)
_HEADING = re.compile(rf"(?:第?{NUMERAL}{{1,3}}[、,章节部]|\({NUMERAL}{{1,3}}\)|\d{{1,2}}[、.)]|\(\d{{1,2}}\)|[①-⑳])")
_LABEL = re.compile(r"[^,。;:]{1,10}:[^,。;!?]*$|[附图表注]\s?\d|附[件表录:]|注:|[\[!:<{^]")
# 表1 走访情况, 图二：会场, 附表 1-2. A sentence such as 表1是… or 图1和… is none.
_CAPTION = re.compile(
    rf"(?:续|附)?[表图] ?\(?(?:\d{{1,3}}(?:[-.]\d{{1,3}})?|{NUMERAL}{{1,3}})\)?"
    r"(?=$|[ \t:.、]|[\u4e00-\u9fff](?![^。]{0,80}[。;]))(?![是为和与及中里])"
)
_SEPARATOR = re.compile(r"(?:([^\w\s])\1*\s*){2,}|([一二〇○oO0xX])\2{3,}")
_LINK = re.compile(r"[)>}`]$|https?://\S+$")
_GOES_ON = re.compile(r"[\u4e00-\u9fff](?<![一二三四五六七八九十甲乙丙丁])[,、。;]")
_LONG = re.compile(r"\d[\d-]{5,}")  # may be a private number
_COUNTED = re.compile(r"[人名户家个次件条项元万亿%]")


def find(passage: Passage) -> Iterator[Hit]:
    """Find the paragraphs of a body that end or begin in the middle of a sentence."""
    if not passage.is_body:
        return
    elsewhere = _told_elsewhere(passage)
    broken = broken_lines(passage)
    if broken:
        ends = " ".join(f"{passage.text[max(0, place - 3) : place].strip()}⏎" for place in broken.breaks)
        places = ", ".join(str(passage.mark(place).line) for place in broken.breaks)
        values = (("join-lines", places), ("right", broken.mended))
        yield Hit(broken.start, broken.end, ends, values, broken.mended, safe=True)
    blocks = [
        block
        for block in paragraphs(passage)
        if not any(line.kind == "code" or line.start in elsewhere for line in block)
    ]
    for at, block in enumerate(blocks):
        if broken and block[-1].start in broken.lines:
            continue
        if block[0].kind != "plain" or passage.text.startswith(_NOT_TEXT, block[0].start):
            continue
        if any(_CAPTION.match(line.words) or _SEPARATOR.fullmatch(line.words) for line in (block[0], block[-1])):
            continue
        text = " ".join(line.text.strip() for line in block).strip().strip("*_").strip()
        if text[:1] in tuple(",。、;") or (text[:1] == "." and text[1:2] not in tuple(".0123456789")):
            start = block[0].start + block[0].at
            yield Hit(start, start + 1, text[:8])
        if _is_cut(text, passage, block, blocks[at + 1] if at + 1 < len(blocks) else ()):
            end = block[-1].start + len(block[-1].text.rstrip())
            yield Hit(end - 1, end, _LONG.sub(lambda found: masked(found[0]), text)[-12:])


def _told_elsewhere(passage: Passage) -> Collection[int]:
    """Return the places where lines start that are no text, as other rules tell."""
    starts = [line.start for line in lines(passage)]
    told = {*lines_of_drawn_tables(passage), *lines_with_bullets(passage)}
    places = [(hit.start, hit.end) for hit in leavings_of_word(passage)]
    places += [(line.start, line.end) for line in web_lines(passage)]
    for start, end in places:
        told.update(starts[bisect_right(starts, start) - 1 : bisect_right(starts, end)])
    return told


def _is_cut(text: str, passage: Passage, block: tuple[TextLine, ...], following: tuple[TextLine, ...]) -> bool:
    raw = passage.text[block[-1].start : block[-1].start + len(block[-1].text)]
    if not text or _LINK.search(raw.rstrip()[-300:]) or _END.search(text[-4:]):
        return False
    if text[-1] in ",、":
        return True
    if (len(text) > 5 and _HANGING.search(text[-9:])) or _goes_on(text, following):
        return True
    if len(text) < SHORT:
        return False
    if not ("\u4e00" <= text[-1] <= "\u9fff" or text[-1].isdigit() or text[-1] == "%"):
        return False
    tail = block[-1].words
    if is_amount(tail) and len(block) == 1:
        return False
    if _DATE.search(tail) or _SIGNATURE.match(tail) or _LABEL.match(text) or _is_heading(text):
        return False
    return not following or bool(_SENTENCE.search(text)) or len(text) > LIKE_HEADING


def _goes_on(text: str, following: tuple[TextLine, ...]) -> bool:
    """Whether the next paragraph must be the rest of this one: 纷，… after 劳资纠, 人申请… after 45."""
    if not following or following[0].kind != "plain":
        return False
    rest = following[0].text.strip()
    return bool(_GOES_ON.match(rest)) or (text[-1].isdigit() and len(text) > 5 and bool(_COUNTED.match(rest)))


def _is_heading(text: str) -> bool:
    return bool(_HEADING.match(text)) and len(text) <= LIKE_HEADING and not _SENTENCE.search(text)


check = in_passages("leftover.cut", find)
