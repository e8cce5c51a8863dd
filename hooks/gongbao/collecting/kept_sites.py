"""What a collection leaves for builds and for the next collection: the folder ``collected/``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import TypeAdapter

from ..archive.collected import Collected, CollectedSite
from ..records.subordinates import SiteEntry
from .rolled import load_rolled

COLLECTED = "collected"
_STATE, _DATA = "state.json", "data"
_SITE: TypeAdapter[CollectedSite] = TypeAdapter(CollectedSite)


def load_collected(folder: Path, sites: Iterable[SiteEntry]) -> Collected:
    """Return what was collected of the sites that are listed now. What can't be read counts as never collected."""
    return Collected(tuple(load_site(folder, site) for site in sites), load_rolled(folder))


def load_site(folder: Path, site: SiteEntry) -> CollectedSite:
    """Return what was collected of a site, for the unit that it is listed for."""
    try:
        kept = _SITE.validate_json((folder / site.id / _STATE).read_bytes())
    except (OSError, ValueError):
        return CollectedSite(site.id, site.unit)
    return kept if (kept.id, kept.unit) == (site.id, site.unit) else CollectedSite(site.id, site.unit)


def save_site(folder: Path, site: CollectedSite) -> None:
    """Write what became of a site. Raises OSError."""
    _put(folder / site.id / _STATE, _SITE.dump_json(site, indent=1) + b"\n")


def data_folder(folder: Path, site_id: str) -> Path:
    """Return the folder of the files that were taken from a site."""
    return folder / site_id / _DATA


def save_files(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write the files that were taken from a site, those alone that are others now. Raises OSError."""
    for name, data in files:
        file = folder / name
        if not file.is_file() or file.read_bytes() != data:
            _put(file, data)


def _put(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.new")
    beside.write_bytes(data)
    beside.replace(file)
