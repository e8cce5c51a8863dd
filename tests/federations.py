"""Federations of small sites in folders: a parent's project, and what its subordinates have published."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from gongbao.archive.collected import Collected
from gongbao.archive.derived import Derived
from gongbao.archive.filing import publish
from gongbao.collecting.collection import collect_all
from gongbao.collecting.kept_sites import COLLECTED
from gongbao.data.package import data_files
from gongbao.data.rows import open_data
from gongbao.reading.content import read_all
from gongbao.records.vocabulary import Vocabulary
from small_archives import Files, record, tree_of

DAY = date(2014, 7, 20)
INDICATORS = [
    {"slug": "visited", "title": "走访职工", "unit": "人", "aggregate": "sum"},
    {"slug": "members", "title": "会员", "unit": "人", "aggregate": "last"},
]


def site_files(name: str = "east", *, lists: Files | None = None, url: str = "", **records: Any) -> dict[str, bytes]:
    """The data files of a site of one unit, by name; ``records`` are its records by slug, those of 2014-h1."""
    made = records or {"visit": visit(12)}
    files = {
        "site.yml": {"name": f"{name}工会", "id": f"https://{name}.example.org/"},
        "topics.yml": [{"slug": "aid", "title": "帮扶救助"}],
        "units.yml": [{"slug": name, "title": f"{name}工会"}],
        "indicators.yml": INDICATORS,
        **{f"2014/h1/{slug}.md": text.replace("unit: town", f"unit: {name}") for slug, text in made.items()},
        **(lists or {}),
    }
    content = read_all(tree_of(files))
    assert not [one for one in content.problems if one.severity == "error"], content.problems
    data = open_data(Derived(publish(content.records, content.vocabulary, preview=False)), url)
    return {address.rpartition("/")[2]: text.encode() for address, text in data_files(data).items()}


def visit(value: Any = 12, /, **fields: Any) -> str:
    """A record with a figure of the indicator ``visited``."""
    return record(
        figures=[{"indicator": "visited", "value": value, "unit": "人"}], highlight=True, summary="走访。", **fields
    )


def put(site: Path, files: Mapping[str, bytes]) -> None:
    """Publish data files in a folder."""
    (site / "data").mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (site / "data" / name).write_bytes(data)


def changed(files: Mapping[str, bytes], **others: bytes | Callable[[bytes], bytes]) -> dict[str, bytes]:
    """Data files of which some are others, with a package that says so: ``figures_csv`` is ``figures.csv``."""
    made = dict(files)
    for name, value in others.items():
        file = name.replace("_", ".")
        made[file] = value if isinstance(value, bytes) else value(made[file])
    package = json.loads(made["datapackage.json"])
    for one in package["resources"]:
        if one["path"] in made:
            data = made[one["path"]]
            one |= {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
    return {**made, "datapackage.json": json.dumps(package).encode()}


def packaged(files: Mapping[str, bytes], edit: Callable[[dict[str, Any]], object]) -> dict[str, bytes]:
    """Data files with an edited package."""
    package = json.loads(files["datapackage.json"])
    edit(package)
    return {**files, "datapackage.json": json.dumps(package).encode()}


def parent_files(*names: str, **where: Any) -> dict[str, Any]:
    """The word lists of a city above some sites, which lie in folders of their names unless ``where`` says other."""
    return {
        "site.yml": {"name": "某市总工会", "id": "https://city.example.org/"},
        "topics.yml": [{"slug": "aid", "title": "帮扶救助"}],
        "units.yml": [
            {"slug": "city", "title": "某市总工会"},
            *({"slug": name, "title": f"{name}工会", "parent": "city"} for name in names),
        ],
        "indicators.yml": INDICATORS,
        "sites.yml": [{"id": name, "unit": name, "where": where.get(name, f"../{name}")} for name in names],
    }


def collect(parent: Path, files: Files, day: date = DAY) -> Collected:
    """Collect into a parent's folder. Its files are read in memory; ``where`` is relative to the folder."""
    parent.mkdir(exist_ok=True)
    return collect_all(parent / COLLECTED, parent, vocabulary(files), day)


def vocabulary(files: Files) -> Vocabulary:
    """The word lists of a site without mistakes."""
    content = read_all(tree_of(files))
    assert [one.rule for one in content.problems if one.severity == "error"] == [], content.problems
    return content.vocabulary


def states(collected: Collected) -> dict[str, str]:
    """What became of each site, and why."""
    return {one.id: f"{one.state} {one.why.label}" if one.why else one.state for one in collected.sites}
