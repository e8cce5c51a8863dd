"""A record's own page."""

from __future__ import annotations

from dataclasses import dataclass

from ..archive import addresses
from ..archive.derived import Derived
from ..records.record import Record, Source
from ..records.vocabulary import Vocabulary
from .page import Page, View, period_crumbs, year_of


@dataclass(frozen=True)
class SourceLine:
    """The source of a record's facts: a document's title and address, and the place in it."""

    title: str
    url: str
    section: str
    note: str


def _source_line(source: Source, vocabulary: Vocabulary) -> SourceLine:
    """Return a record's source, completed from the list of sources."""
    known = vocabulary.sources.find(source.ref) if source.ref else None
    url = source.url or (known.url if known else None) or ""
    title = source.title or (known.title.text(vocabulary.language) if known else "")
    return SourceLine(title or url, url, source.section or "", source.note or "")


def record_page(derived: Derived, record: Record) -> Page:
    """Return a record's own page, or the tombstone of a withdrawn one."""
    archive, ledger = derived.archive, derived.ledger
    language = archive.vocabulary.language
    crumbs = period_crumbs(archive, record.period)
    versions = archive.versions.get(record.path, ())
    if record.withdrawn:
        address, title = addresses.record(record), record.title
        shown = {"record": record, "versions": versions}
        return Page(address, "withdrawn.html", title, lambda: shown, crumbs=crumbs, records=(record,))
    if record.topic:
        topic = archive.vocabulary.topics[record.topic]
        where = addresses.topic_of_period(record.period, topic.slug)
        crumbs = (*crumbs, (topic.title.text(language), where))

    def view() -> View:
        before, after = archive.beside(record)
        answered = [
            (outcome, archive.promises_by_id.get(archive.promise_key(outcome.commitment)))
            for outcome in record.outcomes
        ]
        return {
            "record": record,
            "before": before,
            "after": after,
            "promises": [(promise, ledger.status(promise)) for promise in archive.promises_of([record])],
            "answered": answered,
            "unpublished": archive.is_held_back(record.period),
            "attachments": [
                (addresses.attachment_name(path), addresses.attachment(record, path)) for path in record.attachments
            ],
            "sources": [_source_line(source, archive.vocabulary) for source in record.source],
            "cited_year": year_of(record.date, record.period),
            "versions": versions,
        }

    return Page(
        addresses.record(record),
        "record.html",
        record.title,
        view,
        record.summary or record.title,
        crumbs,
        source=record.path,
        records=(record,),
        full=True,
        kind="record",
    )
