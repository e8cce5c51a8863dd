"""What a page is: its address, its template and what that is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from ..archive import addresses
from ..archive.filing import Archive
from ..problems.catalogue import label
from ..records.dates import Date
from ..records.periods import Period
from ..records.record import Record
from ..text.display import part_title, year_title

Crumb = tuple[str, str]  # title and address
View = Mapping[str, Any]  # what a template is given, by name
PageKind = Literal["record", "bulletin", "data", "indicator", ""]  # what search engines are told of


@dataclass(frozen=True)
class Page:
    """One page: its address, its template and what that is given.

    ``shows`` makes the view, when it is asked for: most pages of most builds stand already, and nobody asks.

    ``canonical`` is the address of the page that this one repeats; ``source`` the path of the record's file;
    ``records`` those whose change changes the page; ``full`` tells that the page is where their text is found;
    ``word`` is the address of the Word document that may be made from it, and ``document`` that of the one to link, if
    it is there. ``feed`` tells whether the page has feeds, ``pictured`` whether shared links to its period show a
    picture of it, ``framed`` whether it stands in the site's frame.
    """

    address: str
    template: str
    title: str
    shows: Callable[[], View] = field(repr=False, compare=False)
    description: str = ""
    crumbs: tuple[Crumb, ...] = ()
    canonical: str = ""
    source: str = ""
    records: tuple[Record, ...] = ()
    full: bool = False
    document: str = ""
    word: str = ""
    kind: PageKind = ""
    feed: bool = False
    pictured: bool = False
    framed: bool = True

    @cached_property
    def view(self) -> View:
        """What the template is given."""
        return self.shows()


def year_of(date: Date | None, period: Period) -> int | None:
    """Return the year under which a document is cited: that of its day, else of its period, if it has one."""
    return date.first.year if date and date.first else period.year


def summary_of(records: Sequence[Record]) -> str:
    """Return a page's description: what its first three records are about, in a sentence."""
    return "；".join((record.summary or record.title).rstrip("。") for record in records[:3])


def crumbs(archive: Archive, *more: Crumb) -> tuple[Crumb, ...]:
    """Return the way from the home page."""
    return ((label("home", archive.vocabulary.language), addresses.HOME), *more)


def period_crumbs(archive: Archive, period: Period) -> tuple[Crumb, ...]:
    """Return the way to a bulletin, with the bulletin."""
    language = archive.vocabulary.language
    year = (year_title(period.year_name, language), addresses.year(period.year_name))
    part = (part_title(period.part, language), addresses.bulletin(period))
    if archive.of_period(period):
        return crumbs(archive, year, part)
    return crumbs(archive, *([year] if period.year_name in archive.years else []))  # only tombstones there
