"""The one table of names: the values that a field may hold, and the Chinese names of fields and values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import cache
from typing import Literal, TypeVar

from .catalogue import Language
from .spelling import near

# Each field's English name with its Chinese names; messages show the first of them. One Chinese name may
# stand for several fields (主题 for topics and for topic); the model that is being read decides.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("标题", "名称"),
    "unit": ("单位", "计量单位"),
    "topics": ("主题",),
    "topic": ("主题",),
    "kind": ("类别", "类型"),
    "date": ("日期", "时间"),
    "dating": ("断代", "年份依据"),
    "basis": ("依据", "口径"),
    "evidence": ("证据", "理由"),
    "candidates": ("可能年份",),
    "summary": ("摘要",),
    "highlight": ("要点",),
    "order": ("次序",),
    "figures": ("数据",),
    "commitments": ("计划事项", "承诺"),
    "outcomes": ("落实", "落实情况"),
    "source": ("来源", "出处"),
    "corrections": ("更正",),
    "withdrawn": ("撤回",),
    "purge": ("清除",),
    "allow": ("豁免", "允许"),
    "draft": ("草稿",),
    "aliases": ("别名", "曾用名"),
    "lang": ("语言",),
    "body": ("正文",),
    "indicator": ("指标",),
    "label": ("名目", "标签"),
    "value": ("数值", "值"),
    "bound": ("界限", "约数"),
    "printed": ("原文", "印作"),
    "target": ("目标",),
    "completion": ("完成率",),
    "parts": ("分项",),
    "among": ("其中",),
    "of": ("基数",),
    "percent": ("占比", "百分比"),
    "previous": ("上期",),
    "change": ("增减",),
    "rank": ("名次",),
    "for": ("所属期",),
    "as_of": ("截至",),
    "instalment": ("分笔",),
    "headline": ("主要",),
    "doubt": ("存疑",),
    "id": ("编号",),
    "text": ("内容", "事项"),
    "due": ("期限",),
    "commitment": ("对应计划", "计划"),
    "status": ("状态", "结果"),
    "note": ("说明", "备注"),
    "ref": ("来源代号",),
    "section": ("章节", "位置"),
    "url": ("网址",),
    "was": ("原作",),
    "now": ("应为",),
    "reason": ("原因",),
    "wrong": ("错误写法",),
    "right": ("正确写法",),
    "rule": ("规则",),
    "rules": ("规则",),
    "units": ("适用单位",),
    "periods": ("适用时期",),
    "allowed": ("许可文字",),
    "limit": ("上限",),
    "field": ("字段",),
    "slug": ("代号",),
    "description": ("描述",),
    "short": ("简称",),
    "parent": ("上级",),
    "level": ("层级", "级别"),
    "from": ("自",),
    "to": ("至",),
    "formerly": ("原名",),
    "reports": ("报送",),
    "identity": ("身份",),
    "also": ("兼用单位",),
    "scale": ("折合",),
    "aggregate": ("汇总",),
    "definition": ("定义",),
    "range": ("范围",),
    "min": ("最小",),
    "max": ("最大",),
    "publisher": ("发布者",),
    "period": ("期",),
    "submitted": ("报送日期",),
    "published": ("发布日期",),
    "number": ("期号",),
    "notice": ("公告",),
    "name": ("网站名",),
    "language": ("网站语言",),
    "issuer": ("发布单位",),
    "contact": ("联系方式",),
    "licence": ("许可",),
    "attachments": ("附件",),
    "zh": ("中文",),
    "en": ("英文",),
}
EVERY_FIELD = frozenset(FIELDS)

# The values that a field may hold, each with its Chinese names; messages show the first.
KindName = Literal["done", "plan", "problem", "proposal", "overview"]
OutcomeStatus = Literal["done", "partly", "carried", "dropped"]
BoundName = Literal["exact", "about", "over", "nearly", "at-least", "at-most"]
DatingName = Literal["stated", "inferred"]
BasisName = Literal["period", "year-to-date", "cumulative"]
AggregateName = Literal["sum", "last", "none"]
YesNo = Literal["true", "false"]
Level = Literal["error", "warning", "off"]

KINDS: Mapping[KindName, tuple[str, ...]] = {
    "done": ("工作",),
    "plan": ("计划",),
    "problem": ("问题",),
    "proposal": ("建议",),
    "overview": ("总述",),
}
STATUSES: Mapping[OutcomeStatus, tuple[str, ...]] = {
    "done": ("完成",),
    "partly": ("部分完成",),
    "carried": ("结转",),
    "dropped": ("取消",),
}
BOUNDS: Mapping[BoundName, tuple[str, ...]] = {
    "exact": ("恰好", "整"),
    "about": ("约",),
    "over": ("余", "多"),
    "nearly": ("近",),
    "at-least": ("以上",),
    "at-most": ("以下", "以内"),
}
DATINGS: Mapping[DatingName, tuple[str, ...]] = {"stated": ("原文写明", "写明"), "inferred": ("推定", "推断")}
BASES: Mapping[BasisName, tuple[str, ...]] = {
    "period": ("本期",),
    "year-to-date": ("年初至今",),
    "cumulative": ("累计",),
}
AGGREGATES: Mapping[AggregateName, tuple[str, ...]] = {"sum": ("相加",), "last": ("取末",), "none": ("不汇总",)}
LANGUAGE_NAMES: Mapping[Language, tuple[str, ...]] = {"zh": ("中文",), "en": ("英文", "English")}
LEVELS: Mapping[Level, tuple[str, ...]] = {"error": ("错误",), "warning": ("提醒",), "off": ("不查", "关")}
YES_NO: Mapping[YesNo, tuple[str, ...]] = {"true": ("是", "yes", "有"), "false": ("否", "no", "无")}

# Words of reports that can mean one value only, and that records do not have.
OTHER_WORDS: Mapping[str, tuple[str, ...]] = {
    "完成": (
        "已完成",
        "做完",
        "做完了",
        "完成了",
        "已经完成",
        "全部完成",
        "办结",
        "已办结",
        "已落实",
        "落实",
        "全部落实",
    ),
    "部分完成": ("部分", "部分落实", "完成一部分", "完成部分", "没有全部完成", "未全部完成"),
    "结转": ("延期", "顺延", "推迟", "延后", "结转下期", "转下期", "转下半年", "结转下半年"),
    "取消": ("已取消", "取消了", "不办了", "不再办", "停办", "撤销"),
    "工作": ("已办", "工作完成情况", "完成情况", "主要工作"),
    "计划": ("工作计划", "下一步计划", "下步计划", "下半年计划", "工作安排", "工作打算", "下一步打算", "打算", "安排"),
    "问题": ("存在问题", "存在的问题", "不足", "存在的不足", "困难", "困难和问题", "问题和不足", "问题与困难"),
    "建议": ("意见", "意见建议", "意见和建议", "建议和意见", "对策", "对策建议"),
    "总述": ("概述", "综述", "概况", "总体情况", "基本情况", "总的情况"),
    "是": ("对", "√", "✓", "y", "1"),
    "否": ("不是", "不", "×", "✗", "n", "0"),
    "done": ("finished", "completed", "complete"),
    "partly": ("partial", "partially"),
    "carried": ("postponed", "delayed", "carried over"),
    "dropped": ("cancelled", "canceled"),
}

# Words of forms and tables that mean a field and nothing else.
OTHER_FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("题目", "题名", "标题名称"),
    "unit": ("部门", "单位名称", "所属单位", "填报单位", "报送单位"),
    "value": ("数量", "数额", "数目", "数字", "金额"),
    "label": ("项目", "品名", "项目名称", "名称"),
    "due": (
        *("完成时限", "完成时间", "时限", "完成期限", "截止时间", "截止日期", "办结时限", "时间", "日期", "完成日期"),
        *("计划时间", "新期限", "延期至", "推迟到", "结转至", "时间要求", "进度要求", "何时完成", "deadline"),
    ),
    "name": ("名称", "网站名称", "站名"),
    "contact": ("联系电话", "电话", "联系人", "邮箱", "地址", "办公电话", "联系地址", "电子邮箱"),
    "issuer": ("主办", "主办单位", "承办", "承办单位", "发布机构", "制作单位"),
    "commitment": ("计划编号", "事项编号", "对应事项", "对应的计划", "计划名称", "原计划"),
    "date": ("活动时间", "活动日期", "时间日期", "日期时间", "举办时间", "举办日期", "发生时间", "发生日期"),
}

# Words that forms of offices have, and records have no field for. Some are like a field's name (地点: 要点).
_OTHER_THINGS = re.compile(
    "地[点址区]$|同比|环比|[比较][上去]年|增[幅长速]|责任|负责|牵头|经办|[人户次场]数$|(?:完成|进展|开展|执行|参加|基本|实施)情况$|[进完]度$|人员?$|领导$|对象$|电话$|联系|方式$|经费$|[费金]额?$"
    "|形式$|部门$|主办|承办|协办|重点$|亮点$|特点$|难点$|时[段长间]段?$|[名项]目数$|成[效果]$|效果$|措施$|目的$|意义$|级别$|安排$|附[图表]$"
    "|照片$|图片$|备案|审[核批]|签[发字]|抄[送报]|文号$|密级$|关键[词字]$|作者$|撰稿|编辑$|字数$|频[次率]$|数量$|金额$"
)

Value = TypeVar("Value", bound=str)
_NOT = re.compile(r"[未没不非]|not?\b", re.IGNORECASE)


@cache
def _readers(fields: frozenset[str]) -> Mapping[str, str]:
    """Return the English name of every accepted spelling, for a model with these fields."""
    return {name: field for field in fields for name in (field, *FIELDS.get(field, ()))}


def english_field(name: str, fields: Collection[str]) -> str | None:
    """Return the English name of the field that a writer named, or None if the model has no such field."""
    readers = _readers(frozenset(fields))
    return readers.get(name) or readers.get(name.lower())


def english_value(word: str, words: Mapping[Value, tuple[str, ...]]) -> Value | None:
    """Return the English value for a writer's word, or None if the word is none of the allowed ones."""
    folded = word.casefold()
    for english, chinese in words.items():
        if folded == english or word in chinese or folded in chinese:
            return english
    return None


def meant_value(word: str, words: Mapping[Value, tuple[str, ...]]) -> str:
    """Return the allowed word that another word of reports must mean (已完成: 完成), or an empty text."""
    bare = re.sub(r"[\s\"'“”‘’「」『』。.]", "", unicodedata.normalize("NFKC", word)).casefold()
    if english_value(bare, words):
        return bare
    allowed = {name for english, chinese in words.items() for name in (english, *chinese)}
    return next((name for name, others in OTHER_WORDS.items() if name in allowed and bare in others), "")


def near_value(word: str, words: Mapping[Value, tuple[str, ...]]) -> str:
    """Return the allowed word most like a wrong one, or an empty text; a word that denies something is like none.

    A Chinese word is like another of its length with one other character: 基本完成 is neither 完成 nor 部分完成.
    """
    if _NOT.match(word):
        return ""
    every: list[str] = [*words, *(name for chinese in words.values() for name in chinese)]
    found = near(word, every)
    alike = len(found) == len(word) and sum(a != b for a, b in zip(found, word, strict=True)) == 1
    return found if word.isascii() or alike else ""


def bound_of(word: str | None) -> BoundName:
    """Return the bound that a word beside a number (约, 余, 多, 近) means; ``exact`` for any other word or none."""
    return (english_value(word, BOUNDS) if word else None) or "exact"


def meant_field(name: str, fields: Collection[str]) -> str:
    """Return the Chinese name of the field that a word of forms must mean (数量: 数值), or an empty text."""
    return next((FIELDS[field][0] for field, words in OTHER_FIELDS.items() if field in fields and name in words), "")


def near_field(name: str, fields: Collection[str]) -> str:
    """Return the accepted spelling of a field that is most like ``name``, or an empty text.

    A word that is like a field's name and means something else is like none.
    """
    if meant := meant_field(name, fields):
        return meant
    return "" if _OTHER_THINGS.search(name) else near(name, _readers(frozenset(fields)))
