"""Words of reports and forms that records do not have: which value or field each must mean, or is most like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping

from .names import FIELDS, Value, accepted_spellings, english_value
from .spelling import near

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
        *("圆满完成", "顺利完成", "如期完成", "按期完成", "按时完成"),
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
    "corrections": ("勘误", "订正", "更正说明"),
    "was": ("原", "原文", "原为", "原来", "更正前"),
    "now": ("现", "现为", "改为", "应是", "更正后"),
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

_NOT = re.compile(r"[未没不非]|not?\b", re.IGNORECASE)


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


def meant_field(name: str, fields: Collection[str]) -> str:
    """Return the Chinese name of the field that a word of forms must mean (数量: 数值), or an empty text."""
    if "was" in fields and name in ("说明", "更正内容", "事由"):  # of a correction, what was wrong
        return FIELDS["text"][0]
    return next((FIELDS[field][0] for field, words in OTHER_FIELDS.items() if field in fields and name in words), "")


def near_field(name: str, fields: Collection[str]) -> str:
    """Return the accepted spelling of a field that is most like ``name``, or an empty text.

    A word that is like a field's name and means something else is like none.
    """
    if meant := meant_field(name, fields):
        return meant
    return "" if _OTHER_THINGS.search(name) else near(name, accepted_spellings(frozenset(fields)))
