"""The open data as files: JSON, CSV, and the ``datapackage.json`` that describes them (Frictionless Data Package)."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from .. import GENERATOR
from ..archive import addresses
from ..archive.derived import Derived
from ..archive.filing import Archive
from ..output import Output, Put
from ..problems.catalogue import Language, label
from . import shared_rows
from .cells import as_cell
from .parquet import LEAST, PARQUET_FILE, as_parquet, can_make_parquet, parquet_resource
from .rows import OpenData, Row, open_data
from .table_columns import COUNTS, DAYS, FIGURES, FLAGS, NUMBERS, REQUIRED, TABLES, DataTable, allowed_values

SCHEMA = 1  # of what a site publishes for the site of its superior; older programs read no higher one
RECORDS_FILE, PACKAGE_FILE = "records.json", "datapackage.json"
SIGNATURE_FILE = f"{PACKAGE_FILE}.sig"  # whoever publishes the site may sign the description: `collecting.signatures`
_ROWS: Mapping[str, Callable[[OpenData], Iterable[Row]]] = {
    "figures": OpenData.figures,
    "commitments": OpenData.commitments,
    "versions": OpenData.versions,
    "units": shared_rows.units,
    "indicators": shared_rows.indicators,
    "definitions": shared_rows.definitions,
    "measures": shared_rows.measures,
    "expectations": shared_rows.expectations,
    "tombstones": shared_rows.tombstones,
    "corrections": shared_rows.corrections,
    "topics": shared_rows.topics,
    "rollup": shared_rows.rollup,
}
DATA_FILES = tuple(addresses.data_file(name) for name in (RECORDS_FILE, *(one.file for one in TABLES), PACKAGE_FILE))
ENCODING = "utf-8-sig"  # UTF-8 with a byte order mark: without one, Excel shows Chinese as garbage
_MARK = "\ufeff"
_KINDS = {"number": NUMBERS, "integer": COUNTS, "boolean": FLAGS, "date": DAYS}  # of columns; the others hold text


def data_output(derived: Derived, site_url: str, key: bytes) -> Output:
    """Return the open data as an output; ``key`` is a digest of everything that the records show."""

    names = (*DATA_FILES, *_by_indicator(derived.archive)) if derived.archive.has_data else ()
    parquet = bool(names) and _has_parquet(derived)

    def make(due: Collection[str], put: Put) -> None:
        data = open_data(derived, site_url)
        more = {PARQUET_FILE: as_parquet([*shared_rows.rollup(data)])} if parquet else {}
        made = {name: text.encode() for name, text in data_files(data, more).items()}
        for name, content in (made | {addresses.data_file(name): content for name, content in more.items()}).items():
            if name in due:
                put(name, content)

    return Output.of((*names, addresses.data_file(PARQUET_FILE)) if parquet else names, key, make)


def _has_parquet(derived: Derived) -> bool:
    """Whether there is a file of Parquet: where other sites' data are added up, if they are many and can be written."""
    return bool(derived.archive.vocabulary.sites) and can_make_parquet() and len(derived.rollup) >= LEAST


def _by_indicator(archive: Archive) -> Mapping[str, str]:
    """Return the indicators that figures have, by the addresses of their tables."""
    reported = {figure.indicator for record in archive.records for figure in record.figures if figure.indicator}
    return {addresses.indicator_table(slug): slug for slug in sorted(reported)}


def data_files(data: OpenData, more: Mapping[str, bytes] | None = None) -> Mapping[str, str]:
    """Return every data file that is text by its address. ``more`` is the roll-up as Parquet, by its name."""
    figures = [*data.figures()]
    files = {RECORDS_FILE: _records_text(data)}
    for table in TABLES:
        rows = figures if table.name == "figures" else table_rows(table, data)
        files[table.file] = _csv_text(table.columns, rows)
    integrity = {name: _integrity(text.encode()) for name, text in files.items()}
    package = _package_description(data)
    package["resources"] = [{**one, **integrity[one["path"]]} for one in package["resources"]]
    title = label("data-rollup", data.archive.vocabulary.language)
    package["resources"] += [{**parquet_resource(title), **_integrity(content)} for content in (more or {}).values()]
    package["version"] = _version(data, [one["hash"] for one in integrity.values()])
    files[PACKAGE_FILE] = _json_text(package)
    own = {address: _csv_text(FIGURES, rows) for address, rows in _figures_by_indicator(data.archive, figures)}
    return {addresses.data_file(name): text for name, text in files.items()} | own


def _figures_by_indicator(archive: Archive, figures: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Yield the rows of each indicator's figures and of their parts, by the address of its table."""
    found: dict[str, list[Row]] = defaultdict(list)
    slug = ""
    for row in figures:
        slug = row["indicator"] if row["role"] == "figure" else slug  # parts follow their figure
        found[slug].append(row)
    for address, slug in _by_indicator(archive).items():
        yield address, found[slug]


def table_rows(table: DataTable, data: OpenData) -> Iterable[Row]:
    """Return the rows of a table."""
    return _ROWS[table.name](data)


def _version(data: OpenData, hashes: Iterable[str]) -> str:
    """Return the version of the data: the newest period, and a digest of all files by their digests."""
    digest = hashlib.sha256("".join(hashes).encode()).hexdigest()
    newest = data.archive.newest
    return f"{newest.id if newest else 'empty'}+{digest[:16]}"


def _integrity(content: bytes) -> Mapping[str, Any]:
    """Return the size in bytes and the SHA-256 digest of a file, as the standard has them."""
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def _csv_text(columns: Sequence[str], rows: Iterable[Row]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows({name: as_cell(text) for name, text in row.items()} for row in rows)
    return _MARK + text.getvalue()


def _records_text(data: OpenData) -> str:
    """Return the records as JSON, one on each line: a comparison of two issues shows the changed records."""
    lines = ",\n".join(json.dumps(record, ensure_ascii=False) for record in data.records())
    return f'{{"generator": "{GENERATOR}", "records": [\n{lines}\n]}}\n'


def _json_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _package_description(data: OpenData) -> dict[str, Any]:
    """Return the description of all files (Frictionless Data Package)."""
    site, language = data.archive.vocabulary.site, data.archive.vocabulary.language
    package: dict[str, Any] = {
        "name": "gongbao",
        "title": site.name.text(language),
        "description": f"{label('data-lead', language)}\n\n{label('data-cells', language)}",
    }
    if site.id or data.site_url:
        package["id"] = site.id or data.url(addresses.HOME)
    if data.site_url:
        package["homepage"] = data.url(addresses.HOME)
    if created := data.changed:
        package["created"] = f"{created}T00:00:00Z"
    package["gongbao"] = {
        "schema": SCHEMA,
        "generator": GENERATOR,
        "site": site.id or "",
        "parent": site.parent or "",
        "as_of": data.as_of.isoformat() if data.as_of else "",
        "vocabulary": data.archive.vocabulary.meaning,
    }
    if below := data.archive.collected.ids:
        package["gongbao"]["below"] = below
    if site.licence:
        package["licenses"] = [_licence_entry(site.licence, site.licence_url, data)]
    records = {
        "name": "records",
        "title": label("data-records", language),
        "type": "json",
        "path": RECORDS_FILE,
        "format": "json",
        "mediatype": "application/json",
        "encoding": "utf-8",
    }
    package["resources"] = [records, *(_table_resource(table, language) for table in TABLES)]
    return package


def _table_resource(table: DataTable, language: Language) -> Mapping[str, Any]:
    keys = [
        {"fields": field, "reference": {"resource": "" if other == table.name else other, "fields": key}}
        for field, (other, key) in table.references.items()
    ]
    schema = {
        "fields": [_field_description(one, language) for one in table.columns],
        "primaryKey": [table.columns[0]],
        "missingValues": [""],
    }
    return {
        "name": table.name,
        "title": label(f"data-{table.name}", language),
        "type": "table",
        "path": table.file,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": ENCODING,
        "schema": {**schema, "foreignKeys": keys} if keys else schema,
    }


def _field_description(name: str, language: Language) -> Mapping[str, Any]:
    kind = next((kind for kind, names in _KINDS.items() if name in names), "string")
    constraints: dict[str, Any] = {"required": True} if name in REQUIRED else {}
    if allowed := allowed_values(name):
        constraints["enum"] = list(allowed)
    field = {"name": name, "title": label(f"column-{name}", language), "type": kind}
    return {**field, "constraints": constraints} if constraints else field


def _licence_entry(licence: str, url: str | None, data: OpenData) -> Mapping[str, str]:
    """Return a licence as the standard has it: an address as path, an identifier as name, other words as title."""
    if url:
        return {"path": url}
    if re.fullmatch(r"[\w.+-]+", licence, re.ASCII):
        return {"name": licence}
    return {"title": licence, "path": data.url(addresses.DATA) if data.site_url else "index.html"}
