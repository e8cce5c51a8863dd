"""What a site tells feed readers, chat programs and search engines: its address, its issuer, the days of records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from ..archive import addresses
from ..archive.filing import Archive
from ..pages.dating import last_change
from ..pages.page import Page
from ..problems.catalogue import Language
from ..records.periods import Period
from ..records.record import Record


@dataclass(frozen=True)
class Publishing:
    """An archive as it is published at an address.

    ``site_url`` is empty where the address is not known, and in a preview; then everything that needs absolute
    addresses is left out. ``changes`` has the day of each file's last commit; ``pictured`` tells whether the periods
    have pictures.
    """

    archive: Archive
    site_url: str = ""
    changes: Mapping[str, str] = field(default_factory=dict)
    pictured: bool = False

    @property
    def language(self) -> Language:
        """The site's language."""
        return self.archive.vocabulary.language

    @property
    def name(self) -> str:
        """The site's name."""
        return self.archive.vocabulary.site.name.text(self.language)

    @property
    def issuer(self) -> str:
        """Who answers for the site: its issuer, else the site by name."""
        issuer = self.archive.vocabulary.site.issuer
        return issuer.text(self.language) if issuer else self.name

    def url(self, address: str) -> str:
        """Return the absolute address of a page."""
        return addresses.absolute(self.site_url, address)

    def title(self, page: Page) -> str:
        """Return a page's title with the site's name, which on the home page is the same."""
        return page.title if page.address == addresses.HOME else f"{page.title} - {self.name}"

    def published(self, period: Period) -> date | None:
        """Return the day of a period's records: when it was published, else its last day; None for an undated one."""
        return self._stated.get(period) or period.last_day

    @cached_property
    def _stated(self) -> Mapping[Period, date | None]:
        """The days on which ``periods.yml`` says that periods were published."""
        entries = (entry for entry in self.archive.vocabulary.periods if entry.unit is None)
        return {entry.period: entry.published.first for entry in entries if entry.published}

    def updated(self, record: Record) -> date:
        """Return the day of a record's last change, never before its publication.

        Where neither is known, it is the newest day that the archive knows.
        """
        known = [self.published(record.period), _day(self.changes.get(record.path))]
        return max((day for day in known if day), default=None) or self.newest_day

    def changed(self, page: Page) -> date | None:
        """Return the day when git last saw a page's records change, where it is known."""
        return _day(last_change(page, self.changes))

    @cached_property
    def newest_day(self) -> date:
        """The newest day on which anything was published; the first of all days where nothing has one."""
        days = [self.published(period) for period in self.archive.periods]
        return max((day for day in days if day), default=date(1970, 1, 1))


def description(page: Page) -> str:
    """Say in a sentence what a page holds; one that says nothing of itself has its title."""
    return page.description or page.title


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
