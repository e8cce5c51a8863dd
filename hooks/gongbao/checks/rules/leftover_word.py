"""``leftover.word``: what belongs to Word or to a PDF and not to the text: comments, changes, codes, page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..page_lines import page_lines
from ..passages import Hit, Passage, in_passages
from .form_link_text import hides_target

_BY = r"(?: ?\[[^\[\]\n]{1,20}\])?"
_COMMENT = re.compile(
    r"\[批注(?: ?\[[^\[\]\n]{1,20}\])?[^\[\]\n]{0,300}\]|【批注[^【】\n]{0,10}:[^【】\n]{0,300}】"
    r"|(?:批注|Comment(?:ed)?) ?\[[^\[\]\n]{1,20}\] ?:?[^\n]*|^[ \t]*批注 ?\d{0,3} ?:[^\n]*",
    re.MULTILINE,
)
_CHANGE = re.compile(
    rf"(?:^[ \t]*|(?<=[。!?;)\]”]))(?:(?:删除的内容|插入的内容|移动的内容|带格式的?(?:表格)?|设置了?格式的?){_BY} ?:"
    rf"|(?:已?删除|已?插入) ?\[[^\[\]\n]{{1,20}}\] ?:|(?:Deleted|Inserted|Formatted(?: Table)?){_BY} ?:"
    r"|带格式的(?:表格)?[ \t]*(?=\n|$)|域代码已更改|Field Code Changed)[^\n]*",
    re.MULTILINE,
)
_LAYOUT = re.compile(r"[ \t]*(?:带格式|设置|域代码|Formatted|Field)")
_LINK = re.compile(
    r"(?:\{ ?)?HYPERLINK +(?:(\\l) +)?(?:\"([^\"\n]{1,500})\"|“([^”\n]{1,500})”)"
    r"(?: +\\[a-z](?: +[\"“][^\"”\n]{0,100}[\"”])?){0,4}(?: ?\})? ?"
    r"(?P<words>《[^》\n]{1,100}》|“[^”\n]{1,100}”|https?://[\w./?=&%#~-]{1,300}|[^\s,。;:、!?()《》“”\[\]{}]{1,60})?"
)
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s()<>]+")
_LOST = re.compile(
    r"错误!(?:未找到引用源|未定义书签|未指定|超链接引用无效|链接无效|文档中没有|不能识别|未知)[^。\n]{0,20}。?"
    r"|Error! (?:Reference source not found|Bookmark not defined|Hyperlink reference not valid|No text of)"
    r"[^.\n]{0,40}\.?"
)
_FIELDS = (
    "NUMPAGES|SECTIONPAGES|PAGEREF|PAGE|TOC|NOTEREF|STYLEREF|REF|SEQ|CREATEDATE|SAVEDATE|PRINTDATE|DATE|TIME|EMBED|LINK"
    "|INCLUDEPICTURE|INCLUDETEXT|MERGEFIELD|FORMTEXT|FORMCHECKBOX|FORMDROPDOWN|DOCPROPERTY|FILENAME|AUTHOR|SHAPE|TC|XE"
)
_SWITCH = r"(?: *\\[a-z@*#!](?: *(?:[\"“][^\"”\n]{0,80}[\"”]|[A-Z]{4,}|GB\d))?)"
_CODE = re.compile(
    rf"(?<!\{{)\{{ ?(?:{_FIELDS})(?![A-Za-z])[^{{}}\n]{{0,200}}\}}"
    rf"|(?<![A-Za-z\\])(?:{_FIELDS})(?: +(?:[\"“][^\"”\n]{{1,200}}[\"”]|[\w.:/-]{{1,80}}))?{_SWITCH}{{1,8}}"
    r"(?:(?<=MERGEFORMAT)\d{1,3})?"
    r"|(?:PAGEREF|NOTEREF|REF) +_(?:Ref|Toc)\d+|_(?:Toc|Ref|Hlk)\d{6,12}"
    r"|SEQ +[表图](?![\u4e00-\u9fff])|MERGEFIELD +\w{1,40}"
    r"|= ?\d{1,2} *\\\* *[A-Za-z]+\d? ?|\\\* ?(?:MERGEFORMAT|ARABIC|CHARFORMAT)"
)
_CIRCLED = re.compile(r"\{? ?[eE][qQ] *\\o *\\ac *\( *[○〇O] *, *(\d{1,2}) *\) ?\}?")
_PICTURE = re.compile(
    r"(?<![!\w\]])\[(?:图片|图像|表格|图表|截图|照片|视频|语音|文件|链接|动画表情|聊天记录|小程序|图|表|image)\d{0,2}\](?![(\[（:])"
    r"|\ufffc|file:///[^\s()<>\"]{1,300}"
    r"|^(?:[ \t]*[【(](?:此处[为是有])?(?:图片|图|表格|照片|图表|截图|略图|表)[】)]"
    r"|[ \t]*[\[【(]?image\d{0,3}\.(?:png|jpe?g|gif|[ew]mf)[\]】)]?)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:^|\n[ \t]*\n)([ \t]*(?:图片|表格|图表|截图)\d{0,2})[ \t]*(?=\n[ \t]*\n(?!!?\[|\|)|\n*$(?![\s\S]))"
)
_STYLE = re.compile(
    r"Normal\s+0\s+(?:[\d.]+ ?磅\s+)?(?:\d+\s+){0,3}false[^\n]*|EN-US\s+ZH-CN\s+X-NONE[^\n]*|MicrosoftInternetExplorer4"
    r"|/\* Style Definitions \*/[^\n]*|table\.MsoNormalTable[^\n]*|^[ \t]*mso-[a-z-]{3,40}:[^\n]*",
    re.MULTILINE,
)
_WORD = re.compile(r"\S")
# The kinds, in the order in which a text is given to one of them, and words of which each of its matches has one.
_KINDS: tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...] = (
    ("comment", _COMMENT, ("批注", "Comment")),
    ("change", _CHANGE, ("的内容", "格式", "删除", "插入", "域代码", "Deleted", "Inserted", "Formatted", "Field Code")),
    ("link", _LINK, ("HYPERLINK",)),
    ("lost", _LOST, ("错误!", "Error!")),
    ("circled", _CIRCLED, ("\\ac",)),
    ("code", _CODE, ("\\", "{", "_Toc", "_Ref", "_Hlk", "SEQ ", "MERGEFIELD ")),
    ("picture", _PICTURE, ("[", "【", "(", "\ufffc", "file:", "image")),
    ("picture", _NAMED, ("图片", "表格", "图表", "截图")),
    ("style", _STYLE, ("Normal", "EN-US", "Explorer", "Style Def", "Mso", "mso-")),
)
_ANY_WORD = re.compile("|".join(re.escape(word) for _, _, words in _KINDS for word in words))


def hits(passage: Passage) -> Sequence[Hit]:
    """Return the leavings, sorted by place."""
    return passage.once(_hits)


def _hits(passage: Passage) -> Sequence[Hit]:
    found = sorted(_each(passage), key=lambda hit: (hit.start, -hit.end))
    kept: list[Hit] = []
    for hit in found:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _each(passage: Passage) -> Iterator[Hit]:
    text, prose = passage.narrow, passage.prose
    for line in page_lines(passage):
        values = (("leftover", line.kind),)
        written = " ".join(text[line.start : line.end].split())
        yield Hit(
            line.start,
            line.end,
            written,
            values,
            line.mended if _is_left(text, line.start, line.end) else None,
            safe=line.sure,
        )
    for kind, pattern, words in _KINDS if _ANY_WORD.search(text) else ():
        for found in pattern.finditer(text) if any(map(text.__contains__, words)) else ():
            start, end = found.span(1) if pattern is _NAMED else found.span()
            start += len(text[start:end]) - len(text[start:end].lstrip())
            if prose[start].isspace():  # code, or an address of Markdown
                continue
            yield _hit(passage, kind, found, start, start + len(text[start:end].rstrip()))


def _hit(passage: Passage, kind: str, found: re.Match[str], start: int, end: int) -> Hit:
    right = _right(passage, kind, found, start, end)
    if right is not None and not right and not _is_left(passage.text, start, end):
        right = None
    if kind == "link" and right is None:
        kind = "code"
    shown = (("leftover", kind), ("right", right or ""))
    return Hit(start, end, passage.text[start:end], shown, right, _is_sure(passage.text, kind, start, end))


def _right(passage: Passage, kind: str, found: re.Match[str], start: int, end: int) -> str | None:
    """Return what to write in place of a leaving; None if only a person can say."""
    alone = _is_alone(passage.text, start, end)
    if kind == "link":
        return _link(passage, found, end)
    if kind == "circled":
        number = int(found[1])
        return chr(0x245F + number) if 0 < number <= 20 else None
    if kind in ("comment", "code", "style"):
        return "" if alone or found[0][:1] in "[【" or found[0].startswith("PAGE ") else None
    if kind == "change":
        return "" if alone and "插入" not in found[0][:5] else None
    return None


def _link(passage: Passage, found: re.Match[str], end: int) -> str | None:
    address, words = (
        found[2] or found[3],
        passage.text[found.start("words") : found.end("words")] if found["words"] else "",
    )
    if found[1] or not passage.is_body:
        return words or None
    if not _ADDRESS.fullmatch(address):
        return None
    if words.strip("/") in ("", address.strip("/")):
        return address + " " * passage.text[end : end + 1].isalnum()
    return None if hides_target(words) else f"[{words}]({address})"


def _is_sure(text: str, kind: str, start: int, end: int) -> bool:
    """Whether what is written instead changes no fact."""
    if kind == "change":
        return _LAYOUT.match(text, start) is not None
    return kind in ("link", "circled", "style") or (kind == "code" and _is_alone(text, start, end))


def _is_alone(text: str, start: int, end: int) -> bool:
    """Whether nothing else stands in the line."""
    stop = text.find("\n", end)
    return not (text[text.rfind("\n", 0, start) + 1 : start] + text[end : stop if stop >= 0 else None]).strip()


def _is_left(text: str, start: int, end: int) -> bool:
    """Whether a text is left without this place."""
    return bool(_WORD.search(text, 0, start) or _WORD.search(text, end))


check = in_passages("leftover.word", hits)
