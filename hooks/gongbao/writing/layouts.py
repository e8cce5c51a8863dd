"""The records of a half laid out: what a unit usually reports, and the promises that are due."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..archive.derived import Derived
from ..archive.filing import Archive, Promise
from ..archive.ledger import as_period
from ..archive.points import Point
from ..importing.naming import is_taken
from ..problems.catalogue import label
from ..problems.names import KindName
from ..records.fields import TITLE_LIMIT
from ..records.periods import Period
from ..records.record import Record
from ..records.scalars import scalar
from ..records.vocabulary import Vocabulary
from ..text.display import period_title, quantity
from .blank_records import BlankFigure, BlankRecord, last_words
from .new_records import NAME_LIMIT, TakenPaths, is_open, period_after

_LAST = 2  # periods that tell what is usual: a first and a second half
_KINDS: Sequence[KindName] = ("overview", "done", "problem", "proposal", "plan")  # as reports have them

_KindAndTopic = tuple[KindName, str]  # the kind and the main topic of a record; an overview may have none


@dataclass(frozen=True, slots=True)
class BulletinLayout:
    """The records to be written, and of how many usual ones and promises due the period has a record already."""

    blanks: tuple[BlankRecord, ...]
    kept: int
    told: int


def laid_out(derived: Derived, unit: str, period: Period, taken: TakenPaths, texts: Iterable[str]) -> BulletinLayout:
    """Lay out a unit's records of a period: one for each kind and topic that its last two periods had.

    What the period has already is left out: kinds and topics of its records, files of the same name, and promises
    that one of its ``texts`` names. Promises whose record is there get a record of their own.
    """
    archive = derived.archive
    there = {_place(record) for record in archive.of_unit(unit).get(period, ())}
    folder = period.folder
    usual = _usual(derived, unit, period)
    new = [one for one in usual if one not in there and not is_taken(folder, _slug(one, unit, archive), taken.paths)]
    due = [one for one in archive.promises if one.record.unit == unit and is_open(one) and _is_due(one, period)]
    named = "\n".join(texts)
    untold = [one for one in due if not _is_named(one, named)]
    waiting: dict[_KindAndTopic, list[Promise]] = defaultdict(list)
    for promise in untold:
        waiting["done" if promise.topic else "overview", promise.topic or ""].append(promise)
    figures = _figures(derived, unit, period)

    def blank(place: _KindAndTopic, *, outcomes: bool) -> BlankRecord:
        kind, topic = place
        slug = _slug(place, unit, archive) + ("-outcomes" if outcomes else "")
        return BlankRecord(
            taken.take(period, slug),
            _title(place, period, archive.vocabulary, outcomes=outcomes),
            unit,
            (topic,) if topic else (),
            kind,
            () if outcomes else tuple(figures.get(place, ())),
            tuple(waiting.pop(place, ())),
            period_after(period),
        )

    blanks = [blank(place, outcomes=False) for place in new]
    blanks += [blank(place, outcomes=True) for place in [*waiting]]
    return BulletinLayout(tuple(blanks), len(usual) - len(new), len(due) - len(untold))


def _place(record: Record) -> _KindAndTopic:
    return record.kind, record.topic or ""


def _usual(derived: Derived, unit: str, period: Period) -> list[_KindAndTopic]:
    """Return the kinds and topics of a unit's last periods before this one: halves before a half, else years.

    Undated ones come before all others.
    """
    records = derived.archive.of_unit(unit)
    before = [one for one in records if one.order < period.order]
    alike = [one for one in before if (one.part == "year") == (period.part == "year")] or before
    found = {_place(record) for one in alike[-_LAST:] for record in records[one]}
    topics = derived.archive.vocabulary.topics
    return sorted(found, key=lambda one: (_KINDS.index(one[0]), topics.place(one[1]) if one[1] else -1))


def _is_due(promise: Promise, period: Period) -> bool:
    """Whether a promise is due in a period or before it."""
    due = as_period(promise.carried_to[-1] if promise.carried_to else promise.commitment.due)
    return due is not None and (due == period or due.ended_by(period))


def _is_named(promise: Promise, text: str) -> bool:
    """Whether a text has the reference of a promise, by its record's id or an earlier one."""
    ids = "|".join(map(re.escape, (promise.record.id, *promise.record.aliases)))
    return re.search(rf"(?:{ids})#{re.escape(promise.commitment.id)}(?![\w-])", text, re.IGNORECASE) is not None


def _figures(derived: Derived, unit: str, period: Period) -> Mapping[_KindAndTopic, list[BlankFigure]]:
    """Return the figures that a unit has reported before a period, each where it was reported last."""
    found: dict[_KindAndTopic, list[BlankFigure]] = defaultdict(list)
    for indicator in derived.measured:
        points = derived.series.get((indicator.slug, unit), ())
        before = [one for one in points if one.period.order < period.order]
        if before:
            found[_place(before[-1].record)].append(_figure(before[-1], derived.archive.vocabulary))
    return found


def _figure(point: Point, vocabulary: Vocabulary) -> BlankFigure:
    language = vocabulary.language
    said = str(quantity(point.printed, point.bound, point.unit, language))
    parts = {"indicator": scalar(point.figure.indicator or ""), "value": "", "unit": scalar(point.unit)}
    return BlankFigure(parts, last_words(said, period_title(point.period, language), language))


def _slug(place: _KindAndTopic, unit: str, archive: Archive) -> str:
    """Return the slug of a laid out record: its unit, where there are several, its topic and kind."""
    kind, topic = place
    words = [unit] if archive.has_units else []
    words += [topic] if topic else []
    return "-".join([*words, "work" if kind == "done" else kind])[: NAME_LIMIT - len("-outcomes")].strip("-")


def _title(place: _KindAndTopic, period: Period, vocabulary: Vocabulary, *, outcomes: bool) -> str:
    """Return a title that a writer changes into what was done."""
    kind, topic = place
    about = kind if not outcomes else "outcomes"
    when = (period_after(period) or period) if kind == "plan" else period
    values = {
        "period": period_title(when, vocabulary.language),
        "topic": vocabulary.topic_title(topic) if topic else "",
    }
    return label(f"new-title-{about}", vocabulary.language, **values)[:TITLE_LIMIT].strip()
