"""The pages of topics: their list, and each topic through the years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..archive import addresses
from ..archive.derived import Derived
from ..problems.catalogue import label
from ..records.periods import Period
from ..records.record import Record
from ..records.wordlists import Topic
from .listing import listing_line, listing_page
from .page import Crumb, Page, View, crumbs
from .timeline import timeline


def topic_pages(derived: Derived) -> Iterator[Page]:
    """Yield the list of topics that have records, and each topic through the years."""
    archive, language = derived.archive, derived.archive.vocabulary.language
    title, lead = label("topics", language), label("topics-lead", language)
    present = [topic for topic in archive.vocabulary.topics if topic.slug in archive.by_topic]
    lines = [listing_line(topic, addresses.topic(topic.slug), archive.by_topic[topic.slug]) for topic in present]
    yield listing_page(archive, addresses.TOPICS, title, lead, lines)
    for topic in present:
        yield _topic_page(derived, topic, (title, addresses.TOPICS))


def _topic_page(derived: Derived, topic: Topic, above: Crumb) -> Page:
    archive, language = derived.archive, derived.archive.vocabulary.language
    records = archive.by_topic[topic.slug]
    description = topic.description.text(language) if topic.description else topic.title.text(language)

    def view() -> View:
        return {
            "topic": topic,
            "periods": _newest_first(records),
            "count_of": len(records),
            "years": timeline(records, lambda period: addresses.topic_of_period(period, topic.slug)),
            "units": [unit for unit in archive.vocabulary.units if any(record.unit == unit.slug for record in records)],
            "indicators": [one for one in derived.measured if one.topic == topic.slug],
        }

    way = crumbs(archive, above)
    title = topic.title.text(language)
    address = addresses.topic(topic.slug)
    return Page(address, "topic.html", title, view, description, way, records=tuple(records), feed=True)


def _newest_first(records: Sequence[Record]) -> list[tuple[Period, tuple[Record, ...]]]:
    """Group records by period: newest first, undated last; each group in the archive's order."""
    groups: dict[Period, list[Record]] = {}
    for record in records:
        groups.setdefault(record.period, []).append(record)
    periods = sorted(groups, key=lambda period: period.order, reverse=True)
    return [(period, tuple(groups[period])) for period in periods]
