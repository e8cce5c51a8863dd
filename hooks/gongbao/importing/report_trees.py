"""The reports of a document, put together of its pieces: which piece begins a report, a section or an item."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .documents import SourceText
from .marks import PLAN_LEAD, SourcePiece, Span, pieces_of
from .own_reports import own_report
from .report_nodes import HEADING_LENGTH, NEXT_WORDS, PLAN_WORDS, ReportTree, TreeNode, find_headings
from .told_unit import BODIES

_PART = re.compile(
    r"[\s\u3000]*(?P<title>.{0,40}?)[（(【]?(?P<part>(?:篇|范文|第)[一二三四五六七八九十\d]{1,3}篇?)[）)】]?[：:\s]*$"
)
_TITLE = re.compile(rf"(?:{PLAN_WORDS}|总结|报告|汇报|小结|情况|材料)(?:[（(].{{1,12}}[）)])?[\s\u3000]*$")
_YEAR = re.compile(r"(?:\d{4}|[12]\d[\dxX×*_○]{2}|二[〇○零][一二三四五六七八九〇○零xX×*]{2})\s?年")
_BELOW_TITLE = re.compile(r"[\s\u3000]*[（(][^，。；]{2,24}[）)][\s\u3000]*$")  # （2022年7月15日）
_CLOSING = re.compile(
    r"[\s\u3000]*(?:总之|综上|总的来[说看]|回顾|(?:在)?今后的?工作|[一半]年来，虽然|以上是|虽然|下一步[，,]|下半年[，,]|下一阶段|但与)"
)
_FOLLOWING = re.compile(r"[\s\u3000]*(?:下一步[，,]|下半年[，,]|下一阶段|(?:在)?今后的?工作)")
_PLAN_HEADING = re.compile(f"[^，。；问题不足]{{0,12}}(?:{PLAN_WORDS}|重点)")
_SIGNATURE_DATE = re.compile(
    r"[\s\u3000]*(?:[^，。；：、\d]{2,30}[\s\u3000]+)?"
    r"(?:\d{4}|[二〇○零一二三四五六七八九]{4}|20[xX×*_○]{2})年.{1,14}[日号][\s\u3000]*$"
)
_FAREWELL = re.compile(
    r"[\s\u3000]*(?:谢谢|特此报告|特此汇报|此致|敬礼|以上汇报|以上报告|妥否|专此报告)[^，。；！]{0,12}[。！!]?[\s\u3000]*$"
)
_SIGNATURE_UNIT = re.compile(
    rf"[\s\u3000]*[^，。；：、]{{2,30}}(?:{BODIES}|联合会|办公室|公司|局|院|校|园|馆|厂|站|中心)[\s\u3000]*$"
)
_LABEL = re.compile(r"[\s\u3000]*(?P<label>[^，。；：、\d]{4,16})[：:](?=.)")
_KIND_LABEL = re.compile(
    rf"[\s\u3000]*(?P<label>(?:存在的?)?(?:主要)?(?:问题|不足)|(?:{NEXT_WORDS})(?:工作)?(?:{PLAN_WORDS})?|工作打算|(?:意见)?建议)[：:](?=.)"
)
_KIND_HEADING = re.compile(rf"{NEXT_WORDS}|{PLAN_WORDS}|存在|问题|不足|建议|意见|总结|回顾")
_TIME_HEADING = re.compile(
    rf"(?:上半年|前半年|{NEXT_WORDS}|(?:19|20)\d\d年).{{0,12}}(?:{PLAN_WORDS}|重点|目标|措施|总结|回顾|情况)[：:]?"
)
_LINE_LENGTH = 20  # signs of a line that is a heading, or names who writes
_TOP = ("part", "closing")


def reports_of(source: SourceText) -> list[ReportTree]:
    """Return the reports of a document, in its order."""
    if source.is_own:
        return [own_report(source)]
    builder = _TreeBuilder(source)
    pieces = pieces_of(source)
    for at, piece in enumerate(pieces):
        builder.add(piece, pieces[at + 1 : at + 3])
    found = [report for report in builder.reports if not report.empty or report.titles or report.signature]
    if len(found) > 1 and found[1].part and not found[0].part and {node.form for node in found[0].nodes} <= {"line"}:
        first = found.pop(0)  # what stands before the first part of a collection
        nodes = [first.opening, *first.nodes]
        spans = [span for node in nodes for span in (node.heading, *node.paragraphs) if span]
        found[0].nodes.insert(0, TreeNode("front", 0, (0, 0), None, sorted([*first.titles, *spans, *first.signature])))
    for report in found:
        for node in [report.opening, *report.nodes]:
            find_headings(source.text, node)
    return found


@dataclass(slots=True)
class _TreeBuilder:
    source: SourceText
    reports: list[ReportTree] = field(default_factory=lambda: [ReportTree()])
    stack: list[TreeNode] = field(default_factory=list)
    table: int = 0
    before: list[TreeNode] = field(default_factory=list)  # what was open when closing words began

    def add(self, piece: SourcePiece, following: Sequence[SourcePiece]) -> None:
        text = self.source.text[slice(*piece.text)]
        report = self.reports[-1]
        if piece.table:
            self._add_row(piece)
        elif not piece.form and (part := _PART.match(text)) and len(text) < HEADING_LENGTH:
            self._begin(ReportTree(part=part["part"].strip("（()）"), titles=[piece.text]))
        elif not piece.form and self._is_title(piece, text):
            if self._has_titles_only():
                report.titles += [*report.opening.paragraphs, piece.text]
                report.opening.paragraphs.clear()
            elif report.empty and not report.signature:
                report.titles.append(piece.text)
            else:
                self._begin(ReportTree(part=report.part, titles=[piece.text], follows=bool(report.part)))
        elif piece.form:
            self._add_marked(piece)
        elif report.titles and report.empty and _BELOW_TITLE.match(text):
            report.titles.append(piece.text)
        elif (
            _SIGNATURE_DATE.match(text)
            or (report.nodes and _FAREWELL.match(text))
            or (report.nodes and _SIGNATURE_UNIT.match(text) and self._signs(following))
        ):
            report.signature.append(piece.text)
        else:
            self._add_unmarked(piece, text, following)

    def _begin(self, report: ReportTree) -> None:
        if report.follows:
            report.collection = self.reports[-1].collection or [*self.reports[-1].titles]
        self.reports.append(report)
        self.stack, self.table = [], 0

    def _has_titles_only(self) -> bool:
        """Whether what was read of a report are short lines: who writes, above a title that says what."""
        report = self.reports[-1]
        lines = [self.source.text[slice(*span)] for span in report.opening.paragraphs]
        short = all(len(line) <= _LINE_LENGTH and not re.search("[，。；：]", line) for line in lines)
        return bool(lines) and not report.nodes and not report.titles and short and len(lines) < 3

    def _signs(self, following: Sequence[SourcePiece]) -> bool:
        return not following or any(_SIGNATURE_DATE.match(self.source.text[slice(*one.text)]) for one in following[:1])

    def _is_title(self, piece: SourcePiece, text: str) -> bool:
        if piece.level == 0:
            return True
        report = self.reports[-1]
        short = len(text) <= HEADING_LENGTH and not re.search("[。；]", text) and piece.begins_line
        if not short or not _TITLE.search(text) or "附" in text[:3]:
            return False
        first = (report.empty or self._has_titles_only()) and not report.signature
        if report.titles and not _YEAR.search(text):
            return False  # 上半年工作总结 above the first section
        return (piece.level is None or first) and (
            first or bool(re.search(rf"{_YEAR.pattern}.*(?:总结|计划|报告|要点|汇报|小结)", text))
        )

    def _add_row(self, piece: SourcePiece) -> None:
        report = self.reports[-1]
        if piece.table != self.table:
            self.table = piece.table
            if report.signature or not (self.stack or report.nodes):
                if report.signature and (not report.nodes or report.nodes[-1].form != "annex"):
                    report.nodes.append(TreeNode("annex"))
                holder = report.nodes[-1] if report.signature else report.opening
            else:
                holder = self.stack[-1] if self.stack else report.nodes[-1]
            holder.tables.append([])
            self.stack = [*self.stack[:-1], holder] if holder is not report.opening else self.stack
            self._holder = holder
        self._holder.tables[-1].append(piece.text)

    _holder: TreeNode = field(default_factory=lambda: TreeNode(""))

    def _add_marked(self, piece: SourcePiece) -> None:
        if self.stack and self.stack[0].form == "closing" and self._continues(piece):
            self.stack, self.before = self.before, []  # they closed an item, and not the report
        report = self.reports[-1]
        forms = [node.form for node in self.stack]
        if piece.form not in forms and self._restarts(piece):
            self._restart()
            report = self.reports[-1]
        elif piece.form in forms:
            at = forms.index(piece.form)
            outermost = at == 0 or (at == 1 and forms[0] == "section" and len(self.stack[-1].paragraphs) > 1)
            if outermost and piece.number == 1 and self.stack[at].number > 1 and piece.begins_line:
                self._restart()
                report = self.reports[-1]
            else:
                self.stack = self.stack[:at]
        elif piece.form in _TOP:
            self.stack = []
        node = TreeNode(piece.form, piece.number, piece.mark, None, [piece.text])
        (self.stack[-1].children if self.stack else report.nodes).append(node)
        self.stack.append(node)

    def _continues(self, piece: SourcePiece) -> bool:
        return any(node.form == piece.form and node.number + 1 == piece.number for node in self.before)

    def _restarts(self, piece: SourcePiece) -> bool:
        """Whether 一、 begins a new report although closing words stand open: the last series was 一、 too."""
        report = self.reports[-1]
        begun = [node for node in report.nodes if node.form == piece.form]
        closed = bool(self.stack) and self.stack[0].form == "closing"
        return bool(begun) and closed and piece.number == 1 and piece.form == "han" and begun[-1].number > 1

    def _restart(self) -> None:
        """Begin a new report of the same part; the last paragraph without a mark is its opening."""
        report = self.reports[-1]
        last = self.stack[-1]
        moved: list[Span] = []
        if last.form == "closing" or len(last.paragraphs) > 1:
            moved = [last.paragraphs.pop()]
            if not last.paragraphs and last in report.nodes:
                report.nodes.remove(last)
        if last.form != "closing" and self.stack[0].form not in ("han", "part"):
            self._section(moved)
            return
        new = ReportTree(part=report.part, follows=True)
        text = self.source.text[slice(*moved[0])] if moved else ""
        if moved and len(text) <= HEADING_LENGTH and not re.search("[。；：]", text):
            new.titles = moved
        else:
            new.opening.paragraphs = moved
        self._begin(new)

    def _section(self, lead: list[Span]) -> None:
        """Begin a section without a mark; ``lead`` is what it says before its items."""
        node = TreeNode("section", 0, (0, 0), None, lead)
        self.reports[-1].nodes.append(node)
        self.stack = [node]

    def _add_unmarked(self, piece: SourcePiece, text: str, following: Sequence[SourcePiece]) -> None:
        report = self.reports[-1]
        bare = text.strip()
        if piece.level is not None:
            self._add_heading(piece, f"style{piece.level}")
        elif self._is_plan_heading(bare) or self._is_line_heading(piece, bare, following):
            kind = _KIND_HEADING.search(bare)
            self._add_heading(piece, "line", top=bool(kind))
        elif report.nodes and piece.begins_line and self._closes(text):
            if not self.stack or self.stack[-1].form != "closing":
                node = TreeNode("closing")
                report.nodes.append(node)
                self.before, self.stack = self.stack, [node]
            self.stack[-1].paragraphs.append(piece.text)
        elif report.signature:
            if not report.nodes or report.nodes[-1].form != "annex":
                report.nodes.append(TreeNode("annex"))
            self.stack = [report.nodes[-1]]
            self.stack[-1].paragraphs.append(piece.text)
        elif not self.stack:
            report.opening.paragraphs.append(piece.text)
        elif (found := _KIND_LABEL.match(text) or _LABEL.match(text)) and self._labels(found, following):
            forms = [node.form for node in self.stack]
            self.stack = self.stack[: forms.index("label")] if "label" in forms else self.stack
            start = piece.text[0]
            node = TreeNode("label", 0, (start, start), (start, start + found.end("label") + 1))
            node.paragraphs.append((start + found.end(), piece.text[1]))
            (self.stack[-1].children if self.stack else report.nodes).append(node)
            self.stack.append(node)
        else:
            self.stack[-1].paragraphs.append(piece.text)

    def _closes(self, text: str) -> bool:
        """Whether a paragraph is closing words of a report. Below a plan's heading, 下半年， begins an item's text."""
        if self.reports[-1].nodes[-1].form == "closing":
            return True
        return _CLOSING.match(text) is not None and not (_FOLLOWING.match(text) and self._is_in_plan())

    def _is_in_plan(self) -> bool:
        spans = (node.heading or next(iter(node.paragraphs), (0, 0)) for node in self.stack)
        return any(_PLAN_HEADING.fullmatch(self.source.text[slice(*span)].strip()) for span in spans)

    def _labels(self, found: re.Match[str], following: Sequence[SourcePiece]) -> bool:
        """Whether a label (组织建设情况：) begins an item: it names a kind, or another stands beside it."""
        nearby = (self.source.text[slice(*one.text)] for one in following[:1] if not one.form)
        return found.re is _KIND_LABEL or self.stack[-1].form == "label" or any(_LABEL.match(text) for text in nearby)

    def _is_plan_heading(self, bare: str) -> bool:
        return bool(_TIME_HEADING.fullmatch(bare) and len(bare) <= _LINE_LENGTH) or bool(PLAN_LEAD.fullmatch(bare))

    def _is_line_heading(self, piece: SourcePiece, bare: str, following: Sequence[SourcePiece]) -> bool:
        """Whether a short line without a mark is a heading: a longer text without one follows."""
        if not piece.begins_line or not 3 <= len(bare) <= _LINE_LENGTH or re.search(r"[，。；：、,;:!！?？…\d]", bare):
            return False
        after = next(iter(following), None)
        return (
            after is not None
            and not after.table
            and after.begins_line
            and bool(re.search("[，。；]", self.source.text[slice(*after.text)]))
        )

    def _add_heading(self, piece: SourcePiece, form: str, *, top: bool = False) -> None:
        report = self.reports[-1]
        forms = [node.form for node in self.stack]
        if form in forms:
            self.stack = self.stack[: forms.index(form)]
        elif top and form == "line":
            self.stack = []
        elif form.startswith("style"):
            outer = [at for at, one in enumerate(forms) if one.startswith("style") and one > form]
            self.stack = self.stack[: outer[0]] if outer else self.stack
        node = TreeNode(form, 0, (piece.text[0], piece.text[0]), piece.text)
        (self.stack[-1].children if self.stack else report.nodes).append(node)
        self.stack.append(node)
