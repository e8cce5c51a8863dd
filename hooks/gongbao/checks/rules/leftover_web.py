"""``leftover.web``: words of the web site from which a text was copied."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..blocks import narrow_prose
from ..passages import Hit, Passage, in_passages
from ..web_lines import WebLine, web_lines

_CHOSEN = "优质|精选|通用|热门|最新|实用|汇总|推荐|合集|锦集|集锦|大全|必备|经典|优秀|共|整理|范文"
_TRACE = re.compile(
    r"本站(?:小编|整理|收集|推荐)|(?<![缩减大最])小编(?![制队组])"
    r"|文档为\s?\w{2,5}\s?格式|下载(?:本文|此文|该文)(?!件)|点击(?:此处|这里)?下载(?!.{0,8}(?:app|客户端|软件))"
    r"|全文阅读|阅读全文|(?:文章|资料|内容|图片)?来源:\s?(?:网络|互联网|本站|百度)"
    r"|@(?:所有人|全体成员)|(?<=[,。!])收到请回复"
    r"|转载请|(?:如需|欢迎)转载|请注明(?:出处|来源|转自)|(?:相关|热门|猜你喜欢的?)(?:推荐|阅读|文章)(?=[:\s]|$)|猜你喜欢"
    r"|范文(?:网|大全|精选|模板|库|参考)|(?<![规示典模])范文(?=[\s,。)]|$)"
    rf"|[(\[【](?:{_CHOSEN})\s?(?:\d+|[一二三四五六七八九十]+)篇(?:汇总|合集|精选|大全|通用|推荐)?[)\]】]|(?:优质|精选|通用)\s?\d+篇[)\]】]?\s*$"
    r"|为大家(?:整理|收集|搜集|分享)(?=[的了,。:]|出|$|推荐|一)(?!了?(?:宿舍|衣|房|活动室|床|环境))|给大家分享|分享给大家"
    r"|希望(?:能够?|可以)?(?:对|给)(?:大家|您|你|各位)[^。\n]{0,8}帮助|(?:仅供|供)(?:大家|各位)参考|欢迎(?:大家)?(?:阅读|参考|借鉴|收藏)"
    r"|^ {0,8}推荐阅读\s?(?=:|$)|[上下]一篇\s?(?=[:|>]|$|[上下]一篇)|责任编辑\s?:|责编\s?:"
    r"|版权(?:归[^。\n]{0,8})?所有|版权声明"
    r"|(?:本文|文章)(?:地址|链接|标签)\s?:|(?:分享到|微信扫一扫|扫码关注)[:\s]*$|本文(?:由|来自)[^。\n]{0,12}(?:整理|网|提供|上传)",
    re.IGNORECASE | re.MULTILINE,
)
# Every match has one of these words.
_WORD = re.compile(
    "本站|小编|文档为|下载|全文|来源|转载|注明|推荐|阅读|文章|猜你|篇|范文|为大家|分享|帮助|参考|借鉴|收藏|编辑|责编|版权|本文|扫|@|收到"
)
# 篇一 as a heading, where several texts were put together. In a source it is the name of a section.
_PART = re.compile(
    r"^[#* ]{0,10}(?:[^,。;:\n]{0,30}(?<!第))?篇(?:[一二三四五六七八九十]{1,3}|\d{1,2})[:*\s]*$", re.MULTILINE
)

_NAME_OF_BODY = re.compile(r"\s*(?:正文|内容) ?: *(?=\S)")  # a form's name of what the file has below its fields


def find(passage: Passage) -> Iterator[Hit]:
    """Find the words that sites with sample texts or news, and WeChat, put around their texts."""
    text, whole = narrow_prose(passage), web_lines(passage)
    if passage.is_body and (named := _NAME_OF_BODY.match(text)):
        start = named.end() - len(named[0].lstrip())
        yield Hit(start, named.end(), mended="", safe=True)
    if whole:
        text = _without(text, whole)
        for line in whole:
            yield Hit(line.start, line.end, mended="" if text.strip() else None, safe=line.sure)
    if not _WORD.search(text):
        return
    for found in _TRACE.finditer(text):
        start, end, mended = _with_its_sign(text, *found.span())
        yield Hit(start, end, mended=mended if text[:start].strip() or text[end:].strip() else None)
    if passage.field in ("title", "summary", "body"):
        for found in _PART.finditer(text):
            yield Hit(found.start(), found.end(), found[0].strip())


def _with_its_sign(text: str, start: int, end: int) -> tuple[int, int, str | None]:
    """Return a trace that is a whole clause (，欢迎阅读) with the sign that goes with it, and that nothing stays of it.

    Of any other trace, nobody but the writer knows how the sentence goes on without it.
    """
    before, after = text[:start].rstrip(" ")[-1:], text[end:].lstrip(" ")[:1]
    if before == "," and after in ("", *"。,!;\n"):
        return start - 1, end, ""
    if before in ("", "\n", "。", "!") and after in ("。", "!") and text[end] == after:
        return start, end + 1, ""
    return start, end, None


def _without(text: str, whole: Sequence[WebLine]) -> str:
    """Return a text with spaces for what is told of already. Offsets stay the same."""
    pieces, end = [], 0
    for line in whole:
        pieces += [text[end : line.start], " " * (line.end - line.start)]
        end = line.end
    return "".join([*pieces, text[end:]])


check = in_passages("leftover.web", find)
