"""Drafts as files: few fields, in Chinese, and the text of the source below them, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..problems.catalogue import Language
from ..problems.names import FIELDS, KINDS, KindName
from ..records.line_slips import END_SIGNS
from ..records.loose_figures import amount_of, bounded, braced
from ..records.scalars import scalar
from .documents import SourcePicture
from .doubts import Doubt
from .number_words import SourceNumber
from .promises import DraftPromise
from .told_figures import DraftFigure, balanced, named

_NAME = 24  # signs of a target's name
ORIGIN = "# 导入自"  # the comment that says of which source a file is, and names its text
_NEEDS_ESCAPE = re.compile(r"<(?=[A-Za-z/!?])|&(?=#?\w+;)|\\(?=[!-/:-@\[-`{-~]|$)|\{\{|~~")
_PAIRED = re.compile(r"[*_`]")
_LINE_START = re.compile(r"^(?:(#{1,6}|>|[-+*=|:~])(?=\s|$|[-=|:~#>])|(\d+)([.)])(?=\s))")


@dataclass(frozen=True, slots=True)
class RecordDraft:
    """A draft of a record: its place, what its fields say, its text, and what a person must look at."""

    path: str
    digest: str
    origin: str
    title: str
    unit: str
    kind: KindName
    topic: str
    order: int
    date: str
    evidence: tuple[Doubt, ...]
    source: Mapping[str, str]
    figures: tuple[DraftFigure, ...]
    promises: tuple[tuple[str, DraftPromise], ...]
    instalments: frozenset[str]
    paragraphs: tuple[str, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]
    pictures: tuple[SourcePicture, ...]
    notes: tuple[Doubt, ...]


def file_text(draft: RecordDraft, language: Language) -> str:
    """Return the file of a draft: Markdown with front matter in canonical form, its notes in the site's language."""
    return "\n".join(["---", *_fields(draft, language), "---", "", *_body(draft, language)]) + "\n"


def _fields(draft: RecordDraft, language: Language) -> Iterator[str]:
    yield f"{ORIGIN} {in_one_line(draft.origin)} · {draft.digest}"
    yield f"标题: {scalar(draft.title)}"
    yield f"单位: {scalar(draft.unit)}"
    if draft.topic:
        yield f"主题: {scalar(draft.topic)}"
    if draft.kind != "done":
        yield f"类别: {KINDS[draft.kind][0]}"
    if draft.date:
        yield f"日期: {draft.date}"
    if evidence := "；".join(one.said(language) for one in draft.evidence):
        yield f"断代: {{依据: 推定, 证据: {scalar(evidence)}}}"
    yield f"次序: {draft.order}"
    if draft.figures:
        yield "数据:"
        clause = ""
        for figure in draft.figures:
            if figure.clause != clause:
                yield f"  # 原文：{in_one_line(figure.clause)}"
                clause = figure.clause
            yield f"  - {figure_line(figure, instalment=figure.indicator in draft.instalments)}"
    if draft.promises:
        yield "计划事项:"
        for name, promise in draft.promises:
            yield f"  - {_promise_line(name, promise)}"
    yield "来源:"
    for name, text in draft.source.items():
        # Behind a place in a document, the reader takes a stop for a slip.
        yield f"  {FIELDS[name][0]}: {scalar(text, plain=name != 'section' or text[-1:] not in END_SIGNS)}"
    yield "草稿: 是"


def in_one_line(words: str) -> str:
    """Return words without line ends, as a comment must be."""
    return " ".join(words.split())


def figure_line(figure: DraftFigure, *, instalment: bool = False) -> str:
    """Return a figure as an item of a list, in braces."""
    number = figure.number
    parts = {"indicator": figure.indicator} if figure.indicator else {"label": scalar(figure.label)}
    share = number.unit == "%" and number.role in ("percent", "completion")
    if number.role == "rank":
        parts["rank"] = f"{number.value:f}"
    elif share:
        parts["completion" if number.role == "completion" else "percent"] = bounded(number.value, number.bound)
    elif number.role == "change":
        parts |= ({"unit": scalar(number.unit)} if number.unit else {}) | {
            "change": bounded(number.value, number.bound)
        }
    else:
        parts |= amount_of(number.value, number.bound, number.unit)
    if number.role != "rank" and not number.is_plain:
        parts["printed"] = scalar(in_one_line(number.printed))
    if figure.target:
        parts["target"] = bounded(figure.target.value, figure.target.bound)
    if figure.among:
        items = (_labelled(part.label, part.number) for part in figure.among)
        parts["parts" if figure.whole else "among"] = f"[{', '.join(items)}]"
    if instalment:
        parts["instalment"] = "是"
    return braced(parts)


def _labelled(label: str, number: SourceNumber) -> str:
    return braced({"label": scalar(label), **amount_of(number.value, number.bound, number.unit)})


def _promise_line(name: str, promise: DraftPromise) -> str:
    parts = {"id": name, "text": scalar(promise.text), "due": promise.due}
    number = promise.number
    if number and number.unit:
        clause = next((one for one in re.split("[，,；;]", promise.text) if number.printed in one), promise.text)
        bare = balanced(clause.replace(number.printed, "", 1)).strip("，。、：:的")
        parts["target"] = _labelled((bare if len(named(bare)) > 1 else promise.text)[:_NAME], number)
    return braced(parts)


def _body(draft: RecordDraft, language: Language) -> Iterator[str]:
    for at, paragraph in enumerate(draft.paragraphs):
        yield from ([""] if at else [])
        yield in_markdown(paragraph)
    for rows in draft.tables:
        yield ""
        yield from _table(rows)
    for name in picture_names(draft):
        yield ""
        yield f"![{draft.title}]({name})"
    for note in draft.notes:
        yield ""
        yield note_line(note.said(language))


def note_line(said: str) -> str:
    """Return the comment of a draft's text that a person must look at (`checks.open_notes`)."""
    return f"<!-- 待核: {said.replace('--', '—')} -->"


def picture_names(draft: RecordDraft) -> list[str]:
    """Return the names of a draft's pictures, beside its file."""
    return [f"picture-{at}{picture.ending}" for at, picture in enumerate(draft.pictures, 1)]


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    width = max(map(len, rows))
    for at, row in enumerate(rows):
        cells = [in_markdown(cell).replace("|", "\\|") for cell in row]
        yield f"| {' | '.join([*cells, *[''] * (width - len(cells))])} |"
        if at == 0:
            yield f"|{' --- |' * width}"


def in_markdown(text: str) -> str:
    """Return a text so that Markdown shows every sign of it; only signs that it would take for its own are escaped."""
    escaped = _NEEDS_ESCAPE.sub(_escape, text)
    if len(_PAIRED.findall(escaped)) > 1:
        escaped = _PAIRED.sub(r"\\\g<0>", escaped)
    return _LINE_START.sub(lambda found: f"\\{found[0]}" if found[1] else f"{found[2]}\\{found[3]}", escaped)


def _escape(found: re.Match[str]) -> str:
    return {"<": "\\<", "&": "&amp;", "\\": "\\\\", "{{": "{ {", "~~": "\\~~"}[found[0]]
