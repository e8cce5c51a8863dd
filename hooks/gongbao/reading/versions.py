"""The versions of the records, made of what git tells of their files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..git.past import Past
from ..records.record import Record
from ..records.version import Version
from ..records.vocabulary import Vocabulary
from .file_lives import FileState, blob_name, file_lives
from .holding import FetchBlobs, Holding
from .old_texts import Judge, OldText, OldTexts, TextReader, text_key

Versions = Mapping[str, tuple[Version, ...]]  # the versions of each record, by its path


def read_versions(
    past: Past,
    holding: Holding,
    records: Sequence[Record],
    files: Mapping[str, bytes],
    vocabulary: Vocabulary,
    fetch: FetchBlobs,
    known: OldTexts,
    judge: Judge,
) -> tuple[Versions, OldTexts]:
    """Return the versions of all records that are published, and the old texts for the next call (``known``).

    ``files`` are the bytes of the files in ``content/``. A text counts as published from the commit on at which its
    record was no draft and ``periods.yml``, as it was then, held nothing back. The list of published addresses may be
    kept or not, so that it never changes a version's number.
    """
    if past.missing or not vocabulary.usable:
        return {}, OldTexts()
    lives = file_lives(past, records)
    published: list[tuple[Record, Sequence[FileState]]] = []
    for record in records:
        if record.draft or vocabulary.holds_back(record.period):
            continue
        life: Sequence[FileState] = lives.get(record.content_path, ())
        blob = blob_name(files[record.content_path], life[-1].blob if life else "")
        if not life or life[-1].blob != blob:
            life = [*life, FileState(len(past.days), record.content_path, blob)]
        published.append((record, life))
    old = ((record, state) for record, life in published for state in life[:-1])
    blobs = fetch(
        sorted({state.blob for record, state in old if text_key(record, state, vocabulary) not in known.texts})
    )
    found: dict[str, tuple[Version, ...]] = {}
    texts: dict[bytes, OldText] = {}
    said: dict[bytes, bytes] = {}
    for record, life in published:
        reader = TextReader(record, vocabulary, blobs, known, judge)
        made = _versions(record, life, past, holding, reader)
        found[record.path] = tuple(map(_without_text, made) if record.withdrawn else made)
        if not record.is_purged:
            texts |= reader.texts
            said |= reader.said
    return found, OldTexts(texts, said)


def _versions(
    record: Record, life: Sequence[FileState], past: Past, holding: Holding, reader: TextReader
) -> Iterator[Version]:
    """Yield the versions of a published record: each text that was published and says something else than the last."""
    number, said = 0, None
    ends = [*(state.commit for state in life[1:]), len(past.days) + 1]
    for state, end in zip(life, ends, strict=True):
        commit = holding.published(record.period, state.commit, end)
        last = state is life[-1]
        text = OldText(record) if last else reader.read(state)
        if not last and (commit is None or (text.record and text.record.draft)):
            continue
        says = reader.says(state, text.record) if len(life) > 1 and text.record else None
        if number and says is not None and says == said:
            continue
        number, said = number + 1, says
        at = state.commit if commit is None else commit
        yield Version(number, past.days[at] if at < len(past.days) else "", at, text.record, text.unshown)


def _without_text(version: Version) -> Version:
    """Return a version of a withdrawn record: its number and day stay, its text is shown nowhere."""
    return replace(version, record=None, unshown="withdrawn")
