"""Bulletins that this program made as Word documents, read again: the styles of their headings tell every matter.

In: the lines of such a document. Out: the same tree that any other report becomes, and what its tables tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..problems.catalogue import label
from ..records.date_guesses import likely_date
from ..records.loose_numbers import read_loosely
from .documents import DocumentLine, SourceText
from .marks import mark_at_start
from .number_words import SourceNumber, numbers_of
from .promises import DraftPromise
from .report_nodes import ReportTree, TreeNode
from .told_figures import DraftFigure

OWN_FORM = "record"  # the form of a node that is a record's
_CHAPTER, _RECORD = 1, 2  # the levels of headings; those below belong to a record's text
_OPENING = re.compile(r"现将.+报告如下。$")
_DUE = re.compile(r"(?:(?P<year>\d{4})年|年份不详 · )(?P<part>上半年|下半年|全年)$")
_PARTS = {"上半年": "h1", "下半年": "h2", "全年": "year"}
_FIGURES = (label("figure", "zh"), label("value", "zh"))
_PROMISES = (label("commitment", "zh"), label("due", "zh"))
_CLOSES = label("report-closes", "zh")  # the chapter of overviews behind everything else
_TARGET = re.compile(rf" {re.escape(label('target', 'zh').partition('{')[0])}(?P<target>.*)$")


def own_report(source: SourceText) -> ReportTree:
    """Return the report that a bulletin's document tells. The words around its matters stand with the signature."""
    report = ReportTree(opening=TreeNode("opening"))
    holder, opened, closing, table = report.opening, False, False, 0
    for line in _whole_paragraphs(source.lines):
        text, span = source.of(line), (line.start, line.end)
        if line.table:
            if line.table != table:
                holder.tables.append([])
            holder.tables[-1].append(span)
        elif line.level == 0:
            report.titles.append(span)
        elif line.level == _CHAPTER and text[_mark_length(text) :].strip() == _CLOSES:
            holder, closing = report.opening, True
            report.signature.append(span)
        elif line.level == _RECORD and closing:
            holder.paragraphs.append(span)  # the title of an overview
        elif line.level in (_CHAPTER, _RECORD):
            closing = False
            middle = line.start + _mark_length(text)
            holder = TreeNode(OWN_FORM, 0, (line.start, middle), (middle, line.end))
            within = report.nodes[-1].children if line.level == _RECORD and report.nodes else report.nodes
            within.append(holder)
        elif line.around or (not opened and holder is report.opening and _OPENING.match(text)):
            report.signature.append(span)
            opened = opened or not line.around
        else:
            holder.paragraphs.append(span)
        table = line.table
    return report


def _mark_length(text: str) -> int:
    found = mark_at_start(text)
    return found.end() if found else 0


def _whole_paragraphs(lines: Sequence[DocumentLine]) -> Iterator[DocumentLine]:
    """Yield each paragraph as one line, its soft breaks within."""
    before: DocumentLine | None = None
    for line in lines:
        if before and line.soft:
            before = DocumentLine(before.start, line.end, before.level, around=before.around)
            continue
        if before:
            yield before
        before = line
    if before:
        yield before


def is_figure_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table is one of figures, as documents have it."""
    return tuple(rows[0][:2]) == _FIGURES


def figures_of_own_table(rows: Sequence[Sequence[str]]) -> Iterator[DraftFigure]:
    """Yield the figures of a table of figures that have a value."""
    for row in rows[1:]:
        if loose := read_loosely(row[1]):
            number = SourceNumber(-1, -1, row[1], loose.value, loose.measure, loose.bound, "value")
            yield DraftFigure(number, row[0], " ".join(row))


def promises_of_own_table(rows: Sequence[Sequence[str]]) -> Iterator[DraftPromise]:
    """Yield the promises of a table of promises; those that an earlier half made are left out."""
    if tuple(rows[0][:2]) != _PROMISES:
        return
    for text, due, *_ in rows[1:]:
        if label("carried-over", "zh") not in due:
            found = _TARGET.search(text)
            told = numbers_of(text, found.span("target")) if found else []
            target = next((replace(one, start=-1) for one in reversed(told) if one.unit), None)  # in no paragraph
            yield DraftPromise(text[: found.start()] if found else text, _due(due), target)


def _due(words: str) -> str:
    """Return when a promise is due: the id of a period, or a date."""
    found = _DUE.match(words)
    return f"{found['year'] or 'undated'}-{_PARTS[found['part']]}" if found else likely_date(words)[0] or words
