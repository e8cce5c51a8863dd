"""The pages of topics: their list, and each topic through the years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..archive import addresses
from ..archive.derived import Derived
from ..archive.filing import grouped
from ..problems.catalogue import label
from ..records.periods import Period
from ..records.record import Record
from ..records.wordlists import Topic
from .by_year import pages_by_year
from .indicator_list import indicator_line
from .listing import listing_line, listing_page
from .page import Crumb, Page, View, crumbs
from .timeline import timeline

LONGEST = 90  # records on one page of ten screens of a phone


def topic_pages(derived: Derived) -> Iterator[Page]:
    """Yield the list of topics that have records, and each topic through the years."""
    archive, language = derived.archive, derived.archive.vocabulary.language
    title, lead = label("topics", language), label("topics-lead", language)
    present = [topic for topic in archive.vocabulary.topics if topic.slug in archive.by_topic]
    lines = [listing_line(topic, addresses.topic(topic.slug), archive.by_topic[topic.slug]) for topic in present]
    yield listing_page(archive, addresses.TOPICS, title, lead, lines)
    for topic in present:
        yield from _topic_pages(derived, topic, (title, addresses.TOPICS))


def _topic_pages(derived: Derived, topic: Topic, above: Crumb) -> Iterator[Page]:
    archive, language = derived.archive, derived.archive.vocabulary.language
    every = archive.by_topic[topic.slug]
    measured = [indicator for indicator in derived.measured if indicator.topic == topic.slug]

    def show(records: Sequence[Record], year: str) -> View:
        present = {record.unit for record in records}
        return {
            "topic": topic,
            "periods": _newest_first(records),
            "count_of": len(records) if year else len(every),
            "years": None if year else timeline(every, lambda period: addresses.topic_of_period(period, topic.slug)),
            "units": [unit for unit in archive.vocabulary.units if unit.slug in present],
            "figures": [] if year else [indicator_line(derived, one) for one in measured],
        }

    page = Page(
        addresses.topic(topic.slug),
        "topic.html",
        topic.title.text(language),
        dict,
        topic.description.text(language) if topic.description else topic.title.text(language),
        crumbs(archive, above),
        records=every,
        feed=True,
    )
    years = grouped((record.period.year_name, record) for record in reversed(every))
    yield from pages_by_year(page, years, LONGEST, show, tuple, language)


def _newest_first(records: Sequence[Record]) -> list[tuple[Period, tuple[Record, ...]]]:
    """Group records, newest first, by period: undated last; each group in the archive's order."""
    groups: dict[Period, list[Record]] = {}
    for record in records:
        groups.setdefault(record.period, []).append(record)
    periods = sorted(groups, key=lambda period: period.order, reverse=True)
    return [(period, tuple(reversed(groups[period]))) for period in periods]
