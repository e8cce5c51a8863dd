"""The page of an indicator over the levels: what each unit with all units below it reports, from the roll-up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..archive import addresses
from ..archive.collected import CollectedSite
from ..archive.derived import Derived
from ..archive.level_values import LevelValue
from ..charts.chart import Chart, Multiples, Panel
from ..problems.catalogue import label
from ..records.indicators import Indicator
from ..records.wordlists import Unit
from .folding import NEWEST, Opened, opened
from .indicator_charts import level_charts, level_multiples
from .page import Crumb, Page, View, crumbs

SHOWN = 8  # the newest values of a subordinate; its own site has all


@dataclass(frozen=True)
class LevelSeries:
    """A unit with subordinates and its values of an indicator, newest first, with charts."""

    unit: Unit
    values: Opened[LevelValue]
    charts: tuple[Chart, ...]


@dataclass(frozen=True)
class LevelPanels:
    """A direct subordinate and its newest values of an indicator, with its small charts among those of all.

    ``down`` is the address of the indicator's page on the subordinate's site; empty where that has no address.
    """

    unit: Unit
    down: str
    values: tuple[LevelValue, ...]
    panels: tuple[tuple[Multiples, Panel], ...]


def level_page(
    derived: Derived, indicator: Indicator, values: Mapping[Unit, tuple[LevelValue, ...]], above: Crumb
) -> Page:
    """Return the page of an indicator; ``values`` are those of each unit, ``above`` is the page of all sites."""
    vocabulary, language = derived.archive.vocabulary, derived.archive.vocabulary.language
    title = label("level-title", language, title=indicator.title.text(language))

    def view() -> View:
        parents = {unit: row for unit, row in values.items() if vocabulary.children(unit.slug)}
        single = {unit: row for unit, row in values.items() if unit not in parents}
        several = tuple(level_multiples(indicator, single, vocabulary.unit_short, language))
        down = {site.unit: _way_down(site, indicator) for site in derived.archive.collected.sites}
        return {
            "indicator": indicator,
            "measured": indicator in derived.measured,
            "parents": [
                LevelSeries(unit, opened(row[::-1], NEWEST), tuple(level_charts(indicator, row, unit, language)))
                for unit, row in parents.items()
            ],
            "several": several,
            "many": [
                LevelPanels(
                    unit,
                    down.get(unit.slug, ""),
                    tuple(reversed(row))[:SHOWN],
                    tuple((group, group.panels[at]) for group in several),
                )
                for at, (unit, row) in enumerate(single.items())
            ],
            "refused": [
                (vocabulary.units[site.unit], label(f"refused-{one.why}", language))
                for site in derived.archive.collected.sites
                if site.data
                for one in site.data.refused
                if one.slug == indicator.slug
            ],
        }

    way = crumbs(derived.archive, above)
    return Page(addresses.sites_indicator(indicator.slug), "subordinates_indicator.html", title, view, title, way)


def _way_down(site: CollectedSite, indicator: Indicator) -> str:
    """Return the address of an indicator on a site: over the levels, where that site has collected from others."""
    if not site.data or not site.data.homepage:
        return ""
    page = addresses.sites_indicator if site.data.below else addresses.indicator
    return f"{site.data.homepage}{page(indicator.slug)}"
