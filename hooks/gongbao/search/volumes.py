"""The volumes of the search's index, and the commonest letters in it.

A large archive is indexed in volumes of whole years, which the reader's browser joins: Pagefind takes a third of a
megabyte of memory a record while it works, and one volume is soon made again when one record changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from ..archive.filing import Archive
from ..records.record import Record
from .mirror import searched_texts
from .words import is_chinese

VOLUME = 1200  # records, the most that a volume has, unless a single year has more
SAMPLE = 250  # records that tell which letters are common
COMMON = 12  # letters, an eighth of a Chinese text, that are indexed with their neighbours: see `words.keys`


def volumes_of(archive: Archive, size: int) -> dict[str, Sequence[Record]]:
    """Return the records in volumes, the newest first, as results are listed; the first volume lies above the others.

    Years are put together from the oldest on, so that new records change only the newest volume.
    """
    volumes: list[list[Record]] = []
    newest_first = sorted(archive.records, key=lambda record: record.period.order, reverse=True)
    for _, year in groupby(reversed(newest_first), key=lambda record: record.period.year_name):
        records = [*year]
        if not volumes or len(volumes[-1]) + len(records) > size:
            volumes.append([])
        volumes[-1] += records
    ordered = [volume[::-1] for volume in reversed(volumes)]
    return {f"{volume[-1].period.year_name}/" if at else "": volume for at, volume in enumerate(ordered)}


def common_letters(archive: Archive, records: Sequence[Record]) -> str:
    """Return the commonest letters of some records' texts, the commonest first.

    An archive's are those of its oldest volume: there writers hardly ever change a record, and where the letters become
    others the whole index does.
    """
    counts: Counter[str] = Counter()
    for record in records[-SAMPLE:]:
        counts.update("".join(searched_texts(record, archive.vocabulary)))
    letters = sorted(filter(is_chinese, counts), key=lambda letter: (-counts[letter], letter))
    return "".join(letters[:COMMON])
