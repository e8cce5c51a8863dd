"""Where a page or file lies now whose record, topic, unit or indicator was renamed since it was published."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ..records.periods import parse_period
from . import addresses
from .filing import Archive


def successor(archive: Archive, address: str) -> str | None:
    """Return the present address of what lay at a former one, found by aliases. None if no alias leads there."""
    lists = archive.vocabulary
    match address.split("/"):
        case ["topics", slug, ""]:
            return addresses.topic(topic.slug) if (topic := lists.topics.find(slug)) else None
        case ["figures", slug, ""]:
            return addresses.indicator(indicator.slug) if (indicator := lists.indicators.find(slug)) else None
        case ["units", slug, ""]:
            return addresses.unit(unit.slug) if (unit := lists.units.find(slug)) else None
        case ["units", slug, period, ""]:
            unit, half = lists.units.find(slug), parse_period(period)
            return addresses.unit_bulletin(unit.slug, half) if unit and half else None
        case [year, part, slug, ""]:
            topic, half = lists.topics.find(slug), parse_period(f"{year}-{part}")
            return addresses.topic_of_period(half, topic.slug) if topic and half else None
        case [year, part, "records", slug, *file]:
            record = archive.find(f"{year}-{part}/{slug}")
            return addresses.record(record) + "/".join(file) if record else None
    return None


def moved(archive: Archive, present: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield each published address at which nothing is ``present`` now, with the present one that it leads to."""
    for former in archive.published:
        if former not in present and (now := successor(archive, former)) is not None and now in present:
            yield former, now
