"""The one table of names: the values that a field may hold, and the Chinese names of fields and values."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any, Literal, TypeVar

from .catalogue import Language

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
    "pattern": ("式样",),
    "message": ("提示",),
    "rule": ("规则",),
    "rules": ("规则",),
    "extends": ("沿用",),
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
    "pace": ("进度",),
    "attachments": ("附件",),
    "editor": ("在线编辑",),
    "host": ("代码平台",),
    "repository": ("代码库",),
    "branch": ("分支",),
    "application": ("应用编号",),
    "vocabulary": ("词表校验值",),
    "where": ("位置",),
    "path": ("路径",),
    "git": ("仓库",),
    "commit": ("提交",),
    "key": ("公钥",),
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
ProblemLevelName = Literal["error", "warning"]
Level = Literal["error", "warning", "off"]
EditorHostName = Literal["github", "gitlab", "gitea", "local"]

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
PROBLEM_LEVELS: Mapping[ProblemLevelName, tuple[str, ...]] = {"error": ("错误",), "warning": ("提醒",)}
LEVELS: Mapping[Level, tuple[str, ...]] = {"error": ("错误",), "warning": ("提醒",), "off": ("不查", "关")}
EDITOR_HOSTS: Mapping[EditorHostName, tuple[str, ...]] = {
    "github": ("GitHub",),
    "gitlab": ("GitLab", "极狐"),
    "gitea": ("Gitea", "Forgejo"),
    "local": ("本机",),
}
YES_NO: Mapping[YesNo, tuple[str, ...]] = {"true": ("是", "yes", "有"), "false": ("否", "no", "无")}

# Every table of values: a type that names some values finds its own by them.
CHOICES: Sequence[Mapping[Any, tuple[str, ...]]] = (
    *(KINDS, STATUSES, BOUNDS, DATINGS, BASES, AGGREGATES, LEVELS, LANGUAGE_NAMES, EDITOR_HOSTS),
)

Value = TypeVar("Value", bound=str)


@cache
def accepted_spellings(fields: frozenset[str]) -> Mapping[str, str]:
    """Return the English name of every accepted spelling, for a model with these fields."""
    return {name: field for field in fields for name in (field, *FIELDS.get(field, ()))}


def english_field(name: str, fields: Collection[str]) -> str | None:
    """Return the English name of the field that a writer named, or None if the model has no such field."""
    readings = accepted_spellings(frozenset(fields))
    return readings.get(name) or readings.get(name.lower())


def english_value(word: str, words: Mapping[Value, tuple[str, ...]]) -> Value | None:
    """Return the English value for a writer's word, or None if the word is none of the allowed ones."""
    folded = word.casefold()
    for english, chinese in words.items():
        if folded == english or word in chinese or folded in chinese:
            return english
    return None


def bound_of(word: str | None) -> BoundName:
    """Return the bound that a word beside a number (约, 余, 多, 近) means; ``exact`` for any other word or none."""
    return (english_value(word, BOUNDS) if word else None) or "exact"
