"""A page: its address, its template and its view, which is what the template gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
View = Mapping[str, Any]  # the values that a template gets, by name
PageKind = Literal[
    "record", "bulletin", "data", "indicator", ""
]  # the kinds that search engines hear about; empty for others


@dataclass(frozen=True)
class Page:
    """One page: its address, its template and its view.

    ``shows`` makes the view when somebody asks for it. Most builds keep most pages and need no view of them.

    - ``canonical``: the address of the page that this one repeats
    - ``source``: the path of the record's file
    - ``records``: the page changes when one of these does
    - ``full``: whether the search finds the records' text on this page
    - ``word``: the address of the Word document that ``gongbao word`` makes from the page
    - ``paper``: the template of that document, if it has another form than the page
    - ``pdf``: the address of the PDF that ``gongbao pdf`` makes from the page
    - ``documents``: the documents that are there, which the page links: the kind of each, and its address
    - ``feed``: whether the page has feeds
    - ``pictured``: whether a picture of the page is made, which chat programs show beside links to its period
    - ``framed``: whether the page stands in the site's frame
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
    documents: tuple[Crumb, ...] = ()
    word: str = ""
    paper: str = ""
    pdf: str = ""
    kind: PageKind = ""
    feed: bool = False
    pictured: bool = False
    framed: bool = True

    @property
    def manuscripts(self) -> Mapping[str, Page]:
        """The page as its documents have it, by the documents' addresses. It has the same view."""
        unlinked = replace(self, documents=())
        shapes = {self.word: replace(unlinked, template=self.paper or self.template), self.pdf: unlinked}
        return {address: shape for address, shape in shapes.items() if address}

    @cached_property
    def view(self) -> View:
        """The values that the template gets."""
        return self.shows()


def year_of(date: Date | None, period: Period) -> int | None:
    """Return the year under which a document is cited: the year of its day, else of its period; None if undated."""
    return date.first.year if date and date.first else period.year


def summary_of(records: Sequence[Record]) -> str:
    """Return a page's description: the summaries of its first three records in a sentence."""
    return "；".join((record.summary or record.title).rstrip("。") for record in records[:3])


def crumbs(archive: Archive, *more: Crumb) -> tuple[Crumb, ...]:
    """Return the way from the home page."""
    return ((label("home", archive.vocabulary.language), addresses.HOME), *more)


def period_crumbs(archive: Archive, period: Period) -> tuple[Crumb, ...]:
    """Return the way from the home page to a bulletin, the bulletin included."""
    language = archive.vocabulary.language
    year = (year_title(period.year_name, language), addresses.year(period.year_name))
    part = (part_title(period.part, language), addresses.bulletin(period))
    if archive.of_period(period):
        return crumbs(archive, year, part)
    return crumbs(
        archive, *([year] if period.year_name in archive.years else [])
    )  # the period has withdrawn records alone
