"""A document becomes drafts: its reports, their items, and for each what it tells. Nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..parallel import Progress
from ..records.vocabulary import Vocabulary
from .accounts import Account, NumberPlace, PlacedSpan, account_of
from .documents import SourceText
from .drafting import Drafting
from .persons import masked_names, named_persons
from .record_files import RecordDraft, file_text, picture_names
from .report_nodes import beginning_of
from .report_trees import reports_of
from .taken_names import TakenNames
from .whose import Asked, Whose, whose


@dataclass(frozen=True, slots=True)
class ImportedReport:
    """One report of a document: whose it is, and its drafts."""

    whose: Whose
    drafts: tuple[RecordDraft, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What a document became. ``files`` are new drafts by path, and ``pictures`` the files beside them.

    ``kept`` are the drafts that were imported before. ``changed`` are files that were imported from an earlier state of
    the same place in the source, each with the path of the draft that is not written; ``gone`` are files of matters
    that the source does not tell any more. ``persons`` are names beside hardship and the like; ``units`` the names, by
    slug, that the word list lacks.
    """

    source: SourceText
    reports: tuple[ImportedReport, ...]
    files: Mapping[str, str]
    pictures: Mapping[str, bytes]
    kept: tuple[str, ...]
    changed: Mapping[str, str]
    gone: tuple[str, ...]
    account: Account
    numbers: tuple[NumberPlace, ...]
    general: int
    persons: tuple[str, ...]
    units: Mapping[str, str]


def import_source(
    source: SourceText,
    vocabulary: Vocabulary,
    existing: Mapping[str, str],
    asked: Asked,
    progress: Progress | None = None,
    *,
    mask: bool = False,
) -> Imported:
    """Return what a document becomes. ``existing`` are the files of ``content/`` by path, which stay as they are.

    ``progress`` is told how many signs are read. With ``mask``, names of persons beside hardship and the like are
    replaced by signs.
    """
    persons = {source.text[slice(*span)] for span in named_persons(source.text)}
    if mask:
        source = replace(source, text=masked_names(source.text, persons))
    names = TakenNames.of(existing)
    reports: list[ImportedReport] = []
    placed: list[PlacedSpan] = []
    numbers: list[NumberPlace] = []
    general = 0
    before: Whose | None = None
    trees = reports_of(source)
    for at, tree in enumerate(trees):
        before = whose(tree, source, vocabulary, asked, before if tree.follows else None)
        begin = beginning_of(tree) if at else 0
        end = beginning_of(trees[at + 1]) if at + 1 < len(trees) else len(source.text) + 1
        here = tuple(one for one in source.pictures if begin <= one.at < end)
        drafts = Drafting(source, vocabulary, names, tree, before, here, progress)
        drafts.draft_all()
        reports.append(ImportedReport(before, tuple(drafts.drafts)))
        placed += drafts.placed
        numbers += drafts.numbers.places
        general += drafts.numbers.general
    if progress:
        progress("import-files", len(source.text), len(source.text))
    every = [draft for report in reports for draft in report.drafts]
    texts = {draft.path: file_text(draft, vocabulary.language) for draft in every}
    fresh = [draft for draft in every if draft.digest not in names.digests]
    kept = {names.digests[draft.digest] for draft in every if draft.digest in names.digests}
    changed = {path: draft.path for draft in fresh if (path := names.earlier(draft)) and path not in kept}
    new = {draft.path: texts[draft.path] for draft in fresh if draft.path not in changed.values()}
    pictures = {
        f"{draft.path.removesuffix('index.md')}{name}": picture.data
        for draft in fresh
        if draft.path in new
        for name, picture in zip(picture_names(draft), draft.pictures, strict=True)
    }
    before_this = set().union(*map(names.of_source, {draft.source["title"] for draft in every}))
    account = account_of(source, placed, texts)
    units = {slug: name for name, slug in names.units.items()}
    return Imported(
        source,
        tuple(reports),
        new,
        pictures,
        tuple(sorted(kept)),
        changed,
        tuple(sorted(before_this - kept - changed.keys())),
        account,
        tuple(numbers),
        general,
        tuple(sorted(persons)),
        units,
    )
