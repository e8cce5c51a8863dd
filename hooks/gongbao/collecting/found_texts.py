"""What the search of a site finds of its subordinates' sites, from the files that were collected.

One index of all is right and fast: indexes of many sites, joined in the browser, find other things than they hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from ..archive import addresses
from ..archive.collected import Collected
from ..data.package import RECORDS_FILE
from ..data.rows import Row
from ..records.periods import Period, parse_period
from ..records.vocabulary import Vocabulary
from ..search.mirror import SearchText
from ..text.display import bulletin_title, period_title
from ..text.stripped import plain_text
from .kept_sites import data_folder
from .site_packages import NotTaken, read_json
from .site_tables import read_table, told_kind, told_topics

Told = Mapping[str, Any]


def site_texts(folder: Path, collected: Collected, vocabulary: Vocabulary) -> tuple[SearchText, ...]:
    """Return what the search finds of the sites that have an address, newest first.

    ``folder`` is that of all collected files. Those of a site that can't be read are left out.
    """
    whole = collected.is_searched_whole
    found: list[tuple[tuple[int, int], SearchText]] = []
    for site, data in collected.searched:
        records = _records(data_folder(folder, site.id))
        further = _further(data_folder(folder, site.id))
        found += _of_records(site.unit, data.homepage, records, further, vocabulary, whole)
        if not whole:
            found += _bulletins(site.unit, data.homepage, records, vocabulary)
    return tuple(text for _, text in sorted(found, key=lambda one: one[0], reverse=True))


def _records(data: Path) -> Sequence[Told]:
    try:
        told = read_json((data / RECORDS_FILE).read_bytes(), RECORDS_FILE)
        return [one for one in told["records"] if parse_period(one["period"])]
    except (OSError, NotTaken, KeyError, TypeError):
        return ()


def _further(data: Path) -> Mapping[str, Sequence[str]]:
    """Return the figures and the promises of each record, in words."""
    found: dict[str, list[str]] = defaultdict(list)
    try:
        for row in read_table("figures", (data / "figures.csv").read_bytes()):
            found[row["record"]].append(_figure(row))
        for row in read_table("commitments", (data / "commitments.csv").read_bytes()):
            found[row["record"]].append(row["text"])
    except (OSError, NotTaken):
        return {}
    return found


def _figure(row: Row) -> str:
    return row["printed"] or f"{row['name']}：{row['value']}{row['measure']}"


def _of_records(
    unit: str,
    home: str,
    records: Sequence[Told],
    further: Mapping[str, Sequence[str]],
    vocabulary: Vocabulary,
    whole: bool,
) -> Iterator[tuple[tuple[int, int], SearchText]]:
    for one in records:
        told = tuple(further.get(one["id"], ()))
        if not whole and not told:
            continue
        period = _period(one)
        where = " · ".join((period_title(period, vocabulary.language), str(one.get("unit_title", ""))))
        body = (str(one.get("summary", "")), plain_text(str(one.get("text", ""))), *told)
        topics = [("t", topic) for topic in told_topics(one) if vocabulary.topics.find(topic)]
        facets = (*_of_half(unit, period), ("k", told_kind(one)), *topics)
        text = SearchText(_address(home, one["url"]), one["title"], where, body if whole else told, facets)
        yield period.order, text


def _bulletins(
    unit: str, home: str, records: Sequence[Told], vocabulary: Vocabulary
) -> Iterator[tuple[tuple[int, int], SearchText]]:
    """Yield each bulletin with the titles of its records."""
    titles: dict[Period, list[str]] = defaultdict(list)
    for one in records:
        titles[_period(one)].append(str(one["title"]))
    name = vocabulary.unit_title(unit)
    for period, told in titles.items():
        title = bulletin_title(period, vocabulary.language, name)
        address = _address(home, f"../{addresses.bulletin(period)}")
        yield period.order, SearchText(address, title, name, tuple(told), _of_half(unit, period))


def _of_half(unit: str, period: Period) -> tuple[tuple[str, str], ...]:
    return ("y", period.year_name), ("h", period.part), ("u", unit)


def _period(told: Told) -> Period:
    period = parse_period(told["period"])
    assert period, "it was looked at before"
    return period


def _address(home: str, url: str) -> str:
    """Return the absolute address of a page of a site; its home page for one that leads elsewhere."""
    address = urljoin(f"{home}{addresses.DATA}", url)
    return address if address.startswith(home) and ".." not in address else home
