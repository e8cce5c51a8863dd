"""What a record says, field by field, as plain text: by this, two versions of it are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..records.quantities import Figure
from ..records.record import Commitment, Correction, Outcome, Record, Source
from ..records.vocabulary import Vocabulary
from .display import date_title, due_title, kind_title, status_title
from .figure_views import figure_view, measured_name, outcome_quantity, target_quantity
from .fills import filled
from .stripped import plain_text

_BLOCK_ENDS = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a record says: the name of the field, in English, and its text."""

    field: str
    text: str


def statements(record: Record, vocabulary: Vocabulary) -> tuple[Statement, ...]:
    """Return everything that readers read of a record, in the order of its page; of a withdrawn one its tombstone.

    Topics, order and the like, which say where a record stands, are no statements. Raises RecursionError for a text
    that is nested hundreds of levels deep.
    """
    told = _of_tombstone(record) if record.withdrawn else _told(record, vocabulary)
    return tuple(Statement(field, " ".join(text.split())) for field, text in told if text and text.strip())


def said_by(said: Iterable[Statement]) -> Sequence[tuple[str, str]]:
    """Return statements without white space, which is no part of what they say."""
    return [(one.field, "".join(one.text.split())) for one in said]


def _of_tombstone(record: Record) -> Iterator[tuple[str, str]]:
    yield "title", record.title
    if record.withdrawn:
        yield "withdrawn", record.withdrawn.reason


def _told(record: Record, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    language = vocabulary.language
    yield "title", record.title
    yield "unit", vocabulary.unit_title(record.unit)
    if not record.is_work:
        yield "kind", kind_title(record.kind, language)
    if record.date:
        yield "date", date_title(record.date, language)
    if record.dating:
        yield "dating", f"{record.dating.evidence or ''} {' '.join(map(str, record.dating.candidates))}"
    yield "summary", record.summary or ""
    yield from (("body", plain_text(block)) for block in _BLOCK_ENDS.split(filled(record, vocabulary)))
    yield from (("figures", _figure(figure, vocabulary)) for figure in record.figures)
    yield from (("commitments", _commitment(one, vocabulary)) for one in record.commitments)
    yield from (("outcomes", _outcome(one, vocabulary)) for one in record.outcomes)
    yield from (("source", _source(one, vocabulary)) for one in record.source)
    yield from (("corrections", _correction(one, vocabulary)) for one in record.corrections)


def _figure(figure: Figure, vocabulary: Vocabulary) -> str:
    view = figure_view(figure, vocabulary)
    notes = "；".join(filter(None, [*view.notes, view.doubt]))
    return f"{view.name}：{view.quantity or '—'}{f'（{notes}）' if notes else ''}"


def _commitment(commitment: Commitment, vocabulary: Vocabulary) -> str:
    target = commitment.target
    promised = f"{measured_name(target, vocabulary)} {target_quantity(target, vocabulary)}" if target else ""
    return "，".join(filter(None, [commitment.text, due_title(commitment.due, vocabulary.language), promised]))


def _outcome(outcome: Outcome, vocabulary: Vocabulary) -> str:
    due = due_title(outcome.due, vocabulary.language) if outcome.due else ""
    value = str(outcome_quantity(outcome, None, vocabulary) or "")
    said = [f"{outcome.commitment}：{status_title(outcome.status, vocabulary.language)}", value, due, outcome.note]
    return "，".join(filter(None, said))


def _source(source: Source, vocabulary: Vocabulary) -> str:
    known = vocabulary.sources.find(source.ref) if source.ref else None
    title = source.title or (known.title.text(vocabulary.language) if known else "")
    return "，".join(filter(None, [title, source.section, source.url, source.note]))


def _correction(correction: Correction, vocabulary: Vocabulary) -> str:
    was, instead = (getattr(correction, said) for said in ("was", "now"))
    changed = f"（{was} → {instead}）" if was and instead else ""
    return f"{date_title(correction.date, vocabulary.language)} {correction.text}{changed}"
