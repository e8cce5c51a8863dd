"""Long lists by year: the newest years on the list's own page, and each older year on a page below it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from ..archive import addresses
from ..problems.catalogue import Language
from ..records.record import Record
from ..text.display import year_title
from .page import Page, View

Listed = TypeVar("Listed")


@dataclass(frozen=True, slots=True)
class YearOfList:
    """A year of a list: the year's name, the address of its page, and the number of its entries."""

    name: str
    address: str
    count: int


def cut(
    years: Mapping[str, Sequence[Listed]], longest: int, address: str
) -> tuple[tuple[Listed, ...], tuple[YearOfList, ...]]:
    """Return the entries that stand on a list's own page, and the older years, whose pages are below ``address``.

    ``years`` has the entries of each year by the year's name, newest first. The list's own page has the newest year,
    and years before it as long as there are at most ``longest`` entries. A list that grows gets more older years and
    loses none.
    """
    shown: list[Listed] = []
    older: list[YearOfList] = []
    for name, entries in years.items():
        if older or (shown and len(shown) + len(entries) > longest):
            older.append(YearOfList(name, addresses.year_of_list(address, name), len(entries)))
        else:
            shown += entries
    return tuple(shown), tuple(older)


def pages_by_year(
    page: Page,
    years: Mapping[str, Sequence[Listed]],
    longest: int,
    show: Callable[[Sequence[Listed], str], View],
    records: Callable[[Sequence[Listed]], Iterable[Record]],
    language: Language,
) -> Iterator[Page]:
    """Yield the page of a list, and the pages of its older years, if it is too long for one page.

    ``show`` gives what the template gets for the entries of a page and the name of its year, which is empty on the
    list's own page; ``records`` gives the records that entries depend on. The template also gets the ``year``, and the
    ``older`` years, which have pages.
    """
    shown, older = cut(years, longest, page.address)
    yield replace(page, shows=lambda: {**show(shown, ""), "older": older, "year": ""})
    for year in older:
        yield _year_page(page, year, older, years[year.name], show, tuple(records(years[year.name])), language)


def _year_page(
    page: Page,
    year: YearOfList,
    older: tuple[YearOfList, ...],
    entries: Sequence[Listed],
    show: Callable[[Sequence[Listed], str], View],
    records: tuple[Record, ...],
    language: Language,
) -> Page:
    return replace(
        page,
        address=year.address,
        title=f"{page.title} · {year_title(year.name, language)}",
        shows=lambda: {**show(entries, year.name), "older": older, "year": year.name},
        crumbs=(*page.crumbs, (page.title, page.address)),
        records=records,
        feed=False,
    )
