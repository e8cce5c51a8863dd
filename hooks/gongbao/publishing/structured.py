"""Pages in terms of schema.org (JSON-LD): bulletins and records are reports, figures and open data are datasets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from ..archive import addresses
from ..archive.bulletins import Bulletin
from ..data.table_columns import FIGURES_FILE
from ..pages.of_data import DataFile
from ..pages.page import Page, PageKind
from ..records.indicators import Indicator
from ..records.periods import Period
from ..records.record import Record
from ..text.display import bulletin_title
from .publication import Publishing, description

Said = Mapping[str, Any]  # properties of schema.org by name
_FORMATS = {"csv": "text/csv", "json": "application/json"}


def structured(page: Page, publishing: Publishing) -> Said:
    """Return the properties of a page, without JSON-LD's context; none for a page of another kind."""
    return _stated(_KINDS[page.kind](page, publishing)) if page.kind else {}


def _stated(said: Said) -> Said:
    """Leave out properties without a value."""
    return {name: value for name, value in said.items() if value not in (None, "", [], ())}


def _record(page: Page, publishing: Publishing) -> Said:
    record: Record = page.view["record"]
    vocabulary, language = publishing.archive.vocabulary, publishing.language
    bulletin = publishing.url(addresses.bulletin(record.period))
    return {
        **_report(page, publishing, record.period),
        "author": _organization(vocabulary.units[record.unit].title.text(language)),
        "dateModified": publishing.updated(record).isoformat() if record.path in publishing.changes else None,
        "about": [vocabulary.topics[topic].title.text(language) for topic in record.topics],
        "isPartOf": {"@type": "Report", "name": bulletin_title(record.period, language), "url": bulletin},
    }


def _bulletin(page: Page, publishing: Publishing) -> Said:
    bulletin: Bulletin = page.view["bulletin"]
    vocabulary = publishing.archive.vocabulary
    entry = None if bulletin.unit else vocabulary.period_entry(bulletin.period)
    author = bulletin.unit.title.text(publishing.language) if bulletin.unit else publishing.issuer
    return {
        **_report(page, publishing, bulletin.period),
        "author": _organization(author),
        "reportNumber": entry.number if entry else None,
    }


def _report(page: Page, publishing: Publishing, period: Period) -> Said:
    """Return the properties that all reports have."""
    return {
        "@type": "Report",
        **_work(page, publishing),
        "headline": page.title,
        "datePublished": _iso(publishing.published(period)),
        "temporalCoverage": _covered(period.first_day, period.last_day),
    }


def _data(page: Page, publishing: Publishing) -> Said:
    files: tuple[DataFile, ...] = page.view["files"]
    periods = publishing.archive.periods
    return {
        **_dataset(page, publishing, periods),
        "distribution": [_download(file.address, publishing) for file in files],
    }


def _indicator(page: Page, publishing: Publishing) -> Said:
    indicator: Indicator = page.view["indicator"]
    defined = "".join(one.text for one in indicator.definition)
    measured = {"@type": "PropertyValue", "name": page.title, "unitText": indicator.unit, "description": defined}
    table = addresses.data_file(FIGURES_FILE)
    return {
        **_dataset(page, publishing, sorted({record.period for record in page.records}, key=lambda one: one.order)),
        "variableMeasured": _stated(measured),
        "isPartOf": {"@type": "Dataset", "name": publishing.name, "url": publishing.url(addresses.DATA)},
        "distribution": [_download(table, publishing)],
    }


def _dataset(page: Page, publishing: Publishing, periods: list[Period] | tuple[Period, ...]) -> Said:
    """Return the properties that all datasets have; ``periods`` are those with values, oldest first."""
    dated = [period for period in periods if period.year is not None]
    return {
        "@type": "Dataset",
        **_work(page, publishing),
        "creator": _organization(publishing.issuer),
        "isAccessibleForFree": True,
        "temporalCoverage": _covered(dated[0].first_day, dated[-1].last_day) if dated else None,
    }


def _work(page: Page, publishing: Publishing) -> Said:
    address = publishing.url(page.canonical or page.address)
    return {
        "@id": address,
        "url": address,
        "name": publishing.title(page),
        "description": description(page),
        "inLanguage": publishing.language,
        "publisher": _organization(publishing.issuer),
        "license": publishing.archive.vocabulary.site.licence_url,
        "dateModified": _iso(publishing.changed(page)),
    }


def _organization(name: str) -> Said:
    return {"@type": "Organization", "name": name}


def _download(address: str, publishing: Publishing) -> Said:
    ending = address.rpartition(".")[2]
    return {"@type": "DataDownload", "contentUrl": publishing.url(address), "encodingFormat": _FORMATS[ending]}


def _covered(first: date | None, last: date | None) -> str | None:
    return f"{first}/{last}" if first and last else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


_KINDS: Mapping[PageKind, Callable[[Page, Publishing], Said]] = {
    "record": _record,
    "bulletin": _bulletin,
    "data": _data,
    "indicator": _indicator,
}
