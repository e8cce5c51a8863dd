"""The options of the search's script: its words in the site's language, and the filters of results."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..archive.filing import Archive
from ..problems.catalogue import label
from ..problems.names import KINDS
from ..records.periods import PARTS_IN_ORDER
from ..text.display import kind_title, part_title, year_title

_WORDS = (
    *("search-none", "search-ask", "search-count", "search-count-one"),
    *("search-more", "search-all", "search-filters", "search-open"),
)


def search_options(archive: Archive) -> dict[str, Any]:
    """Return the words by name, and the filters: each with its name, its title, and its values with their titles."""
    language = archive.vocabulary.language
    return {
        "words": {name.removeprefix("search-"): label(name, language) for name in _WORDS},
        "filters": [
            {"name": name, "title": label(f"filter-{name}", language), "values": values}
            for name, values in _filters(archive)
            if len(values) > 1
        ],
    }


def _filters(archive: Archive) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each filter with the values that occur in records, in the order of their list.

    Records of subordinates' sites count, too.
    """
    vocabulary, language, below = archive.vocabulary, archive.vocabulary.language, archive.collected.searched
    periods = {*archive.periods, *(period for _, data in below for period in data.periods)}
    years = dict.fromkeys(one.year_name for one in sorted(periods, key=lambda one: one.order, reverse=True))
    yield "year", [(year, year_title(year, language)) for year in years]
    parts = {period.part for period in periods}
    yield "half", [(part, part_title(part, language)) for part in PARTS_IN_ORDER if part in parts]
    told = {*archive.by_topic, *(topic for _, data in below for topic in data.topics)}
    topics = (topic for topic in vocabulary.topics if topic.slug in told)
    yield "topic", [(topic.slug, topic.title.text(language)) for topic in topics]
    reporting = {*archive.by_unit, *(site.unit for site, data in below if data.periods)}
    units = (unit for unit in vocabulary.units if unit.slug in reporting)
    yield "unit", [(unit.slug, unit.short_title.text(language)) for unit in units]
    kinds = {*(record.kind for record in archive.records), *(kind for _, data in below for kind in data.kinds)}
    yield "kind", [(kind, kind_title(kind, language)) for kind in KINDS if kind in kinds]
