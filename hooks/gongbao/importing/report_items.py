"""What a report tells, matter by matter: each item becomes a record. Its kind comes from the headings above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..problems.names import KindName
from .documents import SourceText
from .doubts import Doubt, doubt
from .marks import Span
from .own_reports import OWN_FORM
from .report_nodes import NEXT_WORDS, PLAN_WORDS, ReportTree, TreeNode, find_headings, leaves
from .whose import Whose

_PROBLEM = re.compile(
    r"存在的?(?:主要)?(?:问题|不足|困难)|问题(?:和|与|及)|不足(?:之处|和|与|$)|主要问题|差距|短板|薄弱环节|^(?:问题|不足)[：:]?$"
)
_PLAN = re.compile(
    rf"(?:{NEXT_WORDS}|下一?年度?|下季度)[^。了]{{0,36}}"
    rf"(?:{PLAN_WORDS}|(?:工作|重点|措施|目标|任务|方向)(?![^，。]{{0,6}}(?:总结|小结|回顾|情况|汇报|完成)))"
    rf"|(?:工作|主要|(?:19|20)\d\d年度?)(?:{PLAN_WORDS})[：:。]?$|^(?:{PLAN_WORDS})$|(?:下一步|下步|下半年|明年|下学期)[：:]?$|努力方向"
)
_PROPOSAL = re.compile(r"(?:意见|建议|对策)(?:[和与及、]?(?:意见|建议|对策))?[：:。]?$")
_GAP = re.compile(r"差距|不足|问题|不多|不够|薄弱|有待")
_WILL = re.compile(r"(?:我们)?将|今后|下一步|下半年|继续努力")
_GENERAL = 14  # signs
_WILL_BEGIN = re.compile(r"\s*(?:下半年|下一步|下步|下阶段|明年|今后)[^。]*(?:将|力争|计划|打算|继续|争取|要)")
_SENTENCES = re.compile("[^。；！□]+[。；！□]?")
_JOINT = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class ReportItem:
    """A matter that a report tells: its kind, headings above it, own heading, paragraphs, and rows of tables.

    ``heads`` are the stretches of the marks and headings above it and of its own.

    ``place`` says where it stands, in the words of the source: 一、组织建设 · （二）. ``order`` counts from 1 in a
    report.
    """

    form: str
    order: int
    kind: KindName
    place: str
    above: tuple[str, ...]
    heading: str
    paragraphs: tuple[Span, ...]
    tables: tuple[tuple[Span, ...], ...]
    heads: tuple[Span, ...]
    doubts: tuple[Doubt, ...] = ()


def items_of(report: ReportTree, source: SourceText, whose: Whose) -> list[ReportItem]:
    """Return the items of a report, in the order of the source."""
    found: list[ReportItem] = []
    for form, above, node in _nodes(report, source):
        if node.paragraphs or node.tables:
            heads = tuple(source.text[slice(*one.heading)].strip() for one in above if one.heading)
            own = source.text[slice(*node.heading)].strip() if node.heading else ""
            kind, doubts = _kind(form, heads, node, source.text, whose)
            place = " · ".join(filter(None, (_place(one, source.text) for one in (*above, node))))
            found.append(
                ReportItem(
                    form,
                    len(found) + 1,
                    kind,
                    place or _NAMES.get(form, ""),
                    heads,
                    own if form == OWN_FORM or not _is_general(own) else "",
                    tuple(node.paragraphs),
                    tuple(tuple(rows) for rows in node.tables),
                    tuple(
                        span for one in (*above, node) for span in (one.mark, one.heading) if span and span[0] < span[1]
                    ),
                    doubts,
                )
            )
    return found


_NAMES = {"front": "文前", "opening": "开头", "closing": "结尾", "annex": "附件"}


def _nodes(report: ReportTree, source: SourceText) -> Iterator[tuple[str, tuple[TreeNode, ...], TreeNode]]:
    text = source.text
    fronts = [node for node in report.nodes if node.form == "front"]
    for node in [*fronts, report.opening, *(one for one in report.nodes if one.form != "front")]:
        if node.form == "opening" and not (node.tables or source.is_own) and _has_no_sections(report, text):
            for paragraph in node.paragraphs:  # a report without any mark: a paragraph is a matter
                matter = TreeNode("paragraph", 0, (0, 0), None, [paragraph])
                find_headings(text, matter)
                yield "paragraph", (), matter
            continue
        for above, leaf in leaves(node, text):
            for one in _closing_parts(leaf, text) if leaf.form == "closing" else [leaf]:
                yield leaf.form, above, one


def _has_no_sections(report: ReportTree, text: str) -> bool:
    """Whether a report's work stands in its opening: at most its problems and its plan have a heading."""
    heads = [text[slice(*node.heading)].strip() for node in report.nodes if node.heading]
    several = len(report.opening.paragraphs) > 1
    return not report.nodes or (several and len(heads) == len(report.nodes) and all(map(_is_general, heads)))


def _closing_parts(node: TreeNode, text: str) -> Iterator[TreeNode]:
    """Yield closing words in two parts, if they first tell what was not reached, and then what will be done."""
    for at, (start, end) in enumerate(node.paragraphs):
        for sentence in _SENTENCES.finditer(text, start, end):
            gap = _GAP.search(text, node.paragraphs[0][0], sentence.start())
            if gap and _WILL.search(sentence[0]):
                before = [*node.paragraphs[:at], *([(start, sentence.start())] if sentence.start() > start else [])]
                yield TreeNode("closing", 0, (0, 0), None, before, node.tables)
                yield TreeNode("closing", 0, (0, 0), None, [(sentence.start(), end), *node.paragraphs[at + 1 :]])
                return
    yield node


def _is_general(heading: str) -> bool:
    """Whether a heading names a kind of matters (存在问题), and says nothing of the one below it."""
    return len(heading) <= _GENERAL and any(one.search(heading) for one in (_PROBLEM, _PLAN, _PROPOSAL))


def _place(node: TreeNode, text: str) -> str:
    """Return a section's mark and heading. A mark alone stands in brackets: elsewhere it is a number left behind."""
    mark = _JOINT.sub("", text[slice(*node.mark)].strip())
    heading = _JOINT.sub("", text[slice(*node.heading)].strip()) if node.heading else ""
    return f"「{mark}」" if mark and not heading else f"{mark}{heading}"


def _kind(
    form: str, heads: Sequence[str], node: TreeNode, text: str, whose: Whose
) -> tuple[KindName, tuple[Doubt, ...]]:
    own = text[slice(*node.heading)].strip() if node.heading else ""
    body = "".join(text[slice(*span)] for span in node.paragraphs)
    if form in ("front", "annex"):
        return "overview", ()
    if form == "opening":
        return ("plan" if whose.plan_only and re.search("(?<!现)将|计划", body) else "overview"), ()
    if form == "paragraph" and _WILL_BEGIN.match(body):
        return "plan", ()
    if form == "closing":
        if _GAP.search(body):
            return "problem", (doubt("kind-gap"),)
        return ("plan", (doubt("kind-will"),)) if _WILL.search(body) else ("overview", ())
    own = own.rstrip("：:。")
    for head in (own, *reversed(heads)) if form == "label" else (*reversed(heads), own):
        if head == own and form != "label" and (heads or len(own) > 20):
            continue
        problem, plan = _PROBLEM.search(head), _PLAN.search(head)
        if problem and plan:
            return ("plan" if re.match(r"\s*(?:下|今后|继续|进一步)", body) else "problem"), (doubt("kind-both"),)
        if problem:
            return "problem", ()
        if _PROPOSAL.search(head):
            return "proposal", ()
        if plan:
            return "plan", ()
    return ("plan" if whose.plan_only else "done"), ()
