"""The promises of a plan: what will be done, by when, and the number that is promised.

A general sentence (进一步加强…) promises nothing that anybody could look up later, and is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..records.numerals import MONTH, numeral_value
from ..records.periods import Period
from .marks import Span
from .number_words import SourceNumber, with_plain_digits
from .told_figures import balanced

_SENTENCE = re.compile(r"[^。；;！!？?□]+")
_CLAUSE = re.compile(r"[^，,：:]+")
_ADVERBS = (
    "[一二三四五六七八九]是|继续|进一步|积极|认真|大力|深入|切实|努力|力争|争取|扎实|广泛|全面|不断|着力|着手|计划|准备|拟|将|要|并|还|同时|再|依法|及时|定期|定时|重点|圆满|稳妥|稳步|按时|按期"
    "|加快|坚持|主动|有效|逐步|适时|尽早|同步|统筹|下半年|年内|年底前|今年|明年|组织工会|联合[^，。]{1,12}|会同[^，。]{1,12}|与[^，。]{1,12}联合|在[^，。]{1,14}"
    r"|(?:\d{1,2}|[一二三四五六七八九十]+)月(?:份|初|底|中旬|上旬|下旬|中下旬)?(?:国庆)?|[^，。]{1,8}?(?:之?前(?![期列进沿景提途往后])|期间|节|初)|国庆|元旦|中秋|重阳"
    r"|上半年|[一二三四]季度|暑期|寒假|暑假|金秋时节|[春夏秋冬]季|如|对[^，。]{2,16}进行|加快|牵头|协助|配合好|[为给向][^，。]{1,16}?(?=提供|办理|进行|购买|安排|发放|开展|举办|建立|配备)"
)
_DEEDS = (
    "举办|筹办|承办|开办|办好|办(?![理法公事学])|组织|召开|开展|建立健全|建立|成立|完成|制定|制订|拟定|出台|争创|创建|推行|推进|签订|培训|走访|慰问|发放|组建|新建|检查|宣传|做好|抓好|抓牢|完善|维护"
    "|更新|选择|指导|帮助|扩大|落实|表彰|评选|修建|建设|开通|设立|启动|开设|学习|贯彻|实现|达到|守住|参加|配合|收缴|上缴|征集|编写|印发|申报|打造|筹备|筹建|举行|安排"
    "|建成|建好|改建|扩建|新增|修订|修缮|换届|购买|购置|采购|添置|配备|安装|清理|整理|整治|摸排|普查|招聘|招收|招募|选派|推选|推荐|聘请|征订|印制|编排|拍摄|续签|订立|启用|迎接|引进|通过(?=[^，。]*(?:评审|验收|认证|复审))|进行|办理"
    "|投入(?!使用|运行)|拆除|铺设|种植|推广|探索|巩固|加大|加强|健全|规范|服务|动员|引导|新增|发展|吸收|提供|解决|救助|资助|帮扶|调研|排查|化解|调解|购置|改造|升级|编制|公开|督查|考核|验收"
)
_DEED = re.compile(rf"(?:{_ADVERBS})*(?P<deed>{_DEEDS})(?P<object>.*)", re.DOTALL)
# Deeds of which a report can later say whether they were done, unless what they are done to is vague.
_CONCRETE = re.compile(
    "举办|组织|召开|开展|建立|成立|完成|制定|制订|拟定|出台|争创|创建|推行|推进|签订|培训|走访|慰问|发放|组建|新建|检查|做好|抓好|完善|维护|更新|指导|落实|表彰|评选"
    "|修建|建设|开通|设立|启动|开设|实现|守住|参加|收缴|上缴|印发|申报|打造|筹备|举行|安排|建成|推广|新增|发展|提供|救助|资助|帮扶|排查|购置|改造|编制|验收|筹办|承办|开办|办好|办|建好|改建|扩建|修订|修缮|换届|购买|采购|添置|配备|安装|清理|整理|整治|摸排|普查|招聘|招收|招募"
    "|选派|推选|推荐|聘请|征订|印制|编排|拍摄|续签|订立|启用|迎接|引进|通过|进行|办理|投入(?!使用|运行)|拆除|铺设|种植|选择|巩固|加大|学习|贯彻|帮助|规范|扩大|探索|服务|动员|加强"
)
# What is done stands behind what it is done to: 把会员活动室建起来
_OBJECT_FIRST = re.compile(
    rf"(?:{_ADVERBS})*[把将](?P<object>[^，。]{{2,20}}?)(?:全部|全面|逐一|都)*(?:{_DEEDS}|建|办|搞|做|修|发|送|改)[^，。]*"
)
# A task of which a report can say whether it was fulfilled, with the deed behind it.
_ENSURED = re.compile(
    "(?:确保|保证|力争|实现)[^，。]*(?:目标|任务|指标)(?:全面|圆满|如期|按期|按时|顺利|超额)*(?:完成|实现|达到)"
)
_VAGUE = re.compile(
    "(?:各项|其[他它]|日常)[^，。]{0,6}(?:工作|事项)$|稳定$|队伍建设$|^安全(?:生产)?(?:工作)?$|工会(?:各项)?工作(?:任务)?$|新[思路方法举措路子]+$|水平$|能力$|素质$|意识$|作用$|积极性$|凝聚力$|影响力$|知名度$|大局$|领导$|措施$|优势$|经验$|典型$|榜样$"
    "|整改$|局面$|发展$|服务大局|中心工作|思想(?:政治)?(?:工作)?$|精神$|理念$|针对性|实效性|进步$|氛围$|地位$|权益$|向心力$|战斗力$|新台阶|新进展|新突破|新成效|新贡献|^(?:工作|帮困|帮扶)?力度$|工作力度$|组织领导$|^自身建设$|引领$|服务$|管理$|力量$|联系$"
)
# Deeds that another clause of the sentence tells more of: they begin no promise behind another.
_SOFT = ("规范", "指导", "帮助", "扩大", "提高", "引导", "动员", "选择", "巩固", "服务", "资助", "救助")
_EXAMPLES = re.compile("^(?:如|例如|比如|包括)")
_LEADS = re.compile(
    r"^(?:以|按照|根据|围绕|通过(?![^，。]*(?:评审|验收|认证|复审))|结合|在[^，]{2,20}(?:下|上|中)|坚持|确保|保证|保障|力争|达到|使|让|做到|努力|发挥|动员|引导|切实|从而|为(?![^，。]{1,16}(?:提供|办理|进行|购买|安排|发放|开展|举办|建立|配备))|实现|提高|增强|促进)"
)
_MONTH = re.compile(rf"(?P<month>{MONTH})月(?!饼)")
_GENERAL_LEAST = 6  # signs


@dataclass(frozen=True, slots=True)
class DraftPromise:
    """A promise as the source words it: its text, when it is due, and the number it promises, if there is one."""

    text: str
    due: str
    number: SourceNumber | None = None


def promises_of(
    text: str, spans: Sequence[Span], numbers: Sequence[SourceNumber], due: Period
) -> tuple[list[DraftPromise], int]:
    """Return the promises in stretches of a text, and how many of its sentences are general and promise nothing."""
    found: list[DraftPromise] = []
    general = 0
    for start, end in spans:
        for sentence in _SENTENCE.finditer(text, start, end):
            made = [*_in_sentence(text, sentence.span(), numbers, due)]
            found += made
            general += not made and len(sentence[0].strip()) >= _GENERAL_LEAST
    return found, general


def _in_sentence(text: str, span: Span, numbers: Sequence[SourceNumber], due: Period) -> Iterator[DraftPromise]:
    told = [one.start for one in numbers if one.role != "none"]
    for start, end in _deeds(text, span, told):
        within = [one for one in numbers if start <= one.start < end and one.role != "none"]
        if len(within) > 1:
            yield from _each(text, (start, end), within, due)
        elif _said(text[start:end]) and (within or _is_concrete(text, (start, end))):
            when = _due(text[start:end], due)
            for first, last in _objects(text, (start, end)):
                number = next((one for one in within if first <= one.start < last), None)
                yield DraftPromise(_said(text[first:last]), when, number)


def _deeds(text: str, span: Span, told: Sequence[int]) -> Iterator[Span]:
    """Yield the stretches of a sentence that each tell one deed: clauses, joined to the one that they belong to.

    ``told`` are the places of numbers, which are promised.
    """
    open_at, end, has_deed = span[0], span[0], False
    for clause in _CLAUSE.finditer(text, *span):
        bare = _joined(clause[0])
        found = _DEED.match(bare)
        begins = (found is not None and not _LEADS.match(bare)) or _OBJECT_FIRST.fullmatch(bare) is not None
        examples = _EXAMPLES.match(bare) is not None  # what is to be done is told by them, not by the words before
        if examples or (begins and has_deed and (not found or found["deed"] not in _SOFT)):
            if not examples:
                yield open_at, end
            open_at, has_deed = clause.start(), False
        has_deed = has_deed or begins or any(clause.start() <= one < clause.end() for one in told)
        end = clause.end()
    if end > open_at:
        yield open_at, end


def _each(text: str, span: Span, numbers: Sequence[SourceNumber], due: Period) -> Iterator[DraftPromise]:
    """Yield a promise for each number of a deed: 3名金秋助学、1户大病救助."""
    bounds = [span[0]]
    for left, right in pairwise(numbers):
        cuts = [one.start() for one in re.finditer("[、，,和及与]", text[left.end : right.start])]
        bounds.append(left.end + cuts[-1] if cuts else right.start)
    when = _due(text[slice(*span)], due)
    for (start, end), number in zip(zip(bounds, [*bounds[1:], span[1]], strict=True), numbers, strict=True):
        yield DraftPromise(_said(text[start:end].lstrip("、，,和及与")), when, number)


def _objects(text: str, span: Span) -> Sequence[Span]:
    """Return a deed's stretch, cut before each clause that names one more thing of the kind: 办安全竞赛，技能竞赛."""
    cuts = [span[0]]
    for before, clause in pairwise(_CLAUSE.finditer(text, *span)):
        begun = cuts[-1] == before.start() and (len(cuts) > 1 or _DEED.match(_joined(before[0])))
        if begun and not _DEED.match(_joined(clause[0])) and _kind(clause[0]) == _kind(before[0]):
            cuts.append(clause.start())
    return [*pairwise([*cuts, span[1]])]


def _kind(words: str) -> str:
    """Return the last two signs of what a clause names, which tell of what kind it is."""
    return _joined(words).rstrip("等、的")[-2:]


def _is_concrete(text: str, span: Span) -> bool:
    """Whether a deed is one of which a later report can say whether it was done."""
    for clause in _CLAUSE.finditer(text, *span):
        bare = _joined(clause[0])
        if _ENSURED.fullmatch(bare) or _OBJECT_FIRST.fullmatch(bare):
            return True
        found = _DEED.match(bare)
        if not found or not _CONCRETE.match(found["deed"]) or len(found["object"]) < 2:
            continue
        vague = bool(_VAGUE.search(found["object"].rstrip("等、的")))
        if not vague:
            return True
    return False


def _joined(words: str) -> str:
    return with_plain_digits(re.sub(r"\s*\n\s*", "", words.strip()))


def _said(words: str) -> str:
    return balanced(re.sub(r"\s*\n\s*", "", words).strip(" \u3000\t，、,：:"))


def _due(words: str, due: Period) -> str:
    found = _MONTH.search(with_plain_digits(words))
    if not found or due.year is None:
        return due.id
    month = numeral_value(found["month"])
    first, last = due.months
    return f"{due.year_name}-{month:02}" if first <= month <= last else due.id
