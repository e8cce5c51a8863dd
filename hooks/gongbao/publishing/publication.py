"""The publication of an archive: its address, its issuer, and the days of its records, for feeds and search engines."""

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

    ``site_url`` is empty in a preview and if the address is not known; then everything that needs absolute addresses is
    left out. ``changes`` has the day of each file's last commit (ISO 8601). ``pictured`` tells whether the periods have
    pictures.
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
        """The issuer of the site, else the site's name."""
        issuer = self.archive.vocabulary.site.issuer
        return issuer.text(self.language) if issuer else self.name

    def url(self, address: str) -> str:
        """Return the absolute address of a page."""
        return addresses.absolute(self.site_url, address)

    def title(self, page: Page) -> str:
        """Return a page's title with the site's name. The home page's title is the site's name alone."""
        return page.title if page.address == addresses.HOME else f"{page.title} - {self.name}"

    def published(self, period: Period) -> date | None:
        """Return the day on which a period was published, else its last day; None for an undated period."""
        return self._stated.get(period) or period.last_day

    @cached_property
    def _stated(self) -> Mapping[Period, date | None]:
        """The days of publication in ``periods.yml``."""
        entries = (entry for entry in self.archive.vocabulary.periods if entry.unit is None)
        return {entry.period: entry.published.first for entry in entries if entry.published}

    def updated(self, record: Record) -> date:
        """Return the day of a record's last change or of its publication, whichever is later.

        If neither is known, return the newest day that the archive knows.
        """
        known = [self.published(record.period), _day(self.changes.get(record.path))]
        return max((day for day in known if day), default=None) or self.newest_day

    def changed(self, page: Page) -> date | None:
        """Return the day of the last commit that changed a page's records; None if git knows none."""
        return _day(last_change(page, self.changes))

    @cached_property
    def newest_day(self) -> date:
        """The newest day of publication of any period; 1970-01-01 if no period has one."""
        days = [self.published(period) for period in self.archive.periods]
        return max((day for day in days if day), default=date(1970, 1, 1))


def description(page: Page) -> str:
    """Return a page's description, else its title."""
    return page.description or page.title


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
