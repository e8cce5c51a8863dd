"""``leftover.todo``: a writer's note to do something, or a template's instruction to the writer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..blocks import narrow_prose
from ..passages import Hit, Passage, in_passages, matches_from

# Characters after 待补, 待核, 待查, 待改 that make other words of them, which are no notes.
_MEANT = r"(?!选|办|缴|贴|助|偿|休|录|交|发|换|课|考|准|销|处|装|建|制|造|革|善|岗)"
_NOTE = (
    rf"待(?:[补核查填改写插](?![助贴])|补充|填写|核实|核对|完善|定稿|录入|插入|更新){_MEANT}"
    r"|此处|在此|请(?:填|输入|补充|写上|插入)|填写(?![了过])|插入图|(?:数据|内容|数字|名单)待"
)
_END = r"(?=[ 。;,)\]】?!]|$)"
_COLLEAGUE = (
    r"(?:(?!小[计组学区型时额微]|老[年师人旧])[小老阿][\u4e00-\u9fff]{1,2}|@[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,2}(?:姐|哥|会计|干事|秘书))"
    r"[:,](?=[^】)\]\n]{0,40}?(?:一下|[再吗呢吧?补改核查删问写你]))"
)
# A writer's doubt, or what is still waited for: （这个数不确定）, （等财务报来再填）, （要不要写？）.
_UNSURE = (
    r"要不要[写留删放提加]|是否(?:保留|删|要写)|[写删留改放提加]不[写删留改放提加]|不确定|拿不准|记不清|吃不准"
    r"|(?:[还尚]|暂时?)(?:没有?|未)[报交核定填]|[跟和与找问][\u4e00-\u9fff]{1,6}再?(?:对|核|确认|落实|问)(?:[,。;]|一?下|$|(?=[】)\]]))"
    r"|等[\u4e00-\u9fff]{1,10}再(?:填|补|写|加|改|定)|(?:数字|数据|人数|金额|这个数|此数)(?:对吗|对不对|有误|不对|有问题|存疑)"
)
_TODO = re.compile(
    r"【\s*】"
    rf"|[【(\[{{<〔](?:(?!待岗|待业|待遇)[^【】()\[\]{{}}<>〔〕。\n]){{0,12}}?(?:{_NOTE})[^【】()\[\]{{}}<>〔〕\n]{{0,30}}[】)\]}}>〕]"
    r"|请?在此处?(?:输入|填写|填入|插入|添加|补充)|(?:单击|点击)?此处(?:填写|填入|插入|添加|补充|输入|编辑|略去|待)"
    rf"|待(?:定稿|补充|完善|填写|填){_END}|(?:名单|数据|数字|内容|人数|金额|时间|姓名|图片|照片)待[补核定填](?:充|实|入)?{_END}"
    r"|[【(\[{<〔][^【】()\[\]{}<>〔〕。\n]{0,12}?(?:待定|再?(?:核对?|核实|确认|查|补|改|加|删|问|对|算)一下|再(?:核|补|改|查|对)|还没定|没核|请领导|请[^，。]{1,6}审[定阅核])"
    r"[^【】()\[\]{}<>〔〕\n]{0,20}[】)\]}>〕]"
    r"|^@[\u4e00-\u9fff]{2,4}[^。\n]{0,20}(?:补|改|核|看|写|删|加)一下[^。\n]{0,10}。?"
    rf"|[xX×*]{{2,20}}待[核补填定]|待核{_END}"
    r"|(?<![A-Za-z0-9_./@#-])(?:TODO|FIXME|TBD|TBC)(?![A-Za-z0-9_-]| [a-z])"
    r"|(?<![A-Za-z])lorem ipsum|click to add|your text here",
    re.IGNORECASE | re.MULTILINE,
)
_FIRST = re.compile(r"[【(\[{<〔请单点此待名数内人金时姓图照@xX×*TtFfLlCcYy]")  # how its matches begin
# A note to a colleague in brackets, or a doubt.
_ASIDE = re.compile(
    rf"[【(\[](?:{_COLLEAGUE}[^【】()\[\]\n]{{1,60}}|[^【】()\[\]。\n]{{0,20}}?(?:{_UNSURE})[^【】()\[\]\n]{{0,30}})[】)\]]"
)
_OPENING = re.compile(r"[【(\[]")
# A draft's name, or whom it waits for, behind a title. 《办法（征求意见稿）》 is the name of a paper.
_OF_DRAFT = re.compile(
    r"[ ]*[【(\[〔](?:[^【】()\[\]〔〕\n]{0,10}?)(?:初稿|草稿|送审稿|未定稿|修改稿|改定稿|终稿|第?[一二三四五\d]稿|定稿"
    r"|请[^,。()]{1,8}[审核阅改])"
    r"[^【】()\[\]〔〕\n]{0,20}[】)\]〕](?!》)|[ _—-]+(?:初稿|草稿|终稿|定稿|第?[一二三四五\d]稿)$"
)
# The end of a request to a superior, alone or behind a sentence. A report to delegates (请予审议) is for readers.
_TO_SUPERIORS = re.compile(
    r"(?:^|(?<=[。!;]))[ ]*(?:以上(?:报告|汇报|情况|意见|请示|方案)?[,:]?|如无不妥,?)?"
    r"(?:(?:妥否|当否|是否妥当|可否|是否可行)[,;]?请(?:领导|主席|上级|予以|予)?(?:批示|指示|审批|审示|批复|审阅|审定|示)"
    r"|请(?:领导|[一-鿿]?主席|上级|予以|予)?(?:审阅|阅示|审示|批示|批复|审批|审定)|特此(?:请示|报告|汇报))"
    r"(?:,请(?:批示|审阅|批复|审示|阅示))?[。!]?[ ]*$",
    re.MULTILINE,
)
# Every note has one of these.
_WORDS = re.compile(
    r"待[补核查填改写插完定录更]|据待|容待|字待|单待|此处|在此|请(?:填|输入|补充|写上|插入)|填写|插入图|【\s*】"
    "|待定|一下|请领导|审[定阅核]|再[核补改查对]|没定|没核|稿|请.{0,8}[审核阅改示批]|特此|todo|fixme|tbd|tbc|lorem|click|text"
)


def find(passage: Passage) -> Iterator[Hit]:
    """Find notes such as 【待补】, TODO, and a template's 在此处输入."""
    text = narrow_prose(passage)
    asides = [*matches_from(_OPENING, _ASIDE, text)]
    for found in asides:
        yield Hit(found.start(), found.end(), values=(("leftover", "todo"),))
    if not _WORDS.search(text.lower()):
        return
    told = {found.start() for found in asides}
    for found in (found for found in matches_from(_FIRST, _TODO, text) if found.start() not in told):
        yield Hit(found.start(), found.end(), values=(("leftover", "todo"),))
    if passage.is_body:
        for found in _TO_SUPERIORS.finditer(text):
            start = found.end() - len(found[0].lstrip())
            yield Hit(start, found.end(), values=(("leftover", "to-superiors"),))
    elif passage.steps in (("title",), ("summary",)) and (note := _OF_DRAFT.search(text)):
        bare = f"{passage.text[: note.start()]}{passage.text[note.end() :]}"
        values = (("leftover", "todo"), ("suggestion", bare)) if bare else (("leftover", "todo"),)
        yield Hit(*note.span(), values=values, mended="" if bare else None)


check = in_passages("leftover.todo", find)
