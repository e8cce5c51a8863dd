"""``form.markup``: a sign of Markdown that readers would see as it is, as it is typed in a way that means nothing.

Most of these are typed with a Chinese input method (＃＃, －, ＊＊, ［…］（…）) or come from Word or another program.
Forms that are only loose are taken by the dialect itself (`text.dialect`), and this rule leaves them alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ...text.table_lines import DELIMITERS, cells, delimiters
from ..blocks import BOLD
from ..body import references, without_code
from ..bullets import BULLETS, DASHES, GAP, HAN, levels_of_lists, mended_bullet
from ..fetched import is_elsewhere
from ..passages import Hit, Passage, in_passages, narrowed
from ..surnames import SINGLE
from ..targets import PICTURE

_OPEN, _CLOSE, _TICKS = "[\\[［【]", "[\\]］】]", " xXｘＸ√✓✔☑\u3000"
_SIGN = re.compile(  # every hit has one of these
    rf"[＃＊｜｀＼＾👇⬇]|{_OPEN}\^|\|[ \t]*[-:—–−―─－]|～～|==|{_CLOSE}{GAP}?（|[］】]{GAP}?\(|\]{GAP}\(|！{_OPEN}"
    rf"|^{GAP}*(?:[－＋＞》{BULLETS}{DASHES}\uf06c-\uf0ff]|[§ØÜüûq²]{GAP}|[lnouvp]{GAP}+[{HAN}“《（\d]|[-+](?=[{HAN}\[［【])|[1-9]\ufe0f?\u20e3|#(?=[{HAN}])|[:：]{GAP}|[-*+]{GAP}*{_OPEN})",
    re.MULTILINE,
)

# The start of a line, and what it should be.
_WIDE_HEADING = re.compile(rf"([#＃]{{0,5}}＃[#＃]{{0,5}}){GAP}*(?=\S)")
_TIGHT_HEADING = re.compile(rf"#(?=[{HAN}])[^#]{{2,30}}(?<![。；，、：])$")
_SHORT_HEADING = 12
_QUOTE = re.compile(rf"[＞》]+{GAP}*(?=\S)")
_BOX = re.compile(rf"([-*+－]|\d{{1,3}}[.)])({GAP}*){_OPEN}([{_TICKS}]?){_CLOSE}{GAP}*(?=[^\s(（])")
_RIGHT_BOX = re.compile(r"(?:[-*+]|\d{1,3}[.)])[ \t]+\[[ xX]\]")
_FENCE = re.compile("｀{3,}")
_NOTE = re.compile(rf"{_OPEN}[\^＾]([^\[\]［］【】\n]{{1,20}}){_CLOSE}([：:]{GAP}*)?")
_EXPLAINED = re.compile(rf"[:：]{GAP}+(?=\S)")
_UNDERLINE = re.compile(r"={3,}\s*")

# Forms within a line.
_LINK = re.compile(rf"([!！]?){_OPEN}([^\[\]［］【】\n]{{1,200}}){_CLOSE}{GAP}?[(（]([^()（）\s]{{1,300}})[)）]")
_RIGHT_LINK = re.compile(r"!?\[[^\[\]]*\]\([^()]*\)")
_ADDRESS = re.compile(r"https?://|www\.|mailto:|tel:|/|#|\.\.?/|.*\.[A-Za-z]{2,4}(?:#.*)?$")
_STARRED = re.compile(r"(?:＊＊|＊\*|\*＊)[ \u3000]*([^＊*\n]{1,200})(?:＊＊|＊\*|\*＊)")
_STRUCK = re.compile(r"(?:～～|～~|~～)([^～~\n]{1,200})(?:～～|～~|~～)")
_LIGHTED = re.compile(r"(?<![=])==(?=[^\s=])([^=\n]{1,200})==(?!=)")
_CODE = re.compile(r"｀([^｀\n]{1,200})｀")
_POINTER = re.compile(rf"(?<=[{HAN}”》）])[:：]?(?:[👇⬇]\ufe0f?)+(?=[ \t]*$)")
_IN_FIELD = re.compile(
    rf"{BOLD.pattern}|~~(?P<struck>[^~\n]+)~~|!?\[(?P<words>[^\[\]\n]{{1,200}})\]\([^()\s]{{1,300}}\)"
)


def find(passage: Passage) -> Iterator[Hit]:
    """Find the signs in a body that are no Markdown, and the Markdown in fields, which are plain text."""
    if not passage.is_body:
        yield from _in_field(passage.text)
        return
    for picture in references(passage.text):
        if not is_elsewhere(picture.address):
            right = f"![{picture.words}]({picture.address})"
            yield Hit(picture.start, picture.end, values=(("right", right),), mended=right)
    if _SIGN.search(passage.text):
        lines = without_code(passage.text).split("\n")
        levels = levels_of_lists(lines)
        start = 0
        for at, line in enumerate(lines):
            if line.strip():
                for first, end, right in _in_line(lines, at, levels):
                    yield _hit(passage, start + first, start + end, right)
            start += len(line) + 1


def _hit(passage: Passage, start: int, end: int, right: str) -> Hit:
    """Return a hit that shows the sign with some of the words behind it, on both sides."""
    behind = passage.text[end : end + 12].split("\n")[0] if right.endswith(" ") else ""
    safe = not passage.text.startswith("#", start)  # which may be no heading but a word for a topic
    return Hit(start, end, passage.text[start:end] + behind, (("right", right + behind),), right, safe)


Found = tuple[int, int, str]  # start and end in a line, and what should stand there


def _in_line(lines: Sequence[str], at: int, levels: Mapping[int, int]) -> Iterator[Found]:
    line = lines[at]
    indent = len(line) - len(line.lstrip(" \t\u3000"))
    if "｜" in line and _is_row(lines, at):
        yield indent, len(line.rstrip()), _row(line.strip(" \t\u3000"))
        return
    if "|" in line and at and (right := _delimiters(line.strip(" \t\u3000"), lines[max(0, at - 2) : at])):
        yield indent, len(line.rstrip()), right
        return
    end = indent
    if found := _opening(lines, at, indent, levels):
        yield found
        end = found[1]
    for sign, right in ((_STARRED, "**{}**"), (_STRUCK, "~~{}~~"), (_LIGHTED, "**{}**"), (_CODE, "`{}`")):
        for one in sign.finditer(line, end):
            if not (sign is _STARRED and _are_names(line, one)):
                yield *one.span(), right.format(one[1].strip(" \u3000"))
    for one in _NOTE.finditer(line, end):
        if one[0] != f"[^{one[1]}]" and not one[2]:
            yield *one.span(), f"[^{one[1]}]"
    for one in _LINK.finditer(line, end):
        if right := _link(one, line[one.start() - 1 : one.start()] if one.start() else ""):
            yield *one.span(), right
    if (pointer := _POINTER.search(line, end)) and any(below.strip() for below in lines[at + 1 :]):
        yield *pointer.span(), "："
    if line.rstrip().endswith("＼") and at + 1 < len(lines) and lines[at + 1].strip():
        yield len(line.rstrip()) - 1, len(line.rstrip()), "\\"


def _opening(lines: Sequence[str], at: int, indent: int, levels: Mapping[int, int]) -> Found | None:
    """Return the sign at the start of a line that is no Markdown."""
    line, before = lines[at], lines[at - 1] if at else ""
    words = line[indent:].rstrip()
    if found := _WIDE_HEADING.match(line, indent):
        level = len(found[1])
        return None if level == 1 and line[found.end()].isdigit() else (indent, found.end(), "#" * max(2, level) + " ")
    alone = not before.strip() or (before.rstrip()[-1] in "。！？；" and len(words) <= _SHORT_HEADING)
    if _TIGHT_HEADING.match(words) and alone and any(below.strip() for below in lines[at + 1 : at + 3]):
        return indent, indent + 1, "## "
    if (found := _BOX.match(line, indent)) and not (_RIGHT_BOX.match(line, indent)):
        mark = "-" if found[1] == "－" else found[1]
        return indent, found.end(), f"{mark} [{' ' if found[3] in ('', ' ', chr(0x3000)) else 'x'}] "
    if bullet := mended_bullet(line, indent, levels.get(at)):
        return bullet
    if (found := _QUOTE.match(line, indent)) and before.count("《") <= before.count("》"):
        return indent, found.end(), "> "
    if found := _FENCE.match(line, indent):
        return indent, found.end(), "```"
    if (found := _NOTE.match(line, indent)) and found[2] and not re.match(r"\[\^[^\]]+\]:", line[indent:]):
        return indent, found.end(), f"[^{found[1]}]: "
    plain = before.strip() and before.strip()[-1] not in "。；！？：:|" and len(before.strip()) <= 40
    if plain and (found := _EXPLAINED.match(line, indent)):
        return -len(before) - 1, len(line.rstrip()), f"{before.strip()}：{line[found.end() :].strip()}"
    if plain and _UNDERLINE.fullmatch(line, indent):
        return -len(before) - 1, len(line.rstrip()), f"## {before.strip()}"
    return None


def _is_row(lines: Sequence[str], at: int) -> bool:
    """Whether a line is a row: a full-width bar begins it, or it and a line beside it have bars."""
    if lines[at].strip(" \t\u3000").startswith("｜"):
        return True
    beside = [lines[place] for place in (at - 1, at + 1) if 0 <= place < len(lines)]
    return any("｜" in line or "|" in line for line in beside)


def _row(line: str) -> str:
    """Return a row with half-width bars, and with hyphens if it parts the head from the rows."""
    row = line.replace("｜", "|")
    return row if DELIMITERS.fullmatch(row) else _hyphens(row) or row


def _hyphens(row: str) -> str:
    """Return a row of dashes with the hyphens that Markdown wants; an empty text for another row."""
    dashes = re.sub("[－—–−―─-]+", "---", narrowed(row).replace("+", "|"))
    return dashes if DELIMITERS.fullmatch(dashes) else ""


def _delimiters(row: str, before: Sequence[str]) -> str:
    """Return what the second row of a table should be; an empty text if it is right, or no second row.

    ``before`` are the head and the line before it, or the head alone.
    """
    head = before[-1]
    if "|" not in head or (len(before) > 1 and "|" in before[0]) or not (dashes := _hyphens(row)):
        return ""
    wanted = cells(head)
    if DELIMITERS.fullmatch(row) and cells(row) == wanted:
        return ""
    return dashes if cells(dashes) == wanted else delimiters(wanted)


def _are_names(line: str, stars: re.Match[str]) -> bool:
    """Whether stars stand for given names, each behind a family name: 张＊＊和李＊＊."""
    before = line[stars.start() - 1 : stars.start()] if stars.start() else ""
    return before in SINGLE and stars[1][-1] in SINGLE


def _link(found: re.Match[str], before: str) -> str:
    """Return a link as Markdown has it; an empty text if it is one, or if no address stands in its brackets.

    A ！ behind a word (``before``) ends a sentence, and makes no picture of a link.
    """
    picture, words, address = found[1], found[2], narrowed(found[3])
    if address.startswith("www."):
        return f"[{words}](https://{address})"
    shows = "!" if picture and PICTURE.search(address) else ""
    if not _ADDRESS.match(address) or (_RIGHT_LINK.fullmatch(found[0]) and picture != "！"):
        return ""
    if picture == "！" and (not shows or before.isalnum()):
        return "" if _RIGHT_LINK.fullmatch(found[0][1:]) else f"！[{words}]({address})"
    return f"{shows}[{words}]({address})"


def _in_field(text: str) -> Iterator[Hit]:
    for found in _IN_FIELD.finditer(text) if re.search(r"\*\*|__|~~|\]\(", text) else ():
        words = next(filter(None, found.groupdict().values()), "").strip(" \u3000")
        yield Hit(*found.span(), values=(("right", words),), mended=words, safe=True)


check = in_passages("form.markup", find)
