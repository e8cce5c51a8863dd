"""The entries of the site's menus: years, halves and their topics; topics; units. Single records have no entry.

Every record's page shows the menu: with an entry for each record, the time of a build would be quadratic. So it would
be with an entry for each of many units, whose pages all show the menu's part of units.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..archive import addresses
from ..archive.filing import Archive
from ..archive.register import register
from ..problems.catalogue import label
from ..records.periods import Period
from ..text.display import part_title, year_title
from .of_comparison import has_comparisons

MOST_UNITS = 100  # above which the menu leads to their list alone


@dataclass(frozen=True, slots=True)
class Item:
    """A menu entry: its title, its page, the entries below it, and whether it stands at the top of every page.

    Five entries fit there on a phone. The others stand in the drawer and at the foot, and the logo leads home.
    """

    title: str
    address: str
    below: tuple[Item, ...] = ()
    tab: bool = False


def navigation(archive: Archive) -> tuple[Item, ...]:
    """Return the menus: home; years, newest first; topics and units in the order of their lists; then single pages."""
    language = archive.vocabulary.language
    years = tuple(
        Item(
            year_title(year, language),
            addresses.year(year),
            tuple(_period_item(archive, period) for period in archive.periods if period.year_name == year),
        )
        for year in archive.years
    )
    items = [Item(label("home", language), addresses.HOME)]
    if archive.newest:
        latest = Item(label("newest", language), addresses.LATEST)
        items.append(Item(label("bulletins", language), "", (latest, *years), tab=True))
    topics = tuple(
        Item(topic.title.text(language), addresses.topic(topic.slug))
        for topic in archive.vocabulary.topics
        if topic.slug in archive.by_topic
    )
    items.append(Item(label("topics", language), addresses.TOPICS, topics, tab=True))
    if archive.has_units:
        units = tuple(
            Item(archive.vocabulary.unit_short(unit.slug), addresses.unit(unit.slug))
            for unit in archive.vocabulary.units
        )
        below = units if len(units) <= MOST_UNITS else ()
        items.append(Item(label("units", language), addresses.UNITS, below, tab=True))
    if any(figure.indicator for record in archive.records for figure in record.figures):
        items.append(Item(label("figures", language), addresses.FIGURES, tab=True))
    if archive.promises:
        items.append(Item(label("plans", language), addresses.PLANS, tab=True))
    if register(archive):
        items.append(Item(label("register", language), addresses.REGISTER))
    if archive.collected.sites:
        items.append(Item(label("sites", language), addresses.SITES))
    if has_comparisons(archive):
        items.append(Item(label("compare", language), addresses.COMPARE))
    items.append(Item(label("search-page", language), addresses.SEARCH))
    if archive.has_data:
        items.append(Item(label("data", language), addresses.DATA))
    items.append(Item(label("corrections-page", language), addresses.CORRECTIONS))
    return tuple(items)


def _period_item(archive: Archive, period: Period) -> Item:
    language = archive.vocabulary.language
    present = {topic for record in archive.of_period(period) for topic in record.topics}
    topics = tuple(
        Item(topic.title.text(language), addresses.topic_of_period(period, topic.slug))
        for topic in archive.vocabulary.topics
        if topic.slug in present
    )
    return Item(part_title(period.part, language), addresses.bulletin(period), topics)
