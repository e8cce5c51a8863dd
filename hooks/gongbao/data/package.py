"""The open data as files: JSON, CSV, and the ``datapackage.json`` that describes them (Frictionless Data Package)."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from .. import GENERATOR
from ..archive import addresses
from ..archive.derived import Derived
from ..archive.filing import Archive
from ..output import Output, Put
from ..problems.catalogue import Language, label
from .cells import as_cell
from .rows import OpenData, Row, open_data
from .table_columns import COMMITMENTS, COUNTS, DAYS, FIGURES, FLAGS, NUMBERS, REQUIRED, VERSIONS, allowed_values

RECORDS_FILE, FIGURES_FILE, COMMITMENTS_FILE = "records.json", "figures.csv", "commitments.csv"
VERSIONS_FILE, PACKAGE_FILE = "versions.csv", "datapackage.json"
DATA_FILES = tuple(
    addresses.data_file(name) for name in (RECORDS_FILE, FIGURES_FILE, COMMITMENTS_FILE, VERSIONS_FILE, PACKAGE_FILE)
)
ENCODING = "utf-8-sig"  # UTF-8 with a byte order mark: without one, Excel shows Chinese as garbage
_MARK = "\ufeff"
_KINDS = {"number": NUMBERS, "integer": COUNTS, "boolean": FLAGS, "date": DAYS}  # of columns; the others hold text


def data_output(archive: Archive, site_url: str, key: bytes) -> Output:
    """Return the open data as an output; ``key`` is a digest of everything that the records show."""

    def make(due: Collection[str], put: Put) -> None:
        for name, text in data_files(open_data(Derived(archive), site_url)).items():
            if name in due:
                put(name, text.encode())

    return Output.of(DATA_FILES if archive.records else (), key, make)


def data_files(data: OpenData) -> Mapping[str, str]:
    """Return every data file by its address."""
    files = {
        RECORDS_FILE: _records_text(data),
        FIGURES_FILE: _csv_text(FIGURES, data.figures()),
        COMMITMENTS_FILE: _csv_text(COMMITMENTS, data.commitments()),
        VERSIONS_FILE: _csv_text(VERSIONS, data.versions()),
    }
    package = _package_description(data)
    package["resources"] = [{**one, **_integrity(files[one["path"]])} for one in package["resources"]]
    files[PACKAGE_FILE] = _json_text(package)
    return {addresses.data_file(name): text for name, text in files.items()}


def _integrity(text: str) -> Mapping[str, Any]:
    """Return the size in bytes and the SHA-256 digest of a file, as the standard has them."""
    content = text.encode()
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
    if data.site_url:
        package["homepage"] = data.url(addresses.HOME)
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
    inner = {"fields": "parent", "reference": {"resource": "", "fields": "key"}}
    package["resources"] = [
        records,
        _table_resource(FIGURES_FILE, FIGURES, language, {"foreignKeys": [inner]}),
        _table_resource(COMMITMENTS_FILE, COMMITMENTS, language, {}),
        _table_resource(VERSIONS_FILE, VERSIONS, language, {}),
    ]
    return package


def _table_resource(
    path: str, columns: Sequence[str], language: Language, more: Mapping[str, Any]
) -> Mapping[str, Any]:
    name = path.removesuffix(".csv")
    schema = {
        "fields": [_field_description(one, language) for one in columns],
        "primaryKey": ["key"],
        "missingValues": [""],
    }
    return {
        "name": name,
        "title": label(f"data-{name}", language),
        "type": "table",
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": ENCODING,
        "schema": {**schema, **more},
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
