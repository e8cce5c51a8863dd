"""The way back: a bulletin that was made as a Word document is imported again, with the same records.

What a report on paper does not carry can't come back, and is not compared:

- slugs, ids, codes of indicators, dates of work, persons, sources, waivers, outcomes, and all that only the site shows
- the titles of overviews, whose texts stand below the report's title without a heading; several come back as one
- topics of problems, proposals and plans, which stand below headings of their own
- labels of figures that the words tell: import finds such figures in the words, and names them by these; a figure that
  the words do not tell stands in a table below them, and comes back with label, value, unit and bound
- shares, ranks, changes, parts and doubts of such a figure, which stand in its row as a note
- the record that makes a promise: the half's promises stand in one table, and come back below its last plan
- the place of a table within a text: a draft has its tables below its paragraphs
- figures whose number the words tell of something else
- marks of Markdown: a list or a heading within a text comes back as paragraphs that begin with the same signs
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands import PROJECT
from gongbao.archive.filing import publish
from gongbao.git.history import History
from gongbao.importing.imports import import_source
from gongbao.importing.kinds_of_files import read_document
from gongbao.importing.record_files import RecordDraft
from gongbao.importing.whose import Asked
from gongbao.manuscripts.document_cache import WORD
from gongbao.manuscripts.manuscript import document_pages, manuscript_of
from gongbao.problems.problem import errors
from gongbao.problems.text_report import report
from gongbao.publishing.publication import Publishing
from gongbao.reading.content import Content, read_all
from gongbao.reading.disk import read_content
from gongbao.records.periods import Period
from gongbao.records.record import Record
from gongbao.rendering.edition import make_edition
from gongbao.text.untold import untold_figures
from gongbao.word.document import document
from small_archives import COMPILED, LISTS, Files, record, tree_of

KINDS = ("done", "problem", "proposal", "plan")
OWN_TABLES = (("名目", "数值"), ("计划事项", "期限"))  # of figures and promises, which the words do not tell


def reports_of(content: Content) -> Iterator[tuple[str, bytes, Sequence[Record]]]:
    """Yield the unit and period of each unit's document, its bytes, and the records that it shows."""
    published = publish(content.records, content.vocabulary, preview=False)
    edition = make_edition(Publishing(published), "", (), History(), (PROJECT / COMPILED).parent)
    pages = {name: page for name, page in document_pages(edition, WORD).items() if name.startswith("units/")}
    rendered = edition.renderer.render_all([*pages.values()])
    for (name, page), one in zip(pages.items(), rendered, strict=True):
        _, unit, period, _ = name.split("/")
        records = [record for record in published.records if (record.unit, record.period.id) == (unit, period)]
        yield f"{unit} {period}", document(manuscript_of(page, one, edition, lambda _: b"")), records


def hold_the_way_back(content: Content) -> float:
    """Make the documents of a content folder, import them, and compare.

    Returns the share that came back, with value, unit and bound, of the figures that the words tell.
    """
    told = right = 0
    for name, data, records in reports_of(content):
        found = import_source(read_document(data, "a.docx"), content.vocabulary, {}, Asked())
        (again,) = found.reports
        assert f"{again.whose.unit} {again.whose.period.id}" == name
        assert found.account.missing == 0
        drafts = [one for one in again.drafts if one.kind != "overview"]
        ours = [one for one in records if one.kind != "overview"]
        if any(one.kind == "plan" for one in ours) or not any(one.commitments for one in ours):
            assert Counter(one.title for one in drafts) == Counter(_bare_title(one) for one in ours)
        overviews = "".join(_words(_text(one)) for one in again.drafts if one.kind == "overview")
        for one in records:
            if one.kind == "overview":
                assert _words(one.text) in overviews
        for one in ours:
            same = [
                draft
                for draft in drafts
                if draft.title == _bare_title(one) and _words(_text(draft)) == _words(one.text)
            ]
            assert same, (one.title, one.text, [_text(draft) for draft in drafts if draft.title == one.title])
            assert one.kind in {draft.kind for draft in same}
            if one.kind == "done":
                assert one.topic in {draft.topic for draft in same}
                there, back = max(_figures_held(draft, one, content) for draft in same)
                told, right = told + there, right + back
        promised = [(one.text, one.due) for draft in again.drafts for _, one in draft.promises]
        commitments = [commitment for record in records for commitment in record.commitments]
        due = [(one.text, one.due.id if isinstance(one.due, Period) else one.due.text) for one in commitments]
        assert Counter(promised) == Counter(due)
    return right / told if told else 1


def _bare_title(one: Record) -> str:
    return " ".join(one.title.split())


def _text(draft: RecordDraft) -> str:
    """The text of a draft: its paragraphs and its tables but those of facts."""
    tables = [rows for rows in draft.tables if rows[0][:2] not in OWN_TABLES]
    return "".join([*draft.paragraphs, *(cell for rows in tables for row in rows for cell in row)])


def _words(text: str) -> str:
    """A text without white space and without the marks of Markdown, but with every other sign."""
    shown = re.sub(r"\[([^]]*)\]\([^)]*\)|^\|[-:| ]+\|$|^(?:[-*>]|#+) ", r"\1", text, flags=re.M)
    return re.sub(r"[\s|•●·\\*]", "", shown)


def _figures_held(draft: RecordDraft, one: Record, content: Content) -> tuple[int, int]:
    """How many figures of a record the words tell, and how many of these a draft has. It has all the others."""
    found = {(figure.number.value, figure.number.unit, figure.number.bound) for figure in _every(draft.figures)}
    named = {(figure.label, figure.number.value, figure.number.unit, figure.number.bound) for figure in draft.figures}
    there = right = 0
    untold = untold_figures(one, content.vocabulary)
    for figure in one.figures:
        if figure.value is None:
            continue
        fact = figure.value, figure.unit or "", figure.bound or "exact"
        if figure not in untold:
            there, right = there + 1, right + (fact in found)
        elif figure.label:
            assert (figure.label, *fact) in named, (figure, named)
    return there, right


def _every(figures: Sequence[Any]) -> Iterator[Any]:
    for one in figures:
        yield one
        yield from one.among


# ---- the seed ----


@pytest.mark.slow
def test_the_bulletins_of_the_site_come_back() -> None:
    content = read_all(read_content(PROJECT / "content"))
    assert hold_the_way_back(content) >= 0.9


# ---- any small half ----

BOUNDS = {"exact": "", "nearly": "近", "at-least": "超过", "about": "约"}
SENTENCES = st.sampled_from(
    [
        "走访了职工，送去了米和油。",
        "下半年，还要接着做。",
        "一、先摸清底数；二、再分头上门。",
        "存在的问题是人手不够。",
        "一是建了群；二是订了制度。",
        "总之，职工满意。",
        "“五好”工会（试点）做得好：",
        "工作总结",
        "组织建设",
    ]
)
BLOCKS = st.one_of(
    SENTENCES,
    st.lists(SENTENCES, min_size=1, max_size=3).map(
        lambda items: "\n".join(["做法：\n", *(f"- {item}" for item in items)])
    ),
    st.lists(SENTENCES, min_size=1, max_size=3).map(
        lambda items: "步骤：\n\n" + "\n".join(f"{at}. {item}" for at, item in enumerate(items, 1))
    ),
)
TABLES = st.lists(SENTENCES, min_size=1, max_size=2).map(
    lambda items: "\n".join(["| 项目 | 情况 |", "| --- | --- |", *(f"| 某项 | {item} |" for item in items)])
)
TITLES = st.sampled_from(
    [
        "走访职工",
        "办球赛，练队伍",
        "“六个一”活动",
        "下半年打算",
        "存在的问题",
        "建会3家",
        "抓组织建设、促规范",
        "A & B <组>",
        "查补漏洞：四步走",
    ]
)
AMOUNTS = st.decimals(4, 99_999, places=2, allow_nan=False, allow_infinity=False).map(
    lambda one: f"{one.normalize():f}"
)
DUES = st.sampled_from(["2014-h2", "2014-09", "2014-10-01", "2015-h1", "2014-year"])


@st.composite
def halves(draw: st.DrawFn) -> Files:
    """A half of one or two units, with records of all kinds."""
    files: dict[str, Any] = {}
    folder = draw(st.sampled_from(["2014/h1", "2014/h2", "2014/year", "undated/h2"]))
    for at in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from((*KINDS, "done", "overview")))
        unit = draw(st.sampled_from(["town", "village"]))
        blocks = draw(st.lists(BLOCKS, min_size=1, max_size=4))
        fields: dict[str, Any] = {"title": f"{draw(TITLES)}之{'甲乙丙丁戊己'[at]}", "unit": unit, "order": at + 1}
        fields |= {} if kind == "done" else {"kind": kind}
        fields["topics"] = None if kind == "overview" else [draw(st.sampled_from(["aid", "activities", "organizing"]))]
        if kind == "done":
            figures = []
            for number, value in enumerate(draw(st.lists(AMOUNTS, max_size=3, unique=True))):
                bound, label = draw(st.sampled_from([*BOUNDS])), f"名目{HAN[number]}"
                unit_of = draw(st.sampled_from(["元", "万元", "人", "户", "场"]))
                figures.append(
                    {"label": label, "value": value, "unit": unit_of} | ({} if bound == "exact" else {"bound": bound})
                )
                if draw(st.booleans()):
                    blocks.append(f"{label}{BOUNDS[bound]}{value}{unit_of}。")
            fields |= {"figures": figures} if figures else {}
        blocks += [] if kind == "overview" else draw(st.lists(TABLES, max_size=1))
        if kind == "plan":
            promises = [
                {"id": f"p{number}", "text": f"{draw(TITLES)}第{HAN[number]}项", "due": draw(DUES)}
                for number in range(draw(st.integers(0, 3)))
            ]
            fields |= {"commitments": promises} if promises else {}
        files[f"{folder}/r{at}.md"] = record("\n\n".join(blocks) + "\n", **fields)
    return files


HAN = "甲乙丙"


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(halves())
def test_any_bulletin_comes_back(files: Mapping[str, Any]) -> None:
    content = read_all(tree_of({**LISTS, **files}))
    assert not errors(content.problems), report(content.problems, "en")
    assert hold_the_way_back(content) == 1
