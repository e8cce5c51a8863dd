"""The search's own page, with an address for every query. A script shows the results."""

from __future__ import annotations

from ..archive import addresses
from ..archive.filing import Archive
from ..problems.catalogue import label
from ..search.options import search_options
from .page import Page, View, crumbs


def search_page(archive: Archive) -> Page:
    """Return the page of the search, with the topics and years for readers without script."""
    language = archive.vocabulary.language

    def view() -> View:
        topics = [(topic, len(archive.by_topic.get(topic.slug, ()))) for topic in archive.vocabulary.topics]
        filters = search_options(archive)["filters"]
        listed = [(topic, number) for topic, number in topics if number]
        below = [] if archive.collected.is_searched_whole else archive.collected.searched
        elsewhere = [
            (archive.vocabulary.unit_short(site.unit), f"{data.homepage}{addresses.SEARCH}") for site, data in below
        ]
        return {"topics": listed, "filters": filters, "elsewhere": elsewhere}

    title, lead = label("search-page", language), label("search-lead", language)
    return Page(addresses.SEARCH, "search.html", title, view, lead, crumbs(archive))
