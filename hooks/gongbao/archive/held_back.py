"""What a site holds back: drafts, and periods that ``periods.yml`` lists without a day of publication."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..problems.catalogue import label
from ..problems.problem import Mark, Problem
from ..records.record import Record
from ..records.vocabulary import Vocabulary
from ..text.display import period_title


def held_back(records: Sequence[Record], vocabulary: Vocabulary) -> Iterator[str]:
    """Yield a line for each period with records that is held back, and one for the drafts of the others."""
    counts = Counter(record.period for record in records if vocabulary.holds_back(record.period))
    for period, count in sorted(counts.items(), key=lambda item: item[0].order):
        at = next(at for at, entry in enumerate(vocabulary.periods) if (entry.period, entry.unit) == (period, None))
        values = {"period": period_title(period, vocabulary.language), "line": vocabulary.period_lines[at]}
        yield label("held-back-period", vocabulary.language, count=count, **values)
    if drafts := sum(record.draft and record.period not in counts for record in records):
        yield label("held-back-drafts", vocabulary.language, count=drafts)


def unpublished(records: Sequence[Record], vocabulary: Vocabulary, root: str) -> Iterator[Problem]:
    """Yield the problem that of all the records none would be published."""
    periods = sum(vocabulary.holds_back(record.period) for record in records)
    drafts = sum(record.draft and not vocabulary.holds_back(record.period) for record in records)
    if records and periods + drafts == len(records):
        values = {"periods": str(periods), "drafts": str(drafts)}
        yield Problem(root, Mark(), "content.unpublished", values=values)
