"""The volumes of the search's index, and the commonest letters in it.

A large archive is indexed in volumes of whole years, and the reader's browser joins them. Pagefind needs a third of a
megabyte of memory for each record while it works. When one record changes, only its volume is made again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from ..archive.filing import Archive
from ..records.record import Record
from .mirror import SearchText, search_text
from .words import is_chinese

VOLUME = 1200  # the most records in a volume; a volume of a single year may have more
SAMPLE = 250  # so many records are counted to find the common letters
COMMON = 12  # letters that are indexed with their neighbours, see `words.keys`: an eighth of a Chinese text


def volumes_of(archive: Archive, below: Sequence[SearchText], size: int) -> dict[str, Sequence[Record | SearchText]]:
    """Return the records in volumes, by their folder. Volumes and records stand newest first, as results do.

    Behind them come the texts of subordinates' sites, in volumes of their own.

    The newest volume lies in the folder of the index itself, the others in folders below it. Years are put together
    from the oldest on, so that new records change only the newest volume.
    """
    volumes: list[list[Record]] = []
    newest_first = sorted(archive.records, key=lambda record: record.period.order, reverse=True)
    for _, year in groupby(reversed(newest_first), key=lambda record: record.period.year_name):
        records = [*year]
        if not volumes or len(volumes[-1]) + len(records) > size:
            volumes.append([])
        volumes[-1] += records
    ordered = [volume[::-1] for volume in reversed(volumes)]
    found: dict[str, Sequence[Record | SearchText]] = {f"{one[-1].period.year_name}/": one for one in ordered}
    found |= {f"sites-{at}/": below[at : at + size] for at in range(0, len(below), size)}
    return {name if at else "": volume for at, (name, volume) in enumerate(found.items())}


def common_letters(archive: Archive, records: Sequence[Record | SearchText]) -> str:
    """Return the commonest letters of some records' texts, the commonest first.

    The letters of an archive come from its oldest volume. Writers hardly ever change a record there, and other letters
    would change the whole index.
    """
    counts: Counter[str] = Counter()
    for record in records[-SAMPLE:]:
        text = search_text(record, archive)
        counts.update("".join((text.title, *text.texts)))
    letters = sorted(filter(is_chinese, counts), key=lambda letter: (-counts[letter], letter))
    return "".join(letters[:COMMON])
