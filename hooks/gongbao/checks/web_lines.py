"""Lines that WeChat, QQ and web sites put around a text, and WeChat's words for its little pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .blocks import narrow_prose
from .passages import Passage

_EDITOR = (
    "责任编辑|执行编辑|值班编委|编辑|责编|编审|美编|排版|校对|校审|审校|初审|复审|终审|[一二三]审|监制|主编|总编|投稿"
)
_ROLE = rf"{_EDITOR}|审核|供稿|撰稿|撰文|文字|来源|作者|摄影|图片|图文|通讯员|记者|发布|签发"
_WE = "(?:欢迎|请|快来?|微信|马上|立即|赶紧){0,2}"
_SHOWN = "(?:上方|下方|上面|下面|上图|下图|文末|左侧|右侧|图中)"
_BUTTON = (
    r"(?:打印(?:本页|此页|本文)|关闭(?:窗口|本页|此页)|返回(?:顶部|列表|首页|上一?页)|收藏本[文页]|分享到\S{0,6}|字号)"
)
_WHOLE = re.compile(
    "|".join(
        (
            r"(?:\S{0,8}位置 ?: ?)?(?:网站)?首页 ?(?:>{1,2}|»|›|→|/) ?[^。;]{1,60}",
            r"(?:您的?|您现在的|当前|现在的?|你的)位置 ?:[^。]{1,60}",
            r"[^。]{0,60}(?:浏览|点击|阅读|访问)(?:次数|量|数) ?: ?\[?\d*\]?[^。]{0,60}",
            r"[^。]{0,60}(?:字体|字号|文字大小) ?: ?[\[【(]? ?(?:特大|大|中|小)[^。]{0,40}",
            rf"[^。]{{0,12}}[\[【(]?{_BUTTON}[\]】)]?(?:[ |/\[【(]{{0,3}}{_BUTTON}?[\]】)]?){{0,4}}",
            r"(?:[\[【(](?:打印|关闭|分享|收藏|大|中|小)[\]】)] ?){1,6}",
            r"[^。]{0,12}点击?(?:上方|下方|上面|下面|顶部|文末)?[^。,]{0,6}(?:蓝字|蓝色(?:字|文字|小字))[^。]{0,20}",
            r"点击?(?:上方|下方|上面|下面|文末)[^。\d]{0,24}(?:关注|订阅|查看|阅读)[^。\d]{0,12}",
            r"[↓⬇▼▽⇩]{2,60}",
            r"[^。]{0,10}阅读原文[^。]{0,12}",
            r"[^。\d]{0,10}(?:点个?|点亮|点击)[“「【\[]?(?:在看|赞)[^。\d]{0,14}",
            r"[^。\d]{0,10}(?:长按|识别)[^。\d]{0,10}(?:二维码|图片)[^。\d]{0,20}",
            rf"{_WE}(?:扫描?|扫一扫|扫码){_SHOWN}[^。]{{0,24}}",
            rf"{_WE}(?:扫一?扫|扫码|扫描?二维码)[,! ]{{0,2}}(?:即可)?(?:关注|阅读|查看|观看|进群|添加|下载)"
            r"[^。\d]{0,16}",
            rf"(?:微信)?扫码|{_WE}(?:扫一扫|关注(?:我们|[本该]公众号|微信公众号|公众号)[^。\d]{{0,16}})",
            r"(?:文章|信息|稿件|素材|内容)?(?:来源|转自|转载自) ?[:|] ?[^。]{0,40}(?:公众号|微信|融媒|客户端|头条)"
            r"[^。]{0,20}",
            rf"(?:{_EDITOR}) ?[:丨|/] ?(?! ?\d)[^。;,]{{1,14}}",
            rf"(?=[;, ]?(?:{_ROLE}))(?=[^。]{{0,60}}(?:{_EDITOR}|审核) ?[:丨|/])(?:[;, ]?(?:{_ROLE}) ?[:丨|/] ?"
            r"(?!\d)[^。;,:丨|/]{1,14}){2,6}",
            r"微信号 ?:? ?[\w-]{4,30}|功能介绍 [^。]{0,60}|预览时标签不可点|收录于(?:合集|话题)[^。]{0,20}",
            r"(?:往期|精彩)(?:推荐|回顾|阅读)[:]?|[-— ]{0,4}END[-— ]{0,4}|[-—]{1,3} ?完 ?[-—]{1,3}|写留言",
            r"各位领导(?:[、,]?(?:各位)?(?:同事|同志)们?)?:|(?:以上|我的)?汇报完毕[^。]{0,12}[。!]?|@(?:所有人|全体成员)"
            r"|[^。,]{0,12}收到请?(?:回复|扣1)[。!]?|(?:转发|转)自? ?: ?[^。]{0,20}群",
            r"(?:抄送|抄报|报送|主送) ?: ?[^。]{1,40}",
            r"原创[ :][^。,;]{1,60} \d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日? \d{1,2}:\d{2}(?::\d{2})?[^。,;]{0,20}",
            r"阅读(?:量|数)?[ :]?\d[\d.,]{0,8} ?[万w]?\+?(?: ?(?:分享|收藏|点?赞|在看|评论|留言) ?\d{0,6}){0,4}",
            r"(?:继续|向上)滑动看下一个|轻触阅读原文|微信公众平台",
        )
    )
)
_CREDIT = re.compile(rf"(?:{_ROLE}) ?[:丨|/] ?(?! ?\d)[^。;,:]{{1,20}}")
_OF_EDITOR = re.compile(rf"(?:{_EDITOR}) ?[:丨|/]")
_LONGEST = 120  # characters of such a line
_FACES = (
    "玫瑰|强|鼓掌|握手|抱拳|胜利|爱心|拥抱|庆祝|烟花|爆竹|礼物|红包|發|福|耶|加油|合十|太阳|月亮|微笑|呲牙|愉快|憨笑|得意|偷笑|捂脸|笑脸"
    "|嘿哈|奋斗|色|可爱|害羞|咖啡|啤酒|蛋糕|调皮|流泪|大哭|破涕为笑|哇|好的|OK|赞|旺柴|感谢|比心|撒花|吃瓜|机智|叹气|再见|凋谢|嘴唇|亲亲|拳头|弱"
)
_FACE = re.compile(rf"(?:\[(?:{_FACES})\](?!\()){{1,40}}", re.IGNORECASE)
_POINTING = "[\U0001f446\U0001f447\U0001f448\U0001f449\u261d\u261f\U0001f53d\u2b07\u23ec\u25bc\u25bd]"
_HAND_SIGN = re.compile(_POINTING)
_HANDS = re.compile(
    rf"{_POINTING}[\ufe0f\U0001f3fb-\U0001f3ff]?(?:[ ]{{0,4}}{_POINTING}[\ufe0f\U0001f3fb-\U0001f3ff]?){{1,80}}"
)
_HAND = re.compile("[\U0001f446\U0001f447\u261f\U0001f53d\u2b07]\ufe0f?")
_CLOCK = r"(?:[上下]午|凌晨|早上|中午|晚上)? ?\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?"
_DATE = r"\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?"
_DAY = rf"(?:{_DATE}|昨天|前天|星期[一二三四五六日天])"
_NUMBERED = r"[^\s:,。;]{1,16} ?\(\d{5,12}\)"
_WHO = rf"(?!\S*(?:时间|日期|截[至止]))(?:{_NUMBERED}|[^\s:,。;]{{1,16}}(?: ?<[^<>\s]{{3,40}}>)?)"
# The line of WeChat or QQ above each message: who wrote it, and when.
_CHAT = re.compile(
    rf"{_NUMBERED}[ \t]{{1,4}}{_CLOCK}|{_WHO}[ \t]{{1,4}}{_DAY}[ \t]{{1,4}}{_CLOCK}:?"
    rf"|{_DAY}[ \t]{{1,4}}{_CLOCK}[ \t]{{1,4}}{_WHO}:?|[—-]{{2,20}} ?{_DATE} ?[—-]{{2,20}}",
    re.IGNORECASE,
)
# The same without a year. It may also be a line of a programme, so the writer decides.
_CHAT_WITHOUT_YEAR = re.compile(
    rf"{_WHO}[ \t]{{1,4}}\d{{1,2}}(?:月\d{{1,2}}日|[-/]\d{{1,2}})[ \t]{{1,4}}{_CLOCK}:?", re.IGNORECASE
)
_CLOCK_TIME = re.compile(r"\d:\d\d")
_CHAT_SIGN = re.compile(r":(?<=\d:)\d\d|—[—-] ?\d{4}|-[—-] ?\d{4}")  # as fast as a search for its first signs
# People's answers in a chat: thumbs, hands, flowers, faces.
_CHEER = re.compile(
    "[\U0001f44a\U0001f44c\U0001f44d\U0001f44f\U0001f389\U0001f38a\U0001f339\U0001f33b\U0001f490\U0001f4aa"
    "\U0001f600-\U0001f64f\U0001f917\U0001f91d\u2764\u270c]"
)
_CHEERS = re.compile(f"[ ]?(?:{_CHEER.pattern}[\ufe0f\U0001f3fb-\U0001f3ff]?){{1,80}}")


class WebLine(NamedTuple):
    """A leaving of a web site: its place ``[start, end)``. What is ``sure`` can be taken out unseen."""

    start: int
    end: int
    sure: bool


def web_lines(passage: Passage) -> Sequence[WebLine]:
    """Return such lines of a body, and such pictures of any text."""
    return passage.once(_web_lines)


def _web_lines(passage: Passage) -> Sequence[WebLine]:
    return tuple(_each(passage))


def _is_whole(words: str) -> bool:
    """Whether a line is nothing but such words, perhaps in brackets."""
    in_brackets = words[0] + words[-1] in ("()", "[]", "【】")
    return any(map(_WHOLE.fullmatch, (words, words[1:-1])[: 1 + in_brackets])) or _HAND.fullmatch(words) is not None


def _credits(lines: Sequence[str]) -> frozenset[int]:
    """Return the numbers of lines that name who made a text (来源：…, 审核：…), in runs with an editor among them."""
    found: set[int] = set()
    run: list[int] = []
    for number, line in enumerate([*lines, ""]):
        if _CREDIT.fullmatch(line.strip(" \t#>*")):
            run.append(number)
            continue
        if any(_OF_EDITOR.match(lines[one].strip(" \t#>*")) for one in run):
            found.update(run)
        run = []
    return frozenset(found)


def _is_speaker(words: str, below: Sequence[str]) -> bool:
    """Whether a line tells who wrote the line below, and when, without the year."""
    if len(words) > _LONGEST or not _CHAT_WITHOUT_YEAR.fullmatch(words):
        return False
    return any(line.strip() and not _CLOCK_TIME.search(line) for line in below)


def _each(passage: Passage) -> Iterator[WebLine]:
    text, start = narrow_prose(passage), 0
    pictures = [_FACE] * ("[" in text) + [_HANDS] * bool(_HAND_SIGN.search(text))
    pictures += [_CHEERS] * (passage.is_body and _CHEER.search(text) is not None)
    chat = passage.is_body and _CHAT_SIGN.search(text)
    lines = text.split("\n")
    credits = _credits(lines) if passage.is_body else frozenset[int]()
    for number, line in enumerate(lines):
        words = line.strip(" \t#>*")
        at = start + line.find(words) if words else start
        whole = number in credits or (passage.is_body and words and len(words) <= _LONGEST and _is_whole(words))
        if whole or (chat and _is_speaker(words, lines[number + 1 : number + 2])):
            yield WebLine(at, at + len(words), False)
        elif chat and len(words) <= _LONGEST and _CHAT.fullmatch(words):
            yield WebLine(at, at + len(words), True)
        else:
            for pattern in pictures:
                for found in pattern.finditer(line):
                    yield WebLine(start + found.start(), start + found.end(), True)
        start += len(line) + 1
