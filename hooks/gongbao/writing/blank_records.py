"""New records as files: their fields are set, figures and outcomes stand as comments, a note keeps the text's place.

Until the note is deleted, the record can't leave ``draft`` (`checks.open_notes`). A comment of YAML becomes a field
once the ``# `` at the beginning of its line is deleted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..archive.filing import Promise
from ..importing.record_files import in_one_line, note_line
from ..problems.catalogue import Language, label
from ..problems.names import FIELDS, KINDS, STATUSES, KindName
from ..records.canonical import canonical_fields
from ..records.loose_figures import braced
from ..records.periods import Period
from ..records.scalars import scalar
from ..records.vocabulary import Vocabulary
from ..text.display import due_title
from ..text.figure_views import target_quantity


@dataclass(frozen=True, slots=True)
class BlankFigure:
    """A figure to be filled in: its fields as YAML, by their English names, and what it was last time, in words."""

    fields: Mapping[str, str]
    last: str


@dataclass(frozen=True, slots=True)
class BlankRecord:
    """A new record. ``path`` is that of its file in ``content/``; ``waiting`` are promises whose outcome it tells.

    ``due`` is when the promises of a plan are due, as far as that is known.
    """

    path: str
    title: str
    unit: str
    topics: tuple[str, ...]
    kind: KindName
    figures: tuple[BlankFigure, ...] = ()
    waiting: tuple[Promise, ...] = field(default=(), repr=False)
    due: Period | None = None


def last_words(said: str, period: str, language: Language) -> str:
    """Return what a figure was last time: what it said, and for which period."""
    return label("new-last", language, value=said, period=period)


def blank_text(blank: BlankRecord, vocabulary: Vocabulary) -> str:
    """Return the file of a new record: Markdown with front matter, in the site's language."""
    language = vocabulary.language
    fields = "\n".join(_fields(blank, vocabulary))
    made, _ = canonical_fields(fields)
    lines = ["---", made or fields, "---", "", note_line(label("new-write", language))]
    for promise in blank.waiting:
        statuses = "、".join(chinese[0] for chinese in STATUSES.values()) if language == "zh" else ", ".join(STATUSES)
        values = {"text": in_one_line(promise.commitment.text), "id": promise.id, "statuses": statuses}
        lines += ["", note_line(label("new-outcome", language, **values))]
    return "\n".join(lines) + "\n"


def _fields(blank: BlankRecord, vocabulary: Vocabulary) -> Iterator[str]:
    chinese = vocabulary.language == "zh"

    def named(name: str) -> str:
        return FIELDS[name][0] if chinese else name

    yield f"{named('title')}: {scalar(blank.title)}"
    yield f"{named('unit')}: {scalar(blank.unit)}"
    if blank.topics:
        topics = [scalar(topic) for topic in blank.topics]
        yield f"{named('topics')}: {topics[0] if len(topics) == 1 else '[' + ', '.join(topics) + ']'}"
    if blank.kind != "done":
        yield f"{named('kind')}: {KINDS[blank.kind][0] if chinese else blank.kind}"
    if blank.figures:
        yield f"# {named('figures')}:"
        for figure in blank.figures:
            last = f"  # {in_one_line(figure.last)}" if figure.last else ""
            yield f"#   - {braced(figure.fields, chinese=chinese)}{last}"
    if blank.kind == "plan":
        yield f"# {named('commitments')}:"
        due = blank.due.id if blank.due else ""
        yield f"#   - {braced({'id': '', 'text': '', 'due': due}, chinese=chinese)}"
    if blank.waiting:
        yield f"# {named('outcomes')}:"
        for promise in blank.waiting:
            yield f"#   - {_outcome(promise, chinese=chinese)}  # {_promised(promise, vocabulary)}"
    yield f"{named('draft')}: {'是' if chinese else 'true'}"


def _outcome(promise: Promise, *, chinese: bool) -> str:
    """Return the outcome of a promise as an item of a list, without what is to be filled in."""
    parts = {"commitment": scalar(promise.id), "status": ""}
    if target := promise.commitment.target:
        parts |= {"value": ""} | ({"unit": scalar(target.unit)} if target.unit else {})
    return braced(parts, chinese=chinese)


def _promised(promise: Promise, vocabulary: Vocabulary) -> str:
    """Return in one line what was promised, for when, and how much of it."""
    language: Language = vocabulary.language
    due = promise.carried_to[-1] if promise.carried_to else promise.commitment.due
    said = [in_one_line(promise.commitment.text), label("new-due", language, due=due_title(due, language))]
    if target := promise.commitment.target:
        said.append(label("figure-target", language, value=target_quantity(target, vocabulary)))
    return ("；" if language == "zh" else "; ").join(said)
