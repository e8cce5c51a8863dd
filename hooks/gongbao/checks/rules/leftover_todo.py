"""``leftover.todo``: a writer's note to do something, or a template's instruction to the writer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..blocks import narrow_prose
from ..passages import Hit, Passage, in_passages

# Characters after 待补, 待核, 待查, 待改 that make other words of them, which are no notes.
_MEANT = r"(?!选|办|缴|贴|助|偿|休|录|交|发|换|课|考|准|销|处|装|建|制|造|革|善|岗)"
_NOTE = (
    rf"待(?:[补核查填改写插](?![助贴])|补充|填写|核实|核对|完善|定稿|录入|插入|更新){_MEANT}"
    r"|此处|在此|请(?:填|输入|补充|写上|插入)|填写(?![了过])|插入图|(?:数据|内容|数字|名单)待"
)
_END = r"(?=[ 。;,)\]】?!]|$)"
_TODO = re.compile(
    r"【\s*】"
    rf"|[【(\[{{<〔](?:(?!待岗|待业|待遇)[^【】()\[\]{{}}<>〔〕。\n]){{0,12}}?(?:{_NOTE})[^【】()\[\]{{}}<>〔〕\n]{{0,30}}[】)\]}}>〕]"
    r"|请?在此处?(?:输入|填写|填入|插入|添加|补充)|(?:单击|点击)?此处(?:填写|填入|插入|添加|补充|输入|编辑|略去|待)"
    rf"|待(?:定稿|补充|完善|填写|填){_END}|(?:名单|数据|数字|内容|人数|金额|时间|姓名|图片|照片)待[补核定填](?:充|实|入)?{_END}"
    r"|[【(\[{<〔][^【】()\[\]{}<>〔〕。\n]{0,12}?(?:待定|再?(?:核对?|核实|确认|查|补|改|加|删|问)一下|再(?:核|补|改|查)|还没定|没核|请领导|请[^，。]{1,6}审[定阅核])"
    r"[^【】()\[\]{}<>〔〕\n]{0,20}[】)\]}>〕]"
    r"|^@[\u4e00-\u9fff]{2,4}[^。\n]{0,20}(?:补|改|核|看|写|删|加)一下[^。\n]{0,10}。?"
    rf"|[xX×*]{{2,20}}待[核补填定]|待核{_END}"
    r"|(?<![A-Za-z0-9_./@#-])(?:TODO|FIXME|TBD|TBC)(?![A-Za-z0-9_-]| [a-z])"
    r"|(?<![A-Za-z])lorem ipsum|click to add|your text here",
    re.IGNORECASE | re.MULTILINE,
)
# Every note has one of these.
_WORDS = re.compile(
    r"待[补核查填改写插完定录更]|据待|容待|字待|单待|此处|在此|请(?:填|输入|补充|写上|插入)|填写|插入图|【\s*】"
    "|待定|一下|请领导|审[定阅核]|再[核补改查]|没定|没核|todo|fixme|tbd|tbc|lorem|click|text"
)


def find(passage: Passage) -> Iterator[Hit]:
    """Find notes such as 【待补】, TODO, and a template's 在此处输入."""
    text = narrow_prose(passage)
    if not _WORDS.search(text.lower()):
        return
    for found in _TODO.finditer(text):
        yield Hit(found.start(), found.end())


check = in_passages("leftover.todo", find)
