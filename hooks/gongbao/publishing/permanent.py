"""The addresses that have to stay: those of pages and attachments that were published once.

``content/published.txt`` lists them. What was renamed since is still found there, by an alias.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..archive import addresses
from ..archive.filing import Archive
from ..pages.layout import lay_out
from ..problems.problem import Mark, Problem
from .attachments import attachment_paths


def permanent_addresses(archive: Archive) -> list[str]:
    """Return the addresses of all pages and attachments of a site, in order. Those of former names are among them."""
    return sorted({*(page.address for page in lay_out(archive)), *attachment_paths(archive), *archive.kept})


def lost_addresses(archive: Archive, path: str) -> Iterator[Problem]:
    """Yield a problem for each published address at which the site has nothing now. ``path`` is the list's."""
    if archive.published:
        present = {*permanent_addresses(archive)}
        for address, line in archive.published.items():
            unknown = not archive.complete and f"/{addresses.VERSIONS}" in address  # where git has no history
            if address not in present and not unknown:
                rule, values = _advice(address)
                yield Problem(path, Mark(line), rule, written=f"/{address}", values=values)


def _advice(address: str) -> tuple[str, Mapping[str, str]]:
    """Return the rule whose text tells how to keep an address, and what the text needs."""
    match address.split("/"):
        case [year, part, "records", slug, ""]:
            return "address.record", {"id": f"{year}-{part}/{slug}"}
        case ["topics" | "units" | "figures" as kind, slug, *_] if slug:
            return "address.entry", {"alias": slug, "list": _LISTS[kind]}
        case [_, _, slug, ""] if slug:
            return "address.entry", {"alias": slug, "list": "topics.yml"}
    return "address.lost", {}


_LISTS = {"topics": "topics.yml", "units": "units.yml", "figures": "indicators.yml"}
